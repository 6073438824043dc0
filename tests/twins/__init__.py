"""Every measure computed twice: by the catalogue's query, and by slow plain Python that knows nothing of it."""
