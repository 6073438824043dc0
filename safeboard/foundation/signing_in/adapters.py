"""What the sign-in library asks of this house: who may sign in, and how secrets are kept."""

import logging
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.signing_in import encryption, said_by_agency


def may_sign_in(user: User) -> bool:
    """Whether the account is open today. The day a user ended on is the last they may sign in."""
    return user.is_active and (user.ended_on is None or user.ended_on >= timezone.localdate())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: people are invited. Nobody who has left signs in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not correct.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if not may_sign_in(user):
            user.is_active = False  # told to the library only; the account itself is not changed
        said_by_agency.keep(request, user, kwargs.get("signal_kwargs"))
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The same answer whether or not it could be sent: another would tell which addresses have an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            logging.getLogger(__name__).error("An e-mail could not be sent: %s.", type(error).__name__)

    def reauthenticate(self, user: User, password: str) -> bool:
        # The library would look for the address in a table of its own, which this house does not fill.
        again = authenticate(context.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes are encrypted; the last second factor cannot be removed."""

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - the library's own word
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"
