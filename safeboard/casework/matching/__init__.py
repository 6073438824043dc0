"""Finding people as they are heard of, duplicates and their joining, and lists of other agencies against ours."""
