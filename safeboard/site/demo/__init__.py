"""The demonstration house: synthetic agencies, users and records of the reference city."""
