"""The house on a port of its own, for tests that drive a real browser. Name the fixtures in a module to have them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NEEDS_CHROMIUM = pytest.mark.skipif(
    not CHROMIUM.exists() and "CI" not in os.environ,
    reason=f"{CHROMIUM} is not installed, so no page can be tried in a browser (apt-get install chromium)",
)


@pytest.fixture(scope="module")
def trail_may_be_emptied(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A live server's tests end by emptying every table, which the trail's trigger refuses."""
    _trigger("DISABLE", django_db_blocker)
    yield
    _trigger("ENABLE", django_db_blocker)


def _trigger(verb: str, blocker: DjangoDbBlocker) -> None:
    with blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_trailentry", "audit_trailblock"):
            cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER audit_refuse_all")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop in this thread
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def width(page: Page) -> int:
    """How many pixels wide the page is, once it is all there: a press of a button returns while it is still empty."""
    page.wait_for_load_state("load")
    return int(page.evaluate("document.documentElement.scrollWidth"))


def axe_findings(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds wrong on the page: (rule, markup), once it is all there."""
    page.wait_for_load_state("load")
    # Run from outside the page's own world, its policy on scripts holds for the page and not for the checker.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then((results) => results.violations)")
    return [(each["id"], each["nodes"][0]["html"]) for each in found]
