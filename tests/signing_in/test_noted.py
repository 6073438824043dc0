"""Signing in, signing out and failing are in the trail, by key."""

import pytest
from django.test import Client

from safeboard.foundation.access.models import User
from safeboard.foundation.audit.models import TrailEntry
from tests.house.synthetic import house
from tests.signing_in.people import code_now, give_password, with_app

pytestmark = pytest.mark.django_db


def noted() -> list[tuple[str, str, str]]:
    rows = TrailEntry.objects.filter(kind="sign-in").order_by("number")
    return [(row.did, row.who, row.object_id) for row in rows]


def sign_in(client: Client, user: User) -> None:
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": code_now()})


def test_signing_in_and_out_are_noted_under_the_user() -> None:
    user, client = with_app(house()), Client()
    sign_in(client, user)
    client.post("/account/logout/")
    key = str(user.pk)
    assert noted() == [("signed in", key, key), ("signed out", key, key)]
    first = TrailEntry.objects.filter(kind="sign-in").earliest("number")
    assert (first.seat, first.agency) == (str(user.seats.get().pk), str(user.seats.get().agency_id))


def test_failures_are_noted_without_the_address() -> None:
    user = with_app(house())
    give_password(Client(), user.email, "not the password")
    give_password(Client(), "not.known@example.org", "not the password")
    client = Client()
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert noted() == [("refused", "", str(user.pk)), ("refused", "", ""), ("refused", "", str(user.pk))]
    assert "@" not in str(list(TrailEntry.objects.filter(kind="sign-in").values("details")))


def test_when_somebody_last_signed_in_is_no_change_of_their_account() -> None:
    user, client = with_app(house()), Client()
    last = TrailEntry.objects.latest("number").number
    sign_in(client, user)
    user.refresh_from_db()
    assert user.last_login is not None
    entries = TrailEntry.objects.filter(number__gt=last, kind__in=["access_user", "mfa_authenticator"])
    assert [(entry.did, entry.kind, entry.details) for entry in entries] == []
    User.objects.filter(pk=user.pk).update(name="Another Name", last_login=None)
    changed = TrailEntry.objects.get(number__gt=last, kind="access_user")
    assert (changed.did, sorted(changed.details)) == ("changed", ["name"])
