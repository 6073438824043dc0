"""Synthetic cities: one that reproduces a printed annual report, and one of any size. No real person is in either."""
