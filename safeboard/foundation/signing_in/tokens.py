"""Secrets sent to a person, of which the house keeps a digest only: who reads the database can follow no link."""

import hashlib
import secrets


def new_token() -> str:
    """A secret for an address: 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits for a second channel. Guessing is kept out by counting tries, not by length."""
    return f"{secrets.randbelow(1_000_000):06}"


def digest_of(secret: str) -> str:
    """What is stored of a secret, and what it is found by: SHA-256 in 64 hexadecimal digits.

    A token has too many bits to be guessed from its digest. A code of six digits has not: digest it together with the
    token it belongs to.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
