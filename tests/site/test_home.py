"""The first page of somebody who sits in more than one seat."""

import re
from datetime import date

import pytest
from django.test import Client

from safeboard.foundation.access.models import Seat
from tests.house.synthetic import house, other_house

pytestmark = pytest.mark.django_db


def choices(client: Client) -> list[str]:
    return re.findall(r"<option[^>]*>([^<]*)</option>", client.get("/").content.decode())


def test_seats_are_offered_in_words_and_with_their_area_where_there_are_several() -> None:
    here, there = house(), other_house()
    client, user = here.client("chair"), here.user("chair")
    assert choices(client) == []
    Seat.objects.create(user=user, role="business_manager", agency=here.agencies["board"], starts_on=date(2020, 1, 1))
    board = here.agencies["board"].name
    assert choices(client) == [f"Chair of the board, {board}", f"Business manager, {board}"]
    seat = Seat.objects.create(user=user, role="chair", agency=there.agencies["board"], starts_on=date(2020, 1, 1))
    assert choices(client)[-1] == f"Chair of the board, {there.agencies['board'].name}, {there.area.name}"
    client.post("/seat/", {"seat": str(seat.pk)})
    assert f'<h1 class="govuk-heading-l">{there.area.name}</h1>' in client.get("/").content.decode()


def test_who_may_find_people_searches_from_the_first_page_and_nobody_else() -> None:
    here = house()
    client = here.client("social_worker")
    (address,) = re.findall(r'action="([^"]*)"[^>]*role="search"', client.get("/").content.decode())
    answer = client.post(address, {"words": "nobody of this name"}, follow=True)
    assert "We hold nothing that you may see." in answer.content.decode()
    assert 'role="search"' not in here.client("chair").get("/").content.decode()
