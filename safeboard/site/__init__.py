"""Where the rooms meet: the command line. Knows everyone, imported by none."""
