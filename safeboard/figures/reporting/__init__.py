"""The performance report: figures, put in order, into words, into charts and onto paper."""
