"""One register of recommendations and actions, whatever they come from."""
