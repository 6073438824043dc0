"""Who may see what: users, seats, roles, doors, restricted records, break-glass. Deny by default."""
