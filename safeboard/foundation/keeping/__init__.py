"""What each field tells of a person and how it is scrubbed, and how long each kind of record is kept: data, checked."""
