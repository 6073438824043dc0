"""Where PostgreSQL is: the one database of a house, given by address or started from the binaries at hand."""
