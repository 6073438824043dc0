"""Checks a children in need census return as the department would: rules as data, run on the standard tables."""
