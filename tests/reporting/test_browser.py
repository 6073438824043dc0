"""The page in a real browser: accessible, readable on a phone, without script, and whole on paper."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and "CI" not in os.environ,
    reason=f"{CHROMIUM} is not installed, so the page cannot be tried in a browser (apt-get install chromium)",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(own_copy: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> str:
    page = tmp_path_factory.mktemp("page") / "report.html"
    page.write_bytes(own_copy["report.html"])
    return page.as_uri()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1200, "height": 900}, bypass_csp=True)
    yield context
    context.close()


@pytest.mark.parametrize("width", [1200, 320])
def test_the_accessibility_checks_find_nothing(browser: Browser, address: str, width: int) -> None:
    # The page's own policy forbids all script, the checker's included, so the checker alone passes it by.
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page)
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []


def test_a_phone_scrolls_down_only(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address)
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    context.close()
    assert widths == [320, 320]


def test_it_works_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    definition = page.locator("#ni_65 details dl")
    assert not definition.is_visible()
    page.locator("#ni_65 summary").click()
    assert definition.is_visible()
    page.get_by_role("link", name="Second or subsequent plans").first.click()
    assert page.url.endswith("#second-plans")
    context.close()


def test_it_asks_no_one_for_anything(desk: BrowserContext, address: str) -> None:
    asked: list[str] = []
    page = desk.new_page()

    def note(request: Request) -> None:
        asked.append(request.url.partition(",")[0])

    page.on("request", note)
    page.goto(address)
    page.wait_for_load_state("load")
    assert {each for each in asked if not each.startswith("data:")} == {address}


def test_its_own_policy_lets_everything_it_has_be_shown(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    typeface = page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Source Sans Pro\"'))")
    context.close()
    assert (said, typeface) == ([], True)


def test_on_paper_every_definition_is_open(desk: BrowserContext, address: str) -> None:
    page = desk.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    shown = page.locator("article details dl")
    assert [shown.nth(n).is_visible() for n in range(shown.count())] == [True] * shown.count()


def test_the_keyboard_reaches_the_skip_link_first(desk: BrowserContext, address: str) -> None:
    page = desk.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the summary"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") == 0
