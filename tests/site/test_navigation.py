"""The menu marks the place where one is: the page itself, and the list that a record or a form belongs to."""

import re

import pytest
from django.test import Client

from tests.house.synthetic import house

pytestmark = pytest.mark.django_db


def marked(client: Client, address: str) -> list[tuple[str, str]]:
    menu = client.get(address).content.decode().partition('aria-label="Menu"')[2].partition("</nav>")[0]
    return re.findall(r'aria-current="(\w+)">([^<]+)<', menu)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", []),
        ("/people/", [("page", "People")]),
        ("/people/duplicates/?all=1", [("page", "Duplicates")]),
        ("/people/search/", [("page", "Find a person")]),
        ("/actions/sources/", [("true", "Actions")]),
        ("/actions/slippage/", [("true", "Actions")]),
        ("/performance/", [("page", "Performance")]),
        ("/performance/reports/", [("page", "Reports")]),
        ("/reminders/", []),
    ],
)
def test_one_place_is_marked_at_most_and_it_is_the_nearest(address: str, expected: list[tuple[str, str]]) -> None:
    assert marked(house().client("safeguarding_manager"), address) == expected
