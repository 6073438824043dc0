"""The standard tables, each declared once, and the snapshot that freezes them. Pure: no web framework, no clock."""
