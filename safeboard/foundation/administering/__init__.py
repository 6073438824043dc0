"""Keeping the house: areas, agencies with teams and sites, arrangements between areas, users, seats, access reviews."""
