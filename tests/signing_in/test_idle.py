"""A session ends by itself: after half an hour without a page, and with the seat it was begun in."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from safeboard.foundation.access.models import Seat
from safeboard.foundation.audit.models import TrailEntry
from tests.house.synthetic import SINCE, house, other_house
from tests.signing_in.people import user_of

pytestmark = pytest.mark.django_db


def last_seen(client: Client, seconds_ago: int) -> None:
    session = client.session
    session["seen"] -= seconds_ago
    session.save()


def test_half_an_hour_without_a_page_signs_out(settings: Settings) -> None:
    client = house().client("chair")
    last_seen(client, settings.IDLE_SIGN_OUT + 5)
    answer = client.get("/seat/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/seat/")
    assert user_of(client) is None
    assert "nothing was opened for a while" in client.get(answer["Location"]).content.decode()
    assert TrailEntry.objects.filter(kind="sign-in").latest("number").did == "signed out"


def test_a_page_in_time_starts_the_half_hour_again(settings: Settings) -> None:
    client = house().client("chair")
    for _ in range(3):
        last_seen(client, settings.IDLE_SIGN_OUT - 5)
        assert client.get("/").status_code == 200


def begun(client: Client, seconds_ago: int) -> None:
    session = client.session
    session["begun"] -= seconds_ago
    session.save()


def test_eight_hours_after_signing_in_it_ends_however_much_was_opened_meanwhile(settings: Settings) -> None:
    client = house().client("chair")
    for _ in range(8):
        begun(client, settings.SESSION_COOKIE_AGE // 8 - 5)
        last_seen(client, settings.IDLE_SIGN_OUT - 5)
        assert client.get("/").status_code == 200
    begun(client, 60)
    answer = client.get("/seat/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/seat/")
    assert user_of(client) is None
    assert "you signed in 8 hours ago" in client.get(answer["Location"]).content.decode()


def test_a_session_does_not_slip_into_another_area_when_its_seat_ends() -> None:
    here, there = house(), other_house()
    client = here.client("chair")
    user = here.user("chair")
    Seat.objects.create(user=user, role="chair", agency=there.agencies["board"], starts_on=SINCE)
    assert "Reference City" in client.get("/").content.decode()
    user.seats.filter(agency=here.agencies["board"]).update(ends_on=date(2021, 1, 1))
    assert client.get("/")["Location"] == "/account/login/?next=/"
    assert user_of(client) is None


def test_a_page_in_use_writes_nothing_to_the_session() -> None:
    client = house().client("chair")
    before = client.session["seen"]
    client.get("/")
    assert client.session["seen"] == before


def test_part_of_a_page_is_not_answered_with_the_sign_in_page(settings: Settings) -> None:
    client = house().client("chair")
    last_seen(client, settings.IDLE_SIGN_OUT + 5)
    answer = client.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/account/login/")
