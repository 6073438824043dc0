"""One record a person, however many agencies know them."""
