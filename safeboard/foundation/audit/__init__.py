"""The trail: every change, sensitive reading, export, print and search; append-only and chained by hash."""
