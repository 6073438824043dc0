"""Finding people, duplicates, joining and linkage."""
