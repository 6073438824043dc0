"""The page machinery in a real browser: with script only the list is swapped, drafts are kept, sessions are warned."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from safeboard.foundation.pages.models import Draft
from tests.house.live import NEEDS_CHROMIUM, axe_findings, browser, trail_may_be_emptied, width
from tests.house.synthetic import house
from tests.house.walking import DESK, Walker
from tests.pages.tasks import tasks

pytestmark = [
    NEEDS_CHROMIUM,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trail_may_be_emptied"),
    pytest.mark.urls("tests.pages.trial.urls"),
]
__all__ = ["browser", "trail_may_be_emptied"]
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture
def walker(browser: Browser, live_server: LiveServer) -> Iterator[Walker]:
    walker = Walker(browser, live_server.url, house())
    yield walker
    walker.close()


@pytest.fixture
def page(walker: Walker) -> Iterator[Page]:
    yield walker.page("business_manager")
    assert walker.wrong == []


def test_sorting_searching_and_filtering_swap_the_list_alone(page: Page) -> None:
    tasks(house(), 30)
    page.goto("/tasks/?all=1")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Title").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#register-said")).to_have_text("30 tasks, sorted by title, A to Z")
    assert (page.evaluate(FOCUSED), page.url.partition("?")[2]) == ("Title", "all=1&sort=title")
    page.get_by_label("Search by title").fill("Task 2")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("11 tasks").first).to_be_visible()
    assert re.search(r"\?search=[0-9a-f]{8}$", page.url)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Done").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name="Remove: Stage: Done")).to_be_visible()
    page.get_by_role("link", name="Remove: Search: Task 2").click()
    expect(page.get_by_text("10 tasks").first).to_be_visible()
    assert page.evaluate("window.stayed") is True
    page.go_back()
    expect(page.get_by_role("link", name="Remove: Search: Task 2")).to_be_visible()


def test_a_form_is_kept_while_it_is_typed(page: Page) -> None:
    page.goto("/tasks/add/")
    page.evaluate("document.querySelector('form[data-sb-draft]').dataset.sbDraftEvery = 50")
    page.get_by_label("Note").fill("Half a sentence")
    expect(page.locator("[data-sb-draft-said]")).to_have_text(re.compile(r"Draft kept at \d\d:\d\d\."))
    assert Draft.objects.get().typed["note"] == ["Half a sentence"]
    page.goto("/")
    page.get_by_role("link", name="Add a task").click()
    assert page.get_by_label("Note").input_value() == "Half a sentence"
    page.get_by_role("button", name="Delete the draft and start afresh").click()
    expect(page.get_by_text("The draft is deleted.")).to_be_visible()
    assert Draft.objects.count() == 0


def test_before_an_idle_session_ends_one_is_warned_and_may_stay(page: Page, settings: Settings) -> None:
    settings.IDLE_SIGN_OUT = 600
    page.goto("/tasks/add/")
    page.get_by_label("Note").focus()
    before = Session.objects.get().session_data
    page.evaluate("localStorage.setItem('sb-seen', String(Date.now() - 430 * 1000))")
    dialogue = page.get_by_role("dialog", name="You will soon be signed out")
    expect(dialogue).to_be_visible()
    expect(dialogue).to_contain_text("2 minutes")
    assert axe_findings(page) == []
    reached = set()
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED) if page.evaluate("document.activeElement !== document.body") else "")
    assert reached - {""} == {"Stay signed in", "Sign out"}
    page.keyboard.press("Escape")
    expect(dialogue).to_be_hidden()
    assert page.evaluate("document.activeElement.name") == "note"
    assert Session.objects.get().session_data == before


def test_an_idle_session_that_nobody_keeps_ends_on_the_sign_in_page(page: Page, settings: Settings) -> None:
    page.goto("/tasks/?all=1")
    settings.IDLE_SIGN_OUT = -1
    page.evaluate("localStorage.setItem('sb-seen', '0')")
    page.wait_for_url("**/account/login/**")
    expect(page.get_by_text("You were signed out because nothing was opened for a while.")).to_be_visible()


def test_the_screen_is_hidden_and_shown_by_keyboard(page: Page) -> None:
    tasks(house(), 1)
    page.goto("/tasks/?all=1")
    button = page.get_by_role("button", name="Hide screen")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Task 1")).to_be_hidden()
    assert page.title() == "Safeboard"
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Task 1")).to_be_visible()
    assert (page.title(), page.evaluate(FOCUSED)) == ("Tasks – Safeboard", "Hide screen")


def test_a_hidden_screen_is_shown_again_without_a_keyboard(page: Page) -> None:
    tasks(house(), 1)
    page.goto("/tasks/?all=1")
    page.get_by_role("button", name="Hide screen").click()
    assert page.evaluate(FOCUSED) == "Show it again"
    page.get_by_role("button", name="Show it again").click()
    expect(page.get_by_role("link", name="Task 1")).to_be_visible()
    assert (page.title(), page.evaluate(FOCUSED)) == ("Tasks – Safeboard", "Hide screen")


def test_the_skip_link_leads_past_the_menu(page: Page) -> None:
    page.goto("/tasks/?all=1")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_every_kind_of_page_is_accessible_fits_a_phone_and_works_by_keyboard(walker: Walker) -> None:
    rows = tasks(house(), 30)
    one, visit = rows[1].pk, f"/tasks/{rows[0].pk}/visit/"
    client = house().client("business_manager")
    client.post(f"{visit}step/when/", {"when-seen_on_day": "1", "when-seen_on_month": "2", "when-seen_on_year": "2026"})
    client.post(f"{visit}step/note/", {"note-words": "All well"})
    client.post("/tasks/views/?stage=done", {"name": "Done"})
    pages = (
        *("/tasks/?all=1", "/tasks/?stage=open&stage=late&due_from=2026-12-02", "/tasks/?stage=done&due_to=2020-01-01"),
        *("/tasks/export/?stage=done", "/tasks/views/?stage=done", f"/tasks/{one}/", f"/tasks/{one}/?print=1", "/"),
        *("/tasks/add/", visit, f"{visit}step/when/", f"{visit}check/"),
    )
    found = {address: walker.findings("business_manager", address) for address in pages}
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_errors_and_differences_are_accessible(page: Page) -> None:
    task = tasks(house(), 1)[0]
    found = {}
    page.goto("/tasks/add/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["errors"] = axe_findings(page)
    page.get_by_role("link", name="Title: Enter this.").click()
    assert page.evaluate("document.activeElement.name") == "title"
    page.goto(f"/tasks/{task.pk}/change/")
    type(task).objects.update(note="Theirs")
    page.get_by_label("Note").fill("Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("changed this while you were typing")).to_be_visible()
    found["differences"] = axe_findings(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert width(page) <= 320
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    assert found == {"errors": [], "differences": []}
