"""Registers: search, filters as tags, order, pages, and as few questions to the database for many rows as for few."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeboard.foundation.audit.models import TrailEntry
from tests.house.synthetic import house, other_house
from tests.pages.tasks import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]


def page(client: Client, address: str = "/tasks/?all=1") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(text: str) -> list[str]:
    return re.findall(r'href="/tasks/\d+/">([^<]+)<', text)


def test_the_list_is_in_its_own_order_and_shows_only_what_the_viewer_may_see() -> None:
    tasks(house(), 3)
    tasks(other_house(), 2)
    assert titles(page(house().client("business_manager"))) == ["Task 1", "Task 2", "Task 3"]
    assert titles(page(house().client("social_worker"))) == []


def test_a_search_goes_to_an_address_without_the_words() -> None:
    tasks(house(), 3)
    client = house().client("business_manager")
    answer = client.post("/tasks/", {"search": "Task 2"})
    assert answer.status_code == 302
    assert re.fullmatch(r"/tasks/\?search=[0-9a-f]{8}", answer["Location"])
    assert titles(page(client, answer["Location"])) == ["Task 2"]
    assert titles(page(house().client("business_manager"), answer["Location"])) == ["Task 1", "Task 2", "Task 3"]


def test_filters_are_tags_that_can_be_taken_away_one_by_one() -> None:
    tasks(house(), 3)
    client = house().client("business_manager")
    answer = client.post("/tasks/", {"stage": ["open", "done"], "due_from": "2026-12-02", "due_to": ""})
    assert answer["Location"] == "/tasks/?stage=open&stage=done&due_from=2026-12-02"
    text = page(client, answer["Location"])
    assert titles(text) == ["Task 2", "Task 3"]
    assert re.findall(r'class="sb-tag" href="([^"]+)".*?</span>([^<]+)<', text) == [
        ("?due_from=2026-12-02&amp;stage=done", "Stage: Open"),
        ("?due_from=2026-12-02&amp;stage=open", "Stage: Done"),
        ("?stage=open&amp;stage=done", "Due: from 2 December 2026"),
    ]


@pytest.mark.parametrize(
    ("sort", "expected", "state"),
    [
        ("title", ["Task 1", "Task 2", "Task 3"], "ascending"),
        ("-title", ["Task 3", "Task 2", "Task 1"], "descending"),
        ("agency", ["Task 1", "Task 2", "Task 3"], None),
        ("password", ["Task 1", "Task 2", "Task 3"], None),
    ],
)
def test_a_heading_sorts_and_says_so(sort: str, expected: list[str], state: str | None) -> None:
    tasks(house(), 3)
    text = page(house().client("business_manager"), f"/tasks/?sort={sort}")
    assert titles(text) == expected
    if state:
        assert re.search(rf'aria-sort="{state}">\s*<a class="sb-sort" id="sort-title"', text)


def test_pages_and_counts() -> None:
    tasks(house(), 60)
    client = house().client("business_manager")
    assert titles(page(client, "/tasks/?page=3")) == [f"Task {number}" for number in range(51, 61)]
    assert titles(page(client, "/tasks/?page=999")) == [f"Task {number}" for number in range(51, 61)]
    assert titles(page(client, "/tasks/?page=-1")) == [f"Task {number}" for number in range(1, 26)]
    assert "60 tasks" in page(client)


def test_nothing_yet_is_not_the_same_as_nothing_matches() -> None:
    client = house().client("business_manager")
    assert "Tasks are added when a meeting decides on them." in page(client)
    text = page(client, "/tasks/?stage=done")
    assert "Nothing matches" in text
    assert "Clear filters" in text


@pytest.mark.parametrize(
    "query", ["stage=%00", "stage=nonsense", "due_from=yesterday", "search=zzz", "page=%00", "sort=%00"]
)
def test_nonsense_in_the_address_is_answered_with_a_page(query: str) -> None:
    tasks(house(), 1)
    page(house().client("business_manager"), f"/tasks/?{query}")


def test_what_was_listed_and_searched_is_in_the_trail() -> None:
    tasks(house(), 3)
    client = house().client("business_manager")
    page(client, "/tasks/?stage=done")
    page(client, client.post("/tasks/", {"search": "Task 2\0"})["Location"])
    entries = TrailEntry.objects.filter(kind="task").order_by("number")
    assert [(entry.did, entry.details["count"], entry.details.get("words")) for entry in entries] == [
        ("listed", 1, None),
        ("searched", 1, "Task 2"),
    ]


def test_as_few_questions_for_many_rows_as_for_few() -> None:
    client = house().client("business_manager")
    counts = []
    for more in (10, 9_990):
        tasks(house(), more)
        page(client)
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 12
