"""Signing in as a person does, with the codes an authenticator app would show."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from safeboard.foundation.access.models import User
from safeboard.foundation.signing_in.encryption import encrypt
from tests.house.synthetic import House

PASSWORD = "a long enough password"  # noqa: S105 - synthetic
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - synthetic
STEP = 30


def code_now(secret: str = SECRET) -> str:
    """The six digits of this half minute, with time left to use them in it."""
    left = STEP - time.time() % STEP
    if left < 3:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP))


def with_app(here: House, role: str = "chair") -> User:
    """A user of the house whose authenticator app holds SECRET."""
    user = here.user(role)
    Authenticator.objects.filter(user=user).update(data={"secret": encrypt(SECRET)})
    return user


def without_second_factor(here: House, role: str = "chair") -> User:
    user = here.user(role)
    Authenticator.objects.filter(user=user).delete()
    return user


def give_password(client: Client, email: str, password: str = PASSWORD) -> int:
    """Send the sign-in page's form; the status it answers with."""
    return client.post("/account/login/", {"login": email, "password": password}).status_code


def user_of(client: Client) -> str | None:
    """The key of the user signed in with this browser."""
    return client.session.get("_auth_user_id")
