"""A field more sensitive than its record is in no list, order, filter, export or history of those below its level."""

import csv
import io

import pytest

from safeboard.foundation.access.policy import hidden_fields, hidden_in_lists
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import note
from tests.house.synthetic import house
from tests.pages.tasks import tasks
from tests.pages.trial.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]
GIVEN = {"label": "official", "reason": "For the board's meeting", "form": "csv", "sure": "on"}


def hidden_from(viewer: Viewer, task: Task) -> tuple[frozenset[str], frozenset[str]]:
    return hidden_fields(viewer, Action.OPEN, task), hidden_in_lists(viewer, Action.FIND, Task)


def test_the_policy_says_which_fields_somebody_may_not_see() -> None:
    here = house()
    task = tasks(here, 1)[0]
    assert hidden_from(here.viewer("business_manager"), task) == (frozenset(), frozenset())
    assert hidden_from(here.viewer("chair"), task) == (frozenset({"cost"}), frozenset({"cost"}))
    everything = frozenset(field.name for field in Task._meta.fields)
    assert hidden_in_lists(here.viewer("system_administrator"), Action.FIND, Task) == everything
    assert hidden_in_lists(None, Action.FIND, Task) == everything


def test_it_is_neither_shown_nor_sorted_by() -> None:
    here = house()
    first, second = tasks(here, 2)
    Task.objects.filter(pk=first.pk).update(cost=977)
    seen = here.client("business_manager").get("/tasks/?sort=cost").content.decode()
    assert ("977" in seen, "Cost" in seen, seen.index("Task 2") < seen.index("Task 1")) == (True, True, True)
    unseen = here.client("chair").get("/tasks/?sort=cost").content.decode()
    assert ("977" in unseen, "Cost" in unseen, unseen.index("Task 1") < unseen.index("Task 2")) == (False, False, True)
    assert second.pk


def test_it_is_not_exported() -> None:
    here = house()
    tasks(here, 1)
    heads = {}
    for role in ("business_manager", "analyst"):
        text = here.client(role).post("/tasks/export/?all=1", GIVEN).content.decode("utf-8-sig")
        heads[role] = next(row for row in csv.reader(io.StringIO(text)) if "Title" in row)
    assert set(heads["business_manager"]) - set(heads["analyst"]) == {"Cost"}


def test_it_is_not_in_the_history() -> None:
    here = house()
    task = tasks(here, 1)[0]
    changes = {"cost": [1, 977], "note": ["", "Agreed"]}
    note(Did.CHANGED, Task._meta.db_table, task.pk, changes)
    told = {
        role: here.client(role).get(f"/tasks/{task.pk}/").content.decode().partition('id="history"')[2]
        for role in ("business_manager", "chair")
    }
    assert {role: ("977" in text, "Agreed" in text) for role, text in told.items()} == {
        "business_manager": (True, True),
        "chair": (False, True),
    }
