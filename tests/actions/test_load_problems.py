"""The page of what is wrong with a file: how many problems there are, how many are shown, and all of them as a file."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from safeboard.foundation.audit.models import TrailEntry
from safeboard.tools.actions import loading
from safeboard.tools.actions.layout import LAYOUT, Titles
from safeboard.tools.actions.load_pages import FIRST_SHOWN
from safeboard.tools.actions.loading import hold
from safeboard.tools.actions.models import ActionLoad
from tests.actions.making import manager
from tests.actions.sheets import row, workbook
from tests.house.synthetic import House, confirmed, house, other_house

pytestmark = pytest.mark.django_db
TAKEN = {"label": "official", "reason": "To mend the file by", "form": "csv", "sure": "on"}
FORMULA = "=SUM(1)"


def wrong_rows(count: int) -> bytes:
    """So many rows, each with one cell that is wrong: a formula, written as text, where a word of a list belongs."""
    made = io.StringIO()
    lines = csv.DictWriter(made, LAYOUT.titles)
    lines.writeheader()
    lines.writerows({**row(ACTION=f"Action {number}"), Titles.RISK: f"'{FORMULA}"} for number in range(count))
    return made.getvalue().encode()


def a_load(here: House, count: int, role: str = "business_manager") -> ActionLoad:
    return hold(content=wrong_rows(count), name="actions.csv", by=here.viewer(role))


def address(load: ActionLoad, name: str = "load-problems-export") -> str:
    return reverse(f"actions:{name}", args=[load.pk])


def said(client: Client, load: ActionLoad) -> list[str]:
    """What the page of a load says above its table, and whether all is offered as a file."""
    page = client.get(address(load, "load")).content.decode()
    above = page.partition("<h1")[2].partition("<table")[0]
    return [" ".join(re.sub("<[^>]*>", "", each).split()) for each in re.findall(r">(.*?)</(?:h1|p)>", above, re.S)]


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_more_problems_than_are_shown_are_counted_and_all_are_in_the_file() -> None:
    here = house()
    load, client = a_load(here, FIRST_SHOWN + 1), confirmed(here.client("business_manager"))
    page = client.get(address(load, "load")).content.decode()
    assert said(client, load) == [
        "501 problems in the file",
        "Of 501 rows none is loaded. Mend these in the file, then give it again.",
        "The first 500 of 501 problems are shown here.",
        "All of them as a file",
    ]
    assert page.count("It is not in the list.") == FIRST_SHOWN
    rows = rows_of(client.post(address(load), TAKEN))
    remedy = "Choose one of: Low, Medium, High."
    assert [each[:5] for each in rows] == [
        [str(line), Titles.RISK, "It is not in the list.", f"'{FORMULA}", remedy] for line in range(2, FIRST_SHOWN + 3)
    ]


def test_few_problems_are_all_shown_and_are_a_file_too_whose_formulas_are_text() -> None:
    here = house()
    load, client = a_load(here, 2), here.client("business_manager")
    assert said(client, load) == [
        "2 problems in the file",
        "Of 2 rows none is loaded. Mend these in the file, then give it again.",
        "All of them as a file",
    ]
    answer = client.post(address(load), {**TAKEN, "form": "xlsx"})
    sheet, about = load_workbook(io.BytesIO(answer.content)).worksheets
    heads, *rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert heads == ["Row", "Column", "What is wrong", "Found", "What to do"]
    assert [line[3] for line in rows] == [FORMULA, FORMULA]
    assert (sheet["D2"].data_type, sheet["D2"].quotePrefix) == ("s", True)
    marked = {line[0].value: line[1].value for line in about.iter_rows()}
    assert (marked["Label"], marked["What it holds"], marked["Rows"], marked["Reason"]) == (
        "Official: for those who work with the board",
        "Problems in a file of actions",
        2,
        "To mend the file by",
    )


def test_that_it_was_taken_is_noted_and_without_label_and_reason_it_is_not_given() -> None:
    here = house()
    load, client = a_load(here, 2), here.client("business_manager")
    for missing in ("label", "reason", "sure"):
        answer = client.post(address(load), {name: value for name, value in TAKEN.items() if name != missing})
        assert "There is a problem" in answer.content.decode()
    taken = TrailEntry.objects.filter(did="exported")
    assert taken.count() == 0
    assert client.post(address(load), TAKEN).status_code == 200
    entry = taken.get()
    assert (entry.kind, entry.object_id, entry.details) == (
        "action load",
        str(load.pk),
        {"count": 2, "label": "official", "reason": "To mend the file by", "form": "csv"},
    )


def test_it_is_for_whoever_gave_the_file_and_for_those_who_may_export_the_register() -> None:
    here = house()
    own, of_another = a_load(here, 1, "panel_manager"), a_load(here, 1)
    offered = {
        (role, name): (
            here.client(role).get(address(load)).status_code,
            "All of them as a file" in said(here.client(role), load),
        )
        for role in ("panel_manager", "business_manager", "analyst")
        for name, load in (("panel manager's", own), ("business manager's", of_another))
    }
    assert offered == {
        ("panel_manager", "panel manager's"): (200, True),
        ("panel_manager", "business manager's"): (404, False),
        ("business_manager", "panel manager's"): (200, True),
        ("business_manager", "business manager's"): (200, True),
        ("analyst", "panel manager's"): (404, False),
        ("analyst", "business manager's"): (404, False),
    }
    for client in (Client(), other_house().client("business_manager"), here.client("social_worker")):
        assert [client.get(address(own)).status_code != 200, client.post(address(own), TAKEN).status_code] == [
            True,
            404,
        ]
    assert TrailEntry.objects.filter(did="exported").count() == 0


def test_a_file_that_is_right_has_no_such_page() -> None:
    here = house()
    load = hold(content=workbook(row()), name="actions.xlsx", by=manager(here))
    client = here.client("business_manager")
    assert (load.problems, client.get(address(load)).status_code) == ([], 404)
    assert said(client, load)[0] == "1 action to load"


def test_beyond_what_is_kept_their_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MOST_KEPT", 2)
    here = house()
    load, client = a_load(here, 3), here.client("business_manager")
    assert (load.problems_in_all, len(load.problems)) == (3, 2)
    assert said(client, load) == [
        "3 problems in the file",
        "Of 3 rows none is loaded. Mend these in the file, then give it again.",
        "The first 2 of 3 problems are shown here. "
        "The first 2 are kept: mend those, and the rest is told when you give the file again.",
        "The first 2 as a file",
    ]
    assert len(rows_of(client.post(address(load), TAKEN))) == 2
