"""The demonstration, started as its user starts it, used in a real browser by five people one after the other.

Each does a piece of their day's work, and the later ones see what the earlier ones did.
"""

import io
import os
import re
import time
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.house.live import NEEDS_CHROMIUM, axe_findings, browser
from tests.house_process.running import Running, demonstration

__all__ = ["browser"]
pytestmark = NEEDS_CHROMIUM
LONGEST_WAIT_FOR_FIGURES = 180  # seconds: the worker loads the reference city's two years after the start
IN_A_WHILE = ("1", "3", "2027")


@pytest.fixture(scope="module")
def house() -> Iterator[Running]:
    with demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def seats(house: Running, browser: Browser) -> Iterator[dict[str, Page]]:
    """A window for each of the five, signed in by their link."""
    opened = {}
    for role in ("Screening officer", "Social worker", "Business manager", "Chair of the board", "Privacy officer"):
        opened[role] = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
        opened[role].goto(house.link(role))
    yield opened
    for page in opened.values():
        page.context.close()


def look(page: Page, name: str) -> None:
    """Hold the page to the accessibility rules; keep a picture of it where SAFEBOARD_PICTURES names a folder."""
    assert axe_findings(page) == []
    if folder := os.environ.get("SAFEBOARD_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fill_day(page: Page, question: str, day: tuple[str, str, str]) -> None:
    group = page.get_by_role("group", name=question)
    for part, said in zip(("Day", "Month", "Year"), day, strict=True):
        group.get_by_label(part).fill(said)


def search(page: Page, words: str) -> None:
    page.get_by_role("link", name="Find a person").click()
    page.get_by_label("Name, date of birth, number or address").fill(words)
    page.get_by_role("button", name="Search").click()


def test_a_screening_officer_finds_nobody_and_makes_a_record(seats: dict[str, Page]) -> None:
    page = seats["Screening officer"]
    search(page, "Zebedee Quillfeather 14/5/2018")
    expect(page.get_by_text("We hold nothing that you may see.")).to_be_visible()
    assert "Quillfeather" not in page.url
    page.get_by_role("button", name="Add a new person").click()
    page.get_by_label("A child, under 18").check()
    expect(page.get_by_label("Family name")).to_have_value("Quillfeather")  # what was searched for stands there already
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Year", exact=True)).to_have_value("2018")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Numbers").click()
    page.get_by_label("NHS number").fill("999 000 0018")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    look(page, "screening-officer-check")
    page.get_by_role("button", name="Make the record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zebedee Quillfeather")
    assert re.search(r"/people/[0-9a-f-]{36}/$", page.url)
    look(page, "screening-officer")


def test_a_social_worker_hears_the_name_and_warns_whoever_visits(seats: dict[str, Page]) -> None:
    page = seats["Social worker"]
    search(page, "zebedy quilfether")
    page.get_by_role("link", name="Zebedee Quillfeather", exact=True).click()
    page.get_by_role("link", name="Add a safety warning").click()
    page.get_by_label("Dangerous dog").check()
    page.get_by_label("What to do, and what not").fill("Telephone before coming.")
    fill_day(page, "Look at it again on", IN_A_WHILE)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Dangerous dog. Telephone before coming.").first).to_be_visible()
    look(page, "social-worker")
    page.get_by_role("link", name="Family network").or_(page.get_by_role("button", name="Family network")).click()
    expect(page.get_by_text("Dangerous dog. Telephone before coming.").first).to_be_visible()
    search(page, "Quillfeather")
    expect(page.get_by_text("Dangerous dog")).to_be_visible()


def test_a_business_manager_takes_the_list_of_actions_out(seats: dict[str, Page]) -> None:
    page = seats["Business manager"]
    page.get_by_role("link", name="Actions", exact=True).click()
    expect(page.get_by_role("link", name="Show: Not closed yet")).to_be_visible()
    page.get_by_role("link", name="All actions", exact=True).click()
    page.wait_for_url("**/actions/?all=1")
    page.get_by_role("link", name="Export").click()
    page.get_by_label("Official: for those who work with the board").check()
    page.get_by_label("What is it needed for?").fill("The business group's meeting.")
    page.get_by_label("I am allowed to take this out").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take the file").click()
    assert re.fullmatch(r"[a-z0-9 -]+\.xlsx", download.value.suggested_filename)
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert sheet.max_row > 80
    page.get_by_role("link", name="Actions", exact=True).click()
    look(page, "business-manager")


def test_the_chair_follows_a_figure_to_its_definition(seats: dict[str, Page]) -> None:
    page = seats["Chair of the board"]
    end = time.monotonic() + LONGEST_WAIT_FOR_FIGURES
    page.get_by_role("link", name="Performance", exact=True).click()
    while time.monotonic() < end and not page.get_by_role("link", name="Referrals", exact=True).count():
        page.wait_for_timeout(1000)
        page.reload()
    page.get_by_role("link", name="Referrals", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Referrals")
    expect(page.locator(".sbp-headline__number")).to_have_text("3,246")
    look(page, "chair")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="People").wait_for(state="detached")


def test_the_privacy_officer_sees_who_looked(house: Running, seats: dict[str, Page]) -> None:
    page = seats["Privacy officer"]
    page.get_by_role("link", name="Audit trail").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("trail")
    assert "Quillfeather" not in page.content()
    look(page, "privacy-officer")
    record = seats["Screening officer"].url.removeprefix(house.address)
    page.goto(f"{house.address}{record}")
    expect(page.get_by_text("Social worker").first).to_be_visible()


def test_a_practitioner_who_is_not_involved_finds_no_such_child(house: Running, seats: dict[str, Page]) -> None:
    outsider = seats["Chair of the board"].context.browser
    assert outsider is not None
    page = outsider.new_context().new_page()
    page.goto(house.link("Practitioner"))
    search(page, "Quillfeather")
    expect(page.get_by_text("We hold nothing that you may see.")).to_be_visible()
    record = seats["Screening officer"].url.removeprefix(house.address)
    answer = page.goto(f"{house.address}{record}")
    assert answer is not None
    assert answer.status == 404
    page.context.close()
