"""Every page of the house in a real browser: accessible, whole, no wider than a phone, and usable by keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.house.examples import ENDINGS_NOT_WALKED, EXAMPLES, NOT_WALKED
from tests.house.live import NEEDS_CHROMIUM, browser, trail_may_be_emptied
from tests.house.synthetic import house
from tests.house.walking import Walker, routes

__all__ = ["browser", "trail_may_be_emptied"]


def area_of(name: str) -> str:
    """The area of a route: what stands before the colon, else before the first hyphen or underscore."""
    return re.split("[:_-]", name)[0]


@pytest.fixture
def walker(browser: Browser, live_server: LiveServer) -> Iterator[Walker]:
    walker = Walker(browser, live_server.url, house())
    yield walker
    walker.close()


def test_every_route_has_an_example_or_a_reason() -> None:
    known = EXAMPLES.keys() | NOT_WALKED.keys()
    left = [name for name in routes() if name not in known and not name.endswith(tuple(ENDINGS_NOT_WALKED))]
    assert left == [], "Add one line for each of these in tests/house/examples.py."
    assert sorted(known - set(routes())) == []


@NEEDS_CHROMIUM
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
@pytest.mark.parametrize("area", sorted({area_of(name) for name in EXAMPLES}))
def test_every_page_is_accessible_fits_a_phone_and_works_by_keyboard(walker: Walker, area: str) -> None:
    found: dict[str, list[str]] = {}
    for name, example in EXAMPLES.items():
        if area_of(name) != area:
            continue
        address = reverse(name, kwargs=dict(example.keys(walker.here)))
        found[name] = walker.findings(example.role, f"{address}?{example.query}" if example.query else address)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
