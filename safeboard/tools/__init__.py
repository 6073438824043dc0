"""Mechanisms that every programme uses."""
