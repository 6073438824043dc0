"""A trial area for the tests of the page machinery: small, synthetic, and with every kind of field."""
