"""The table of users that the demonstration prints."""

from datetime import date

import pytest
from pytest_django import Settings

from safeboard.foundation.access.models import Seat
from safeboard.site.demo.users import make_agencies, make_area, make_users
from safeboard.site.management.commands.load_demo import row_of

pytestmark = pytest.mark.django_db


def test_a_user_who_was_given_another_seat_stands_there_by_the_first(settings: Settings) -> None:
    settings.DEMO = True
    agencies = make_agencies(make_area())
    user = next(each for each in make_users(agencies) if each.email == "chair@demo.example")
    Seat.objects.create(user=user, role="board_member", agency=agencies[3], starts_on=date(2026, 1, 1))
    name, role, agency, link = row_of(user, "http://localhost:8000")
    assert (name, role, agency) == ("Sam Thornbury", "Chair of the board", "Safeguarding Children Board")
    assert link.startswith("http://localhost:8000/demo/")
