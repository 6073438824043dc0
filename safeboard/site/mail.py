"""The mail server's address: one URL, as SAFEBOARD_MAIL gives it, taken apart for the settings."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from safeboard.foundation.kernel.errors import BadInput, Problem

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are handed over. `starts_tls`: encrypted after a first greeting; `speaks_tls`: from the start."""

    host: str
    port: int
    user: str
    password: str
    starts_tls: bool
    speaks_tls: bool


def mail_server(url: str) -> MailServer:
    """The server at `smtp://user:password@host:587` or `smtps://...:465`.

    A server on this machine (localhost) is spoken to in the clear. BadInput for another kind of address; the message
    never repeats it: it may hold a password.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise BadInput(_not_an_address()) from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadInput(_not_an_address())
    here = parts.hostname in ("localhost", "127.0.0.1")
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp" and not here,
        speaks_tls=parts.scheme == "smtps",
    )


def _not_an_address() -> Problem:
    return Problem(
        message="SAFEBOARD_MAIL is not the address of a mail server.",
        element="SAFEBOARD_MAIL",
        expected="smtp://user:password@host:587 or smtps://user:password@host:465",
        remedy="Correct it, or unset it: a house that is not in production then puts its e-mails into a folder.",
    )
