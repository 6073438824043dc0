"""Forms: nothing typed is lost, nothing done twice, nobody's change overwritten unseen, wrong input in plain words."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.forms import Select
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.test import Client, SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from safeboard.foundation.pages.fields import DayField
from safeboard.foundation.pages.models import PostedForm
from tests.house.synthetic import house
from tests.pages.tasks import tasks
from tests.pages.trial.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]
GIVEN = {"title": "Ask the school", "stage": "open", "due_on_day": "3", "due_on_month": "mar", "due_on_year": "2027"}


def hidden(text: str) -> dict[str, str]:
    """What a form carries besides what is typed."""
    found = re.findall(r'<input type="hidden" name="(form-[a-z]+)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}


def opened(client: Client, address: str) -> dict[str, str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return hidden(answer.content.decode())


def problems(text: str) -> list[str]:
    return [html.unescape(" ".join(each.split())) for each in re.findall(r"Error:</span>([^<]*)</p>", text)]


def test_a_good_form_is_saved_and_leads_on() -> None:
    client = house().client("business_manager")
    answer = client.post("/tasks/add/", {**opened(client, "/tasks/add/"), **GIVEN})
    task = Task.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/tasks/{task.pk}/")
    assert (task.title, task.due_on) == ("Ask the school", date(2027, 3, 3))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, ["Enter this. It cannot be empty."]),
        ({"title": "a\0b"}, ["This holds a NUL character, which cannot be stored. Type it again."]),
        ({"title": "x" * 101}, ["This has 101 characters. Shorten it to at most 100."]),
        ({"stage": ""}, ["Choose one."]),
        ({"stage": "\0"}, ["This is not one of those listed. Choose again."]),
        ({"due_on_day": ""}, ["Enter the day as well."]),
        ({"due_on_day": "31"}, ["Ok"]),
        ({"due_on_day": "31", "due_on_month": "2"}, ["There is no such day."]),
        ({"due_on_year": "27"}, ["Enter the year with four figures, for example 2026."]),
        ({"due_on_year": "\0"}, ["There is no such day."]),
        ({"cost": "-1"}, ["Enter 0 or more."]),
        ({"cost": "many"}, ["Enter a number in figures, for example 12."]),
        ({"cost": "2000"}, ["The cost is above a thousand pounds. Ask the board first."]),
    ],
)
def test_wrong_input_is_told_in_plain_words_and_kept(typed: dict[str, str], said: list[str]) -> None:
    client = house().client("business_manager")
    answer = client.post("/tasks/add/", {**GIVEN, "note": "Typed with care", **typed})
    if said == ["Ok"]:
        assert answer.status_code == 302
        return
    text = answer.content.decode()
    assert [told[: len(each)] for told, each in zip(problems(text), said, strict=True)] == said
    assert "Typed with care" in text
    assert Task.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["Ó Súilleabháin", "محمد", "李雷", "<script>alert(1)</script>", "=1+1", "'; DROP TABLE"]
)
def test_any_alphabet_and_script_is_text(text: str) -> None:
    client = house().client("business_manager")
    answer = client.post("/tasks/add/", {**GIVEN, "title": text}, follow=True)
    assert Task.objects.get().title == text
    assert f'">{html.escape(text)}</h1>' in re.sub(r"\s+", " ", answer.content.decode())


def test_a_form_sent_twice_is_done_once() -> None:
    client = house().client("business_manager")
    carried = opened(client, "/tasks/add/")
    first = client.post("/tasks/add/", {**carried, **GIVEN})
    again = client.post("/tasks/add/", {**carried, **GIVEN}, follow=True)
    assert Task.objects.count() == 1
    assert again.redirect_chain == [(first["Location"], 302)]
    assert "This form was sent already" in again.content.decode()
    client.post("/tasks/add/", {**opened(client, "/tasks/add/"), **GIVEN})
    assert Task.objects.count() == 2


def test_a_form_refused_is_not_taken_for_sent() -> None:
    client = house().client("business_manager")
    carried = opened(client, "/tasks/add/")
    refused = client.post("/tasks/add/", {**carried, **GIVEN, "cost": "2000"})
    assert hidden(refused.content.decode())["form-once"] == carried["form-once"]
    assert PostedForm.objects.count() == 0
    client.post("/tasks/add/", {**carried, **GIVEN})
    assert Task.objects.count() == 1


def test_anothers_token_does_nothing() -> None:
    client, other = house().client("business_manager"), house().client("business_manager", name="Second")
    carried = opened(client, "/tasks/add/")
    client.post("/tasks/add/", {**carried, **GIVEN})
    other.post("/tasks/add/", {**carried, **GIVEN, "title": "Another"})
    assert sorted(Task.objects.values_list("title", flat=True)) == ["Another", "Ask the school"]


class TestTwoPeople:
    """One record, opened by two people."""

    def start(self) -> tuple[Task, Client, dict[str, Any]]:
        task = tasks(house(), 1, note="Before")[0]
        client = house().client("business_manager")
        typed = {"title": task.title, "stage": task.stage, "cost": "1", "note": "Before"}
        day = {"due_on_day": "1", "due_on_month": "12", "due_on_year": "2026"}
        return task, client, {**opened(client, f"/tasks/{task.pk}/change/"), **typed, **day}

    def test_where_nobody_else_was_there_it_is_saved(self) -> None:
        task, client, typed = self.start()
        assert client.post(f"/tasks/{task.pk}/change/", {**typed, "note": "Mine"}).status_code == 302
        assert Task.objects.get().note == "Mine"

    def test_the_second_is_shown_the_difference_and_nothing_is_overwritten(self) -> None:
        task, client, typed = self.start()
        Task.objects.update(note="Theirs", stage="done", due_on=date(2027, 1, 2))
        text = client.post(f"/tasks/{task.pk}/change/", {**typed, "note": "Mine"}).content.decode()
        told = re.findall(
            r"legend--s\">(\w+)<.*?lines\">(.*?)</span>.*?lines\">(.*?)</s.*?lines\">(.*?)</s", text, re.S
        )
        assert told == [
            ("Stage", "Overdue", "Done", "Overdue"),
            ("Due", "1 December 2026", "2 January 2027", "1 December 2026"),
            ("Note", "Before", "Theirs", "Mine"),
        ]
        assert Task.objects.get().note == "Theirs"

    @pytest.mark.parametrize(("take", "note"), [("theirs", "Theirs"), ("mine", "Mine")])
    def test_either_may_be_taken(self, take: str, note: str) -> None:
        task, client, typed = self.start()
        Task.objects.update(note="Theirs", due_on=date(2027, 1, 2))
        typed["note"] = "Mine"
        shown = client.post(f"/tasks/{task.pk}/change/", typed).content.decode()
        chosen = {**typed, **hidden(shown), "take-note": take, "take-due_on": "theirs"}
        assert client.post(f"/tasks/{task.pk}/change/", chosen).status_code == 302
        assert (Task.objects.get().note, Task.objects.get().due_on) == (note, date(2027, 1, 2))

    def test_a_third_change_is_shown_again(self) -> None:
        task, client, typed = self.start()
        Task.objects.update(note="Theirs")
        typed["note"] = "Mine"
        shown = client.post(f"/tasks/{task.pk}/change/", typed).content.decode()
        Task.objects.update(note="A third")
        chosen = {**typed, **hidden(shown), "take-note": "mine"}
        text = client.post(f"/tasks/{task.pk}/change/", chosen).content.decode()
        assert "A third" in text
        assert Task.objects.get().note == "A third"

    def test_a_change_that_both_made_alike_is_no_difference(self) -> None:
        task, client, typed = self.start()
        Task.objects.update(note="The same")
        assert client.post(f"/tasks/{task.pk}/change/", {**typed, "note": "The same"}).status_code == 302


class TestDays(TestCase):
    """A day of three parts."""

    @given(st.dates())
    @settings(max_examples=50)
    def test_every_day_is_read_as_it_is_shown(self, day: date) -> None:
        if day.year >= 1000:
            assert DayField().clean(DayField.widget().decompress(day)) == day


def test_a_list_of_choices_is_written_as_the_framework_writes_it() -> None:
    groups = [("", "None <yet>"), ("A & B", [(1, "Ann"), (2, 'Bo "B"')]), (3, "Cy")]
    for chosen in ("", "2", "3", "9"):
        ours, theirs = (
            Select(attrs={"id": "who"}, choices=groups).render("who", chosen, renderer=renderer)
            for renderer in (TemplatesSetting(), DjangoTemplates())
        )
        SimpleTestCase().assertHTMLEqual(ours, theirs)
