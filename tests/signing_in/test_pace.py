"""So many requests a minute from one session, and no more: told plainly, with nothing typed lost."""

import html
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings as of_the_run
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.signing_in.pace import MINUTE, Pace, PaceMiddleware, Turn
from tests.house.synthetic import confirmed, house
from tests.house.test_questions import Questions
from tests.pages.trial.models import Task

MOST = 5
CLOCK = [0.0]
ADDRESS = "/tasks/add/"


class PaceByHand(PaceMiddleware):
    """The same by a clock that the test moves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response, clock=lambda: CLOCK[0])


@pytest.fixture
def five_a_minute(settings: Settings) -> None:
    ours = f"{PaceMiddleware.__module__}.{PaceMiddleware.__name__}"
    settings.MIDDLEWARE = [f"{__name__}.PaceByHand" if each == ours else each for each in of_the_run.MIDDLEWARE]
    settings.REQUESTS_A_MINUTE, settings.ROOT_URLCONF = MOST, "tests.pages.trial.urls"
    CLOCK[0] = 1_000.0


def test_so_many_go_on_in_a_minute_and_again_in_the_next() -> None:
    pace = Pace()
    turns = [pace.turn("s", at, 3) for at in (0.0, 1.0, 2.0, 3.0, 59.5, 60.0, 119.9, 120.0)]
    assert turns == [Turn(), Turn(), Turn(), Turn(57, first=True), Turn(1), Turn(), Turn(), Turn()]


def test_sessions_are_counted_apart() -> None:
    pace = Pace()
    assert [pace.turn(session, 0.0, 1).wait for session in "abab"] == [0, 0, 60, 60]


@given(st.lists(st.integers(0, 2_000), max_size=60).map(sorted), st.integers(1, 5))
def test_whoever_waits_as_told_may_go_on_and_a_minute_holds_no_more(eighths: list[int], most: int) -> None:
    """By eighths of a second. Two minutes may meet, so any sixty seconds hold at most twice as many."""
    pace, at, went = Pace(), 0.0, []
    for eighth in eighths:
        at = max(at, eighth / 8)
        wait = pace.turn("s", at, most).wait
        assert 0 <= wait <= MINUTE
        at += wait
        assert wait == 0 or pace.turn("s", at, most).wait == 0
        went.append(at)
    assert all(sum(begun <= at < begun + MINUTE for at in went) <= 2 * most for begun in went)


def test_the_memory_is_bounded_and_minutes_that_are_over_are_forgotten() -> None:
    pace = Pace(most_sessions=100)
    for number in range(1_000):
        pace.turn(f"s{number}", number / 1_000, 1)
    assert len(pace) == 100
    assert pace.turn("s999", 1.0, 1).wait > 0
    assert pace.turn("s0", 1.0, 1).wait == 0, "the minute that began first was forgotten"
    pace.turn("new", 100.0, 1)
    assert len(pace) == 1


def test_threads_together_are_let_through_no_more_often() -> None:
    pace = Pace()
    with ThreadPoolExecutor(8) as threads:
        turns = list(threads.map(lambda _: pace.turn("s", 1.0, 300), range(1_000)))
    assert (turns.count(Turn()), sum(turn.first for turn in turns)) == (300, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("five_a_minute")
def test_one_too_many_is_told_how_long_to_wait_and_goes_on_then() -> None:
    here = house()
    client, other = here.client("business_manager"), here.client("business_manager")
    assert [client.get("/tasks/").status_code for _ in range(MOST)] == [200] * MOST
    CLOCK[0] += 20.5
    answer = client.get("/tasks/?page=1")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (429, "40", "no-store")
    assert ("Wait 40 seconds, then try again" in page, "More than 5 pages" in page) == (True, True)
    assert ('href="/tasks/?page=1">Try again<' in page, "Nothing of what you sent" in page) == (True, False)
    assert other.get("/tasks/").status_code == 200, "another session of the same user"
    CLOCK[0] += 40
    assert client.get("/tasks/").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("five_a_minute")
def test_a_form_sent_too_soon_is_given_back_and_taken_after_waiting() -> None:
    client = house().client("business_manager")
    carried = hidden(client.get(ADDRESS).content.decode())
    for _ in range(MOST - 1):
        client.get("/tasks/")
    for _ in range(2):
        answer = client.post(ADDRESS, {**carried, "title": "Kept <b>", "stage": "open"})
        page = answer.content.decode()
        assert (answer.status_code, "Nothing of what you sent now was stored" in page) == (429, True)
        carried = typed(page)
        assert (carried["title"], "Kept <b>" in page, Task.objects.count()) == ("Kept <b>", False, 0)
    CLOCK[0] += MINUTE
    assert client.post(ADDRESS, carried).status_code == 302
    assert Task.objects.get().title == "Kept <b>"


def hidden(page: str) -> dict[str, str]:
    """What the hidden fields of a form would send."""
    tags = re.findall(r'<input type="hidden"[^>]*>', page)
    pairs = [(re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: html.unescape(value[1]) if value else "" for name, value in pairs if name}


def typed(page: str) -> dict[str, str]:
    """What the page would send again."""
    found = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.S)
    return {name: html.unescape(value) for name, value in found}


@pytest.mark.django_db
@pytest.mark.usefixtures("five_a_minute")
def test_the_trail_tells_of_it_once_a_minute() -> None:
    here = house()
    client, seat = here.client("business_manager"), here.user("business_manager").seats.get()
    for _ in range(2):
        for _ in range(MOST + 3):
            client.get("/tasks/")
        CLOCK[0] += MINUTE
    entries = TrailEntry.objects.filter(did="refused").values_list("kind", "details", "seat")
    assert list(entries) == [("page", {"answer": "too many requests"}, str(seat.pk))] * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("five_a_minute")
def test_the_signed_out_and_static_files_are_not_counted() -> None:
    client, nobody = house().client("business_manager"), Client()
    assert {nobody.get("/account/login/").status_code for _ in range(MOST * 3)} == {200}
    for _ in range(MOST * 3):
        style: Any = client.get("/static/pages/safeboard.css")
        assert (style.status_code, b".sb-header" in style.getvalue()) == (200, True)
    assert [client.get("/tasks/").status_code for _ in range(MOST + 1)] == [200] * MOST + [429]


@pytest.mark.django_db
def test_counting_asks_nothing_of_the_database_and_a_request_that_has_to_wait_only_who_asks(settings: Settings) -> None:
    asked = {}
    for most in (0, 300, 1):
        settings.REQUESTS_A_MINUTE = most
        client, questions = confirmed(house().client("business_manager")), Questions()
        for _ in range(2):
            client.get("/actions/")
        with connection.execute_wrapper(questions):
            client.get("/actions/")
        asked[most] = len(questions.asked)
    assert (asked[300], asked[1]) == (asked[0], 4)
