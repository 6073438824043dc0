"""Exports: what may be exported, of the list as asked for, typed, labelled, noted, and never a formula."""

import csv
import io
import time
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.pages.exports import BIG
from tests.house.synthetic import confirmed, house, other_house
from tests.pages.tasks import tasks
from tests.pages.trial.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]
GIVEN = {"label": "official", "reason": "For the board's meeting", "form": "xlsx", "sure": "on"}


def taken(client: Client, query: str = "", **given: str) -> Any:
    answer = client.post(f"/tasks/export/?{query}", {**GIVEN, **given})
    assert answer.status_code == 200
    return answer


def test_the_workbook_has_one_row_of_headings_and_typed_cells() -> None:
    tasks(house(), 2, note="=1+1")
    tasks(other_house(), 1)
    answer = taken(house().client("business_manager"))
    sheet = load_workbook(io.BytesIO(answer.content))["Tasks"]
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert heads == ["Title", "Owner", "Agency", "Stage", "Due", "Cost", "Note"]
    who = ["Synthetic Business manager", "Reference City board"]
    assert rows == [
        ["Task 1", *who, "Overdue", datetime(2026, 12, 1), 1, "=1+1"],  # noqa: DTZ001 - a cell has no zone
        ["Task 2", *who, "Done", datetime(2026, 12, 2), 2, "=1+1"],  # noqa: DTZ001
    ]
    assert (sheet["G2"].data_type, sheet["G2"].quotePrefix, sheet["E2"].is_date) == ("s", True, True)


def test_the_file_says_whose_it_is_and_its_name_says_nothing() -> None:
    tasks(house(), 1)
    answer = taken(house().client("business_manager"), "stage=late")
    about = load_workbook(io.BytesIO(answer.content))["About this file"]
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert said.pop("Taken on")
    assert said == {
        "Label": "Official: for those who work with the board",
        "What it holds": "Tasks",
        "Narrowed by": "Stage: Overdue",
        "Rows": 1,
        "Taken by": "Synthetic Business manager, Business manager, Reference City board",
        "Reason": "For the board's meeting",
    }
    name = answer["Content-Disposition"]
    assert name.startswith(f'attachment; filename="tasks-{date.today():%Y}')  # noqa: DTZ011 - the year of the answer
    assert "Synthetic" not in name


def test_csv_cannot_be_run_by_a_spreadsheet() -> None:
    texts = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain")
    for text in texts:
        tasks(house(), 1, note=text)
    answer = taken(house().client("business_manager"), form="csv")
    heads, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heads[-4:] == ["Note", "Label", "Taken by", "Taken on"]
    assert [row[6] for row in rows] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "plain"]
    assert {row[7] for row in rows} == {"Official: for those who work with the board"}


def test_it_is_noted_with_count_filter_label_and_reason() -> None:
    tasks(house(), 3)
    taken(house().client("business_manager"), "stage=done")
    entry = TrailEntry.objects.get(did="exported")
    assert (entry.kind, entry.details) == (
        "task",
        {
            "count": 1,
            "asked": {"stage": ["done"]},
            "label": "official",
            "reason": "For the board's meeting",
            "form": "xlsx",
        },
    )


@pytest.mark.parametrize("wrong", [{"label": ""}, {"reason": ""}, {"sure": ""}, {"reason": "x" * 501}, {"form": "exe"}])
def test_without_label_reason_and_confirmation_there_is_no_file(wrong: dict[str, str]) -> None:
    tasks(house(), 1)
    answer = (
        house().client("business_manager").post("/tasks/export/", {k: v for k, v in {**GIVEN, **wrong}.items() if v})
    )
    assert "There is a problem" in answer.content.decode()
    assert TrailEntry.objects.filter(did="exported").count() == 0


def test_who_may_not_export_finds_no_such_page() -> None:
    tasks(house(), 1)
    for role in ("chair", "board_member", "social_worker"):
        assert house().client(role).get("/tasks/export/").status_code == 404
        assert ">Export<" not in house().client(role).get("/tasks/?all=1").content.decode()


def test_rows_above_the_viewers_sensitivity_are_not_in_the_file() -> None:
    tasks(house(), 2, sensitivity=4)
    tasks(house(), 1, title="Seen")
    answer = taken(house().client("business_manager"), form="csv")
    assert [row[0] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))][1:] == ["Seen"]


def asked_again(answer: Any) -> bool:
    """Whether the second step of signing in is asked for."""
    return answer.status_code == 302 and "/reauthenticate/" in answer["Location"]


def test_a_big_export_is_given_only_to_somebody_who_has_just_shown_who_they_are() -> None:
    here = house()
    tasks(here, BIG + 1)
    client = here.client("business_manager")
    assert asked_again(client.get("/tasks/export/?all=1"))
    answer = client.post("/tasks/export/?all=1", {**GIVEN, "form": "csv"})
    assert (asked_again(answer), TrailEntry.objects.filter(did="exported").count()) == (True, 0)
    file = taken(confirmed(client), "all=1", form="csv")
    assert len(rows_of(file)) == BIG + 1
    entry = TrailEntry.objects.get(did="exported")
    assert entry.details["count"] == BIG + 1


def test_having_shown_it_is_good_for_five_minutes() -> None:
    here = house()
    tasks(here, BIG + 1)
    client = confirmed(here.client("business_manager"))
    session = client.session
    (shown,) = session["account_authentication_methods"]
    for ago, asked in ((299, False), (301, True)):
        session["account_authentication_methods"] = [{**shown, "at": time.time() - ago}]
        session.save()
        assert asked_again(client.post("/tasks/export/?all=1", {**GIVEN, "form": "csv"})) is asked


def test_a_small_one_and_a_big_one_narrowed_are_given_without_it() -> None:
    here = house()
    tasks(here, BIG)
    client = here.client("business_manager")
    assert len(rows_of(taken(client, "all=1", form="csv"))) == BIG
    tasks(here, 2, stage="late")
    assert asked_again(client.post("/tasks/export/?all=1", {**GIVEN, "form": "csv"}))
    late = Task.objects.filter(stage="late").count()
    assert len(rows_of(taken(client, "stage=late", form="csv"))) == late


def rows_of(answer: Any) -> list[list[str]]:
    """The rows of a file below its headings."""
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    heads = next(place for place, row in enumerate(lines) if "Title" in row)
    return lines[heads + 1 :]
