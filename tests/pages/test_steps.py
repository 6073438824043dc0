"""Journeys: one thing a page, answers kept, all of them checked before they are sent once."""

import re

import pytest
from django.test import Client

from safeboard.foundation.pages.models import Draft
from tests.house.synthetic import house, other_house
from tests.pages.tasks import tasks
from tests.pages.test_forms import hidden, problems
from tests.pages.trial.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]
DAY = {"when-seen_on_day": "1", "when-seen_on_month": "12", "when-seen_on_year": "2026"}


@pytest.fixture
def client() -> Client:
    return house().client("business_manager")


@pytest.fixture
def visit() -> str:
    return f"/tasks/{tasks(house(), 1)[0].pk}/visit/"


def states(client: Client, visit: str) -> list[tuple[str, str]]:
    text = client.get(visit).content.decode()
    named = re.findall(r'task-list__link"[^>]*>([^<]+)<.*?__status" id="[^"]+">(?:<strong[^>]*>)?([^<]+)<', text, re.S)
    return [(title, state) for title, state in named]


def answered(client: Client, visit: str, **note: str) -> None:
    client.post(f"{visit}step/when/", DAY)
    client.post(f"{visit}step/note/", {"note-words": "All well", **note})


def test_tasks_are_done_in_any_order_and_the_state_of_each_is_shown(client: Client, visit: str) -> None:
    first, last = ("When it was", "What was seen")
    assert states(client, visit) == [(first, "Not started yet"), (last, "Not started yet")]
    assert client.post(f"{visit}step/note/", {"note-words": "All well"})["Location"] == visit
    assert states(client, visit) == [(first, "Not started yet"), (last, "Completed")]
    wrong = client.post(f"{visit}step/when/", {**DAY, "when-seen_on_day": ""})
    assert problems(wrong.content.decode()) == ["Enter the day as well."]
    assert states(client, visit) == [(first, "In progress"), (last, "Completed")]


def test_a_step_is_asked_only_where_it_is_needed(client: Client, visit: str) -> None:
    assert client.get(f"{visit}step/hazards/").status_code == 404
    client.post(f"{visit}step/when/", {**DAY, "when-hazards": "on"})
    assert client.get(f"{visit}step/hazards/").status_code == 200
    assert [title for title, _ in states(client, visit)] == ["When it was", "What was dangerous", "What was seen"]


def test_answers_are_checked_then_sent_once(client: Client, visit: str) -> None:
    answered(client, visit)
    text = client.get(f"{visit}check/").content.decode()
    said = re.findall(r'__key">([^<]+)</dt><dd class="[^"]+">([^<]+)<', text)
    assert said == [
        ("Day of the visit", "1 December 2026"),
        ("There were hazards", "No"),
        ("What was seen", "All well"),
    ]
    first = client.post(f"{visit}check/", hidden(text))
    assert (Task.objects.get().note, Draft.objects.count()) == ("All well; no hazards", 0)
    assert first["Location"] == f"/tasks/{Task.objects.get().pk}/"


def test_sent_again_it_is_answered_as_before(client: Client, visit: str) -> None:
    answered(client, visit)
    carried = hidden(client.get(f"{visit}check/").content.decode())
    first = client.post(f"{visit}check/", carried)
    Task.objects.update(note="Changed since")
    answered(client, visit)
    again = client.post(f"{visit}check/", carried)
    assert (again["Location"], Task.objects.get().note) == (first["Location"], "Changed since")


def test_what_is_missing_is_asked_before_checking(client: Client, visit: str) -> None:
    client.post(f"{visit}step/note/", {"note-words": "All well"})
    assert client.get(f"{visit}check/")["Location"] == visit
    client.post(f"{visit}check/", {})
    assert Task.objects.get().note == ""


def test_what_the_area_refuses_is_told_and_nothing_is_lost(client: Client, visit: str) -> None:
    client.post(f"{visit}step/when/", {**DAY, "when-hazards": "on"})
    client.post(f"{visit}step/hazards/", {"hazards-which": ["stairs", "fire"]})
    client.post(f"{visit}step/note/", {"note-words": "All well"})
    text = client.post(f"{visit}check/", hidden(client.get(f"{visit}check/").content.decode())).content.decode()
    assert "A fire hazard is told by telephone. Call first." in text
    assert "Stairs, Fire" in text
    client.post(f"{visit}step/hazards/?check=1", {"hazards-which": ["stairs"]})
    client.post(f"{visit}check/", hidden(text))
    assert Task.objects.get().note == "All well; stairs"


def test_a_journey_is_on_the_first_page_and_nobody_elses(client: Client, visit: str) -> None:
    client.post(f"{visit}step/note/", {"note-words": "Half", "form-later": "1"})
    (link,) = re.findall('href="([^"]+)">A visit: Task 1<', client.get("/").content.decode())
    assert client.get(link)["Location"] == visit
    other = house().client("business_manager", name="Second")
    assert "A visit: Task 1" not in other.get("/").content.decode()
    assert other.get(link).status_code == 404
    assert "Half" not in other.get(f"{visit}step/note/").content.decode()
    assert other_house().client("business_manager").get(visit).status_code == 404
    assert house().client("social_worker").get(visit).status_code == 404
