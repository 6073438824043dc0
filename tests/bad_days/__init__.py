"""Bad days: the database stops, a worker is killed, the disk is full, somebody uploads a bomb or posts nonsense."""
