"""Running a house: its database, web server and worker, started and stopped together."""
