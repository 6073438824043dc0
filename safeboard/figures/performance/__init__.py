"""The performance pages: figures by area and period, over snapshots uploaded or taken from live records."""
