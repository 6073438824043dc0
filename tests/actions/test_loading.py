"""Excel in and out: problems in words by row and column, all or nothing, undone whole, and what goes out comes in."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.spreadsheets.sheets import LARGEST_INSIDE, MOST_ROWS
from safeboard.tools.actions.codes import Priority, Risk, SourceKind
from safeboard.tools.actions.layout import LAYOUT, Titles
from safeboard.tools.actions.loading import hold, load, undo
from safeboard.tools.actions.models import ActionItem, ActionLoad, DueDateChange, Recommendation, Source, Theme
from safeboard.tools.actions.services import Agreed, add_action, add_theme, move_due_date, note_progress
from tests.actions.making import a_source, an_action, manager
from tests.actions.sheets import read_back, row, workbook
from tests.house.synthetic import House, house, other_house
from tests.house.workbooks import BEYOND, unzipped, with_a_cell, zipped

pytestmark = pytest.mark.django_db


def problems(here: House, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    held = hold(content=workbook(*rows), name="actions.xlsx", by=manager(here))
    return [(each["line"], each["column"], each["message"]) for each in held.problems]


def refused(content: bytes, name: str = "actions.xlsx") -> str:
    with pytest.raises(BadInput) as wrong:
        hold(content=content, name=name, by=manager(house()))
    assert {problem.element for problem in wrong.value.problems} == {"file"}
    return " ".join(problem.message for problem in wrong.value.problems)


# What is wrong


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"KIND": ""}, Titles.KIND, "It is empty."),
        ({"KIND": "Gossip"}, Titles.KIND, "It is not in the list."),
        ({"SOURCE": ""}, Titles.SOURCE, "It is empty."),
        (
            {"SOURCE": "A source you may not open"},
            Titles.SOURCE,
            "This stands in exports for a title that the reader may not see.",
        ),
        ({"DATED": "yesterday"}, Titles.DATED, "It is not a day."),
        ({"DATED": "31/02/2026"}, Titles.DATED, "It is not a day."),
        ({"ACTION": ""}, Titles.ACTION, "It is empty."),
        ({"ACTION": "x" * 201}, Titles.ACTION, "It is longer than 200 characters."),
        ({"DETAILS": "x" * 10_001}, Titles.DETAILS, "It is longer than 10,000 characters."),
        ({"AGENCY": ""}, Titles.AGENCY, "It is empty."),
        ({"AGENCY": "Neighbour City police"}, Titles.AGENCY, "No agency of the area has this name."),
        (
            {"CONTRIBUTING": "Reference City health; Nobody"},
            Titles.CONTRIBUTING,
            "No agency of the area has this name.",
        ),
        ({"CONTRIBUTING": "reference city POLICE"}, Titles.CONTRIBUTING, "The lead agency is among them."),
        ({"OWNER": "nobody@nowhere.example"}, Titles.OWNER, "Nobody to whom you may give actions has it."),
        ({"FIRST_DUE": ""}, Titles.FIRST_DUE, "It is empty."),
        (
            {"FIRST_DUE": "01/12/2099"},
            Titles.FIRST_DUE,
            "Working days are known from 1 January 1999 to 31 December 2030 only.",
        ),
        ({"DUE": "02/12/2026"}, Titles.MOVED, "The two due dates differ and no reason is given."),
        ({"RISK": "Extreme"}, Titles.RISK, "It is not in the list."),
        ({"LEVEL": "Sealed"}, Titles.LEVEL, "You may not add what is so sensitive."),
        ({"SOURCE_LEVEL": "Sealed"}, Titles.SOURCE_LEVEL, "You may not add what is so sensitive."),
        ({"THEMES": "Nothing we know"}, Titles.THEMES, "There is no such theme."),
        ({"REC_NUMBER": "1"}, Titles.REC_WORDS, "It is empty."),
        ({"REC_WORDS": "Brief all"}, Titles.REC_NUMBER, "It is empty."),
        ({"REC_NUMBER": "-1", "REC_WORDS": "x"}, Titles.REC_NUMBER, "It is not a number from 1 to 9999."),
        ({"ACTION": "=1+1"}, "column G", "It is a formula."),
    ],
)
def test_each_problem_is_named_by_row_and_column(changes: dict[str, str], column: str, message: str) -> None:
    here = house()
    other_house()
    found = problems(here, row(ACTION="Fine"), row(**changes))
    assert (3, column, message) in found
    assert {line for line, _, _ in found} == {3}


def test_all_problems_of_a_file_are_told_at_once() -> None:
    found = problems(house(), row(KIND="", AGENCY="x"), row(FIRST_DUE="x", RISK="x"))
    assert [(line, column) for line, column, _ in found] == [
        (2, Titles.AGENCY),
        (2, Titles.KIND),
        (3, Titles.FIRST_DUE),
        (3, Titles.RISK),
    ]


def test_rows_that_contradict_each_other_are_told() -> None:
    here = house()
    first = row(REC_NUMBER=1, REC_WORDS="Brief all")
    assert problems(here, row(), row()) == [(3, Titles.ACTION, "It is the same as row 2.")]
    other_words = row(ACTION="Another", REC_NUMBER=1, REC_WORDS="Brief some")
    assert problems(here, first, other_words) == [
        (3, Titles.REC_WORDS, "An earlier row has other words for this number.")
    ]
    other_level = row(ACTION="Another", SOURCE_LEVEL="Sensitive")
    assert problems(here, row(), other_level) == [(3, Titles.SOURCE_LEVEL, "An earlier row has another.")]


def test_what_is_in_the_register_already_is_told() -> None:
    here = house()
    held = hold(content=workbook(row(REC_NUMBER=1, REC_WORDS="Brief all")), name="a.xlsx", by=manager(here))
    load(held=held, by=manager(here))
    assert problems(here, row()) == [(2, Titles.ACTION, "It is in the register already, under number 1.")]
    other = row(ACTION="Another", REC_NUMBER=1, REC_WORDS="Brief none")
    assert problems(here, other) == [(2, Titles.REC_WORDS, "The register has other words for this number.")]


# Files that are not taken


def test_files_that_are_not_taken() -> None:
    good = workbook(row())
    parts = unzipped(good)
    entity = b'<!DOCTYPE x [<!ENTITY y "z">]>' + parts["xl/workbook.xml"]
    assert "Only .xlsx and .csv" in refused(good, "actions.xls")
    assert "Only .xlsx and .csv" in refused(good, "actions.xlsm")
    assert "larger than 5 MB" in refused(b"0" * (5 * 1024 * 1024 + 1))
    assert "damaged" in refused(b"PK\x03\x04 torn")
    assert "damaged" in refused(good[:500])
    assert "not an Excel workbook" in refused(zipped(**{"word/document.xml": b""}))
    assert "program" in refused(zipped(**parts, **{"xl/vbaProject.bin": b"x"}))
    assert "unpacks to far more" in refused(zipped(**parts, bomb=b"0" * (LARGEST_INSIDE + 1)))
    assert "unpacks to far more" in refused(zipped(**parts, **{f"x{number}": b"" for number in range(600)}))
    assert "not as Excel writes" in refused(zipped(**{**parts, "xl/workbook.xml": entity}))
    assert "damaged" in refused(zipped(**{**parts, "xl/worksheets/sheet1.xml": b"<worksheet><"}))
    assert "no row under the header" in refused(workbook())
    assert "more than 1,000 rows" in refused(workbook(*[row(ACTION=str(number)) for number in range(MOST_ROWS + 1)]))
    assert "not known: 'Colour'" in refused(workbook(row(), titles=[*LAYOUT.titles, "Colour"]))
    assert "missing: 'First due'" in refused(workbook(row(), titles=LAYOUT.titles[:12]))
    assert "twice: 'Source'" in refused(workbook(row(), titles=[*LAYOUT.titles, "source"]))
    assert "not in UTF-8" in refused("Ł".encode("utf-16"), "a.csv")
    assert "no text has" in refused(b"a\0b", "a.csv")
    assert "quotation mark" in refused(b'"open', "a.csv")


def test_a_cell_far_away_costs_no_memory_and_is_told() -> None:
    held = hold(content=with_a_cell(workbook(row()), "CV900000"), name="a.xlsx", by=manager(house()))
    assert {"There is a cell without a column title."} <= {each["message"] for each in held.problems}


def test_a_row_beyond_the_last_of_any_worksheet_is_refused_and_not_counted_to() -> None:
    assert refused(with_a_cell(workbook(row()), BEYOND)) == "This workbook cannot be read: it is damaged."


def test_csv_is_taken_and_what_a_spreadsheet_would_run_is_not() -> None:
    here = house()
    head = ",".join(LAYOUT.titles)
    good = {**dict.fromkeys(LAYOUT.titles, ""), **row(ACTION="'=Not a formula")}
    for action, expected in (("'=Not a formula", []), ("=HYPERLINK(1)", ["It begins as a formula does."])):
        line = ",".join(str({**good, Titles.ACTION: action}[title]) for title in LAYOUT.titles)
        held = hold(content=f"\ufeff{head}\r\n{line}\r\n".encode(), name="a.CSV", by=manager(here))
        assert [each["message"] for each in held.problems] == expected
    assert ActionLoad.objects.first().rows[0]["cells"][Titles.ACTION] != ""  # type: ignore[union-attr]


# All or nothing, and back


def test_a_load_is_all_or_nothing_and_undone_whole() -> None:
    here = house()
    by = manager(here)
    add_theme(name="Thresholds", by=by)
    owner = here.user("board_member", "police")
    rows = [
        row(
            REC_NUMBER=2,
            REC_WORDS="Brief all",
            DUE="15/01/2027",
            MOVED="Illness",
            THEMES="thresholds",
            OWNER=owner.email,
        ),
        row(ACTION="Second", CONTRIBUTING="Reference City health", RISK="High", PRIORITY="low", LEVEL="Sensitive"),
    ]
    held = hold(content=workbook(*rows), name="a.xlsx", by=by)
    assert (held.problems, ActionItem.objects.count(), Source.objects.count()) == ([], 0, 0)
    made = load(held=held, by=by)
    first, second = made
    assert (first.title, first.owner, first.first_due_on, first.due_on) == (
        "Brief the sergeants",
        owner,
        date(2026, 12, 1),
        date(2027, 1, 15),
    )
    assert (DueDateChange.objects.get().reason, first.recommendation.number) == ("Illness", 2)  # type: ignore[union-attr]
    assert (second.risk, second.priority, second.sensitivity) == (Risk.HIGH, Priority.LOW, Sensitivity.SENSITIVE)
    assert [each.name for each in second.contributing.all()] == ["Reference City health"]
    with pytest.raises(BadInput), transaction.atomic():
        load(held=held, by=by)
    assert undo(held=held, by=by) == 2
    left = [model.objects.count() for model in (ActionItem, Source, Recommendation, DueDateChange, Theme)]
    assert left == [0, 0, 0, 0, 1]
    with pytest.raises(BadInput), transaction.atomic():
        undo(held=held, by=by)


def test_nothing_is_loaded_where_the_house_has_changed_meanwhile() -> None:
    here = house()
    by = manager(here)
    held = hold(content=workbook(row(), row(ACTION="Second", AGENCY="Reference City health")), name="a.xlsx", by=by)
    here.agencies["health"].name = "Renamed"
    here.agencies["health"].save()
    with pytest.raises(BadInput) as wrong, transaction.atomic():
        load(held=held, by=by)
    assert [(problem.line, problem.element) for problem in wrong.value.problems] == [(3, Titles.AGENCY)]
    assert (ActionItem.objects.count(), Source.objects.count()) == (0, 0)


def test_a_load_that_has_been_worked_on_is_not_undone() -> None:
    here = house()
    by = manager(here)
    held = hold(content=workbook(row(), row(ACTION="Second")), name="a.xlsx", by=by)
    note_progress(action=load(held=held, by=by)[1], words="Begun", by=by)
    with pytest.raises(BadInput, match="worked on since: 2"), transaction.atomic():
        undo(held=held, by=by)
    assert ActionItem.objects.count() == 2


def test_undoing_leaves_what_others_have_added_to_the_same_source() -> None:
    here = house()
    by = manager(here)
    held = hold(content=workbook(row()), name="a.xlsx", by=by)
    source = load(held=held, by=by)[0].source
    add_action(
        source=source, agreed=Agreed(title="Mine", agency=here.agencies["board"]), due_on=date(2027, 1, 1), by=by
    )
    undo(held=held, by=by)
    assert [each.title for each in Source.objects.get().actions.all()] == ["Mine"]


# Out and in again

LETTERS = st.characters(exclude_categories=["C", "Z"])
WORDS = st.text(LETTERS, min_size=1, max_size=30)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 1))


@st.composite
def agreed_rows(draw: st.DrawFn) -> dict[str, Any]:
    kinds = ["police", "health", "school", "social care"]
    lead, *others = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4, unique=True))
    first = draw(DAYS)
    return {
        "title": draw(WORDS),
        "words": draw(st.just("") | WORDS),
        "success": draw(st.just("") | WORDS),
        "lead": lead,
        "others": others,
        "owned": draw(st.booleans()),
        "first": first,
        "moved": draw(st.none() | st.integers(1, 30)),
        "priority": draw(st.sampled_from(Priority)),
        "risk": draw(st.sampled_from(Risk)),
        "level": draw(st.sampled_from(Sensitivity).filter(lambda level: level <= Sensitivity.SENSITIVE)),
        "themes": draw(st.lists(st.sampled_from(["Neglect", "Thresholds"]), unique=True)),
        "recommended": draw(st.none() | st.integers(1, 3)),
        "kind": draw(st.sampled_from(SourceKind)),
    }


def exported(client: Client, form: str) -> bytes:
    given = {"label": "official", "reason": "A test", "form": form, "sure": "on"}
    answer = client.post("/actions/export/?sort=number", given)
    assert answer.status_code == 200
    return bytes(answer.content)


def defining(content: bytes) -> list[dict[str, Any]]:
    return [{title: each[title] for title in LAYOUT.titles} for each in read_back(content)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(agreed_rows(), min_size=1, max_size=5, unique_by=lambda each: each["title"]),
    form=st.sampled_from(["xlsx", "csv"]),
)
def test_what_goes_out_comes_in_again_the_same(db: None, rows: list[dict[str, Any]], form: str) -> None:
    with transaction.atomic():
        here = house()
        by, client = manager(here), here.client("business_manager")
        themes = {name: add_theme(name=name, by=by) for name in ("Neglect", "Thresholds")}
        for each in rows:
            _add(here, each, themes)
        before = defining(exported(client, "xlsx"))
        out = exported(client, form)
        for model in (DueDateChange, ActionItem, Recommendation, Source):
            model.objects.all().delete()
        held = hold(content=out, name=f"a.{form}", by=by)
        assert held.problems == []
        load(held=held, by=by)
        assert defining(exported(client, "xlsx")) == before
        transaction.set_rollback(True)


def _add(here: House, each: dict[str, Any], themes: dict[str, Theme]) -> None:
    by = manager(here)
    source = Source.objects.get_or_create(
        area=here.area,
        kind=each["kind"],
        title=f"Source {each['kind']}",
        dated_on=date(2026, 1, 5),
        defaults={"agency": here.agencies["board"]},
    )[0]
    recommendation = None
    if each["recommended"]:
        words = {"words": f"Recommended {each['recommended']}"}
        recommendation = source.recommendations.get_or_create(number=each["recommended"], defaults=words)[0]
    agreed = Agreed(
        title=each["title"],
        words=each["words"],
        measure_of_success=each["success"],
        agency=here.agencies[each["lead"]],
        contributing=[here.agencies[kind] for kind in each["others"]],
        owner=here.user("board_member", each["lead"]) if each["owned"] else None,
        themes=[themes[name] for name in each["themes"]],
        priority=each["priority"],
        risk=each["risk"],
        sensitivity=each["level"],
    )
    made = add_action(source=source, agreed=agreed, due_on=each["first"], recommendation=recommendation, by=by)
    if each["moved"]:
        move_due_date(action=made, to=each["first"] + timedelta(days=each["moved"]), reason="It moved", by=by)


# By the pages


def test_the_whole_way_by_the_pages() -> None:
    here = house()
    client = here.client("business_manager")
    empty = client.get("/actions/loads/template/").content
    assert list(read_back(empty)) == []
    bad = client.post("/actions/loads/", {"file": SimpleUploadedFile("a.xlsx", workbook(row(KIND="Gossip")))})
    text = client.get(bad["Location"]).content.decode()
    assert ("1 problem in the file" in text, "It is not in the list." in text, "Gossip" in text) == (True, True, True)
    good = client.post("/actions/loads/", {"file": SimpleUploadedFile("a.xlsx", workbook(row()))})["Location"]
    assert "1 action to load" in client.get(good).content.decode()
    for _ in range(2):  # posted twice
        client.post(f"{good}load/")
    assert ActionItem.objects.count() == 1
    assert "Brief the sergeants" in client.get(good).content.decode()
    client.post(f"{good}undo/")
    assert ActionItem.objects.count() == 0
    refusal = client.post("/actions/loads/", {"file": SimpleUploadedFile("a.exe", b"MZ")}).content.decode()
    assert "Only .xlsx and .csv files are read." in refusal
    nothing = client.post("/actions/loads/", {}).content.decode()
    said = ("There is a problem", "Check the file", "/actions/loads/template/")  # the way on stands there still
    assert [words for words in said if words not in nothing] == []


def test_a_load_is_its_makers_and_the_managers() -> None:
    here = house()
    held = hold(
        content=workbook(row(AGENCY="Reference City health")), name="a.xlsx", by=here.viewer("designated_professional")
    )
    address = f"/actions/loads/{held.pk}/"
    seen = {
        each: here.client(*each).get(address).status_code
        for each in (
            ("designated_professional", "health"),
            ("business_manager", "board"),
            ("conference_administrator", "social care"),
            ("chair", "board"),
        )
    }
    assert list(seen.values()) == [200, 200, 404, 404]
    assert other_house().client("business_manager").post(f"{address}load/").status_code == 404


def test_an_agency_loads_its_own_actions_only() -> None:
    here = house()
    by = here.viewer("designated_professional")
    found = hold(content=workbook(row()), name="a.xlsx", by=by)
    assert [each["column"] for each in found.problems] == [Titles.AGENCY]
    a_source(here)
    an_action(here)
