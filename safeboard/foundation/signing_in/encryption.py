"""Secrets that must be read again are stored encrypted, with a key that is not in the database."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"safeboard: secrets of signing in"


def encrypt(text: str) -> str:
    """The text encrypted and signed with a key that comes from SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """What was encrypted. Keys in SECRET_KEY_FALLBACKS still open it. Raises InvalidToken where none of them does."""
    return _keys().decrypt(encrypted.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(
        secret if isinstance(secret, bytes) else secret.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
