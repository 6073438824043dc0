"""A person added in a real browser after a search, and the family network printed on one sheet."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from safeboard.casework.people.models import Relationship
from safeboard.casework.people.search_first import remember_search
from tests.house.live import NEEDS_CHROMIUM, browser, trail_may_be_emptied
from tests.house.synthetic import House, house
from tests.people.families import a_person, with_everything
from tests.people.forty import forty

__all__ = ["browser", "trail_may_be_emptied"]
pytestmark = [
    NEEDS_CHROMIUM,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trail_may_be_emptied"),
]


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, here: House) -> Iterator[Page]:
    client = here.client("social_worker")
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    yield context.new_page()
    context.close()


def test_a_person_is_added_once_somebody_was_searched_for(page: Page, here: House) -> None:
    page.goto(reverse("people:add"))
    assert "Search first" in page.inner_text("main")
    cookie = next(each for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(cookie["value"])
    remember_search(session, here.viewer("social_worker", at=timezone.now()))
    session.save()
    page.goto(reverse("people:add"))
    page.check("main input[value=child]")
    page.fill("[name=who-given]", "Robin")
    page.fill("[name=who-family]", "Ashcombe")
    page.click("main button:has-text('Continue')")
    page.fill("[name=birth-age]", "7")
    page.click("main button:has-text('Continue')")
    page.click("main a:has-text('Address')")
    page.fill("[name=home-lines]", "1 Synthetic")
    page.get_by_text("Draft kept").wait_for()  # by script, while it is typed
    page.goto(page.url)
    assert page.input_value("[name=home-lines]") == "1 Synthetic"
    page.click("main button:has-text('Continue')")
    page.click("main button:text-is('Make the record')")
    assert page.inner_text("h1") == "Robin Ashcombe"
    page.go_back()
    assert page.inner_text("h1") == "Robin Ashcombe"
    assert "sent already" in page.inner_text("main")


def test_the_family_network_prints_on_one_landscape_sheet(page: Page, here: House, tmp_path: Path) -> None:
    person = with_everything(here)
    mother = Relationship.objects.get().person
    for number in range(14):
        sibling = a_person(here, f"Child{number}")
        Relationship.objects.create(person=mother, other=sibling, kind="parent", said_by="mother")
    page.goto(reverse("people:network", args=[person.pk]))
    assert page.locator("svg .sb-net__person").count() == 16
    page.pdf(path=tmp_path / "network.pdf", prefer_css_page_size=True)
    printed = (tmp_path / "network.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
    assert re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)", printed) == [(b"841", b"594")]


def test_forty_print_as_an_overview_two_sheets_to_read_and_the_words(page: Page, here: House, tmp_path: Path) -> None:
    page.goto(reverse("people:network", args=[forty(here).pk]))
    assert page.locator(".sb-sheet").count() == 2
    assert not page.locator(".sb-sheet").first.is_visible()  # on paper alone
    page.emulate_media(media="print")
    assert page.locator(".sb-sheet").first.is_visible()
    assert page.get_by_role("heading", name="In words").is_visible()
    page.pdf(path=tmp_path / "network.pdf", prefer_css_page_size=True)
    printed = (tmp_path / "network.pdf").read_bytes()
    sizes = re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)", printed)
    assert len(sizes) >= 4
    assert set(sizes) == {(b"841", b"594")}
