"""Measures as data: each runs on one snapshot for one given period and returns the rows it counted."""
