"""Tests of the census check, all of them from XML files that they write themselves."""
