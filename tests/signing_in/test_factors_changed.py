"""Whoever changes what they sign in with is signed out everywhere else, and told so; whoever changes nothing is not."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from safeboard.foundation.access.models import User
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.signing_in.factors_changed import SAID
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import confirmed, house
from tests.signing_in.people import PASSWORD, code_now, with_app

__all__ = ["trail_may_be_emptied"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]

NEW = {"password1": "other words that differ", "password2": "other words that differ"}
LATER = "/account/login/?next=/"


def passkey_of(user: User) -> Authenticator:
    return Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        defaults={"data": {"name": "A key", "credential": {}, "passwordless": False}},
    )[0]


def remove_passkey(client: Client, user: User) -> None:
    client.post(f"/account/2fa/webauthn/keys/{passkey_of(user).pk}/remove/")


def remove_app(client: Client, user: User) -> None:
    passkey_of(user)
    client.post("/account/2fa/totp/deactivate/")


def add_app(client: Client, user: User, wrong: bool = False) -> None:
    passkey_of(user)
    Authenticator.objects.filter(user=user, type="totp").delete()
    secret = re.findall(r"<code>(\w+)</code>", client.get("/account/2fa/totp/activate/").content.decode())[0]
    client.post("/account/2fa/totp/activate/", {"code": "000000" if wrong else code_now(secret)})


def make_codes_anew(client: Client, user: User) -> None:
    client.post("/account/2fa/recovery-codes/generate/")


def change_password(client: Client, user: User) -> None:
    client.post("/account/password/change/", {"oldpassword": PASSWORD, **NEW})


def why() -> list[object]:
    return [row.details for row in TrailEntry.objects.filter(kind="sign-in", did="signed out").order_by("number")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (remove_passkey, "the second step changed"),
        (remove_app, "the second step changed"),
        (add_app, "the second step changed"),
        (make_codes_anew, "the second step changed"),
        (change_password, "the password changed"),
    ],
)
def test_a_change_ends_ones_other_sessions_and_says_so(change: Callable[[Client, User], None], said: str) -> None:
    here = house()
    user, somebody = with_app(here), here.client("board_member")
    asking, other, third = (confirmed(here.client("chair")) for _ in range(3))
    before = TrailEntry.objects.filter(kind="sign-in", did="signed out").count()
    change(asking, user)
    assert why()[before:] == [{"sessions": 2, "why": said}]
    assert SAID in asking.get("/").content.decode()
    assert [client.get("/").headers.get("Location") for client in (asking, other, third, somebody)] == [
        None,
        LATER,
        LATER,
        None,
    ]
    kept = {row.session_key for row in UserSession.objects.all()}
    assert kept == {asking.session.session_key, somebody.session.session_key}


@pytest.mark.parametrize("change", [remove_app, make_codes_anew, change_password])
def test_nothing_is_said_where_one_is_signed_in_nowhere_else(change: Callable[[Client, User], None]) -> None:
    here = house()
    user, asking = with_app(here), confirmed(here.client("chair"))
    change(asking, user)
    assert SAID not in asking.get("/").content.decode()
    assert why() == []


def test_what_changes_nothing_ends_nothing() -> None:
    here = house()
    user, asking, other = with_app(here), confirmed(here.client("chair")), here.client("chair")
    add_app(asking, user, wrong=True)
    asking.post(f"/account/2fa/webauthn/keys/{passkey_of(user).pk}/edit/", {"name": "Another name"})
    asking.post(f"/account/2fa/webauthn/keys/{passkey_of(user).pk}/remove/")  # the only one
    asking.post("/account/password/change/", {"oldpassword": "not the password", **NEW})
    stranger = here.client("board_member")
    assert stranger.post(f"/account/2fa/webauthn/keys/{passkey_of(user).pk}/remove/").status_code != 200
    assert passkey_of(user).wrap().name == "Another name"
    assert [client.get("/").status_code for client in (asking, other)] == [200, 200]
    assert why() == []


def test_a_password_chosen_by_a_letter_ends_every_session() -> None:
    here = house()
    user, signed_in, client = with_app(here), here.client("chair"), Client()
    mail.outbox.clear()
    client.post("/account/password/reset/", {"email": user.email})
    link = re.findall(r"http://testserver(\S+)", str(mail.outbox[0].body))[0]
    client.post(client.get(link)["Location"], NEW)
    assert signed_in.get("/")["Location"] == LATER
    assert list(UserSession.objects.filter(user=user)) == []
    assert why() == [{"sessions": 1, "why": "the password changed"}]
