"""The pages of this room ask the database as often for one row as for fifty, and fewer than twelve times."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.signing_in.invitations import invite
from safeboard.foundation.signing_in.leavers import hold_against
from tests.house.synthetic import SINCE, House, house

pytestmark = pytest.mark.django_db


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def with_people(here: House, count: int) -> None:
    for number in range(count):
        user = User.objects.create_user(f"person{number}@police.example", f"Synthetic Person {number}")
        Seat.objects.create(user=user, role="practitioner", agency=here.agencies["police"], starts_on=SINCE)


def test_invitations() -> None:
    here = house()
    client = here.client("agency_administrator", "police")
    by = here.viewer("agency_administrator", "police", at=timezone.now() - timedelta(minutes=1))
    counts = []
    for number in range(50):
        invite(
            email=f"{number}@police.example",
            role="practitioner",
            agency=here.agencies["police"],
            by=by,
            address="http://x",
        )
        if number in (0, 49):
            counts.append(asked(client, "/invitations/"))
    assert counts[0] == counts[1] < 12


def test_leavers() -> None:
    here = house()
    client = here.client("agency_administrator", "police")
    by = here.viewer("agency_administrator", "police")
    here.user("practitioner", "police")
    counts = []
    for people in (0, 49):
        with_people(here, people)
        made = hold_against(agency=here.agencies["police"], staff=frozenset({"a@b.example"}), by=by)
        counts.append(asked(client, f"/leavers/{made.pk}/"))
    assert counts[0] == counts[1] < 12


def test_agencies() -> None:
    assert asked(house().client("system_administrator"), "/agencies/sign-in/") < 12


def test_signing_in() -> None:
    assert asked(Client(), "/account/login/") < 12
