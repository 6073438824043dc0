"""Sources in, snapshots out: census returns, extracts and sheets become standard tables."""
