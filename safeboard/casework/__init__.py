"""The child's way through the agencies."""
