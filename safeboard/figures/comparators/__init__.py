"""The department's published tables: figures to stand beside ours, and a check of our arithmetic against theirs."""
