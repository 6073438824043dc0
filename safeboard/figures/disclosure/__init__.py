"""Hides small numbers before publication, in one place and over all tables together, and tries to work them out."""
