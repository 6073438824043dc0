"""Areas with their codes, populations by vintage, statistical neighbours by model: data, each with its source."""
