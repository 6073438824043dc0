"""Sends e-mail. Where it cannot be sent, what it was about is stored all the same, and whoever caused it is told so."""

from smtplib import SMTPException

from django.core.mail import send_mail


class NotSent(Exception):
    """An e-mail did not leave. Says nothing of its words or whom it was for."""


def send_letter(subject: str, letter: str, to: str) -> None:
    """Send one e-mail. NotSent where the mail server is away or refuses it."""
    try:
        send_mail(subject, letter, None, [to])
    except (OSError, SMTPException) as error:
        # Not chained to its cause: a refusal names the address.
        raise NotSent(f"An e-mail could not be sent: {type(error).__name__}.") from None
