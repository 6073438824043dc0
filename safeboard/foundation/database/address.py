"""The database's address: one URL, as DATABASE_URL gives it, turned into what Django wants."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from safeboard.foundation.kernel.errors import BadInput, Problem


def settings_of(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?host=/folder/of/the/socket`.

    BadInput for another kind of address. The message never repeats the address: it may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadInput(_not_an_address())
    asked = parse_qs(parts.query)
    host = asked.pop("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {name: values[0] for name, values in asked.items()},
    }


def _not_an_address() -> Problem:
    return Problem(
        message="DATABASE_URL is not the address of a PostgreSQL database.",
        element="DATABASE_URL",
        expected="postgresql://user:password@host:5432/name",
        remedy="Correct it, or unset it: a server is then started from the binaries on this machine.",
    )
