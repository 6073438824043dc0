"""What everyone stands on: exact numbers and dates, the rule book, areas."""
