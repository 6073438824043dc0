"""Whom to call at each agency, by the part they play: checked, dated, and kept up to date by the agency itself."""
