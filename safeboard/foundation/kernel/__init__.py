"""Dates, exact numbers and errors. Knows nothing of children's services, reads no clock and no database."""
