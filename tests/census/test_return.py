"""Rules about the whole return, about several children, and about the years: each return a file of its own."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from safeboard.figures.census.check import check_census
from safeboard.figures.census.findings import CheckResult, Status
from tests.census.cases_pre_proceedings import CASES, CLOSED_2026, WHOLE
from tests.census.returns import (
    CLOSED_CASE,
    DISABILITIES,
    NO_ACTION,
    OPEN_CASE,
    Changes,
    background,
    child,
    header,
    message,
    upn,
    write,
)

RETURN_LEVEL = ("100", "2883", "2886Q", "2887Q", "2888Q", "8995Q")
SEVERAL_CHILDREN = ("1520", "8510")

PLAN_ONLY = {"CINdetails/Section47": None, "CINdetails/Assessments": None, "CINdetails/CINPlanDates": None}


def found(
    tmp_path: Path, children: Sequence[Xml.Element], said: Changes | None = None
) -> list[tuple[str, str, object]]:
    """(code, child, fields) of everything found in a return of those children, with that said in its header."""
    result = checked(tmp_path, children, said)
    return [(finding.code, finding.child, finding.flat_fields()) for finding in result.findings]


def checked(tmp_path: Path, children: Sequence[Xml.Element], said: Changes | None = None) -> CheckResult:
    return check_census(write(tmp_path / "return.xml", message(children, [header(said)])))


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"CollectionDetails/ReferenceDate": "2026-03-30"}, {"ReferenceDate": "2026-03-30", "Year": "2026"}),
        ({"CollectionDetails/ReferenceDate": "2025-03-31"}, {"ReferenceDate": "2025-03-31", "Year": "2026"}),
        ({"CollectionDetails/ReferenceDate": None}, {"ReferenceDate": None, "Year": "2026"}),
        ({"CollectionDetails/Year": None}, {"ReferenceDate": "2026-03-31", "Year": None}),
    ],
)
def test_100(tmp_path: Path, said: Changes, fields: dict[str, str | None]) -> None:
    assert found(tmp_path, background(), said) == [("100", "", fields)]


def test_100_leaves_an_unreadable_date_to_the_structure(tmp_path: Path) -> None:
    said = {"CollectionDetails/ReferenceDate": "31/03/2026"}
    assert found(tmp_path, background(), said) == [("S12", "", {"ReferenceDate": "31/03/2026"})]


def test_2883_counts_conferences_of_both_places(tmp_path: Path) -> None:
    one = child("A1", OPEN_CASE, number=1)
    on_the_episode = {**PLAN_ONLY, "CINdetails/DateOfInitialCPC": "2025-04-30"}
    two = child("A2", OPEN_CASE, on_the_episode, number=2)
    three = child("A3", OPEN_CASE, PLAN_ONLY, number=3)
    spare = child("A4", OPEN_CASE, {"CINdetails/ChildProtectionPlans": None}, number=4)
    without = {
        "CPPstartDate": "2025-04-30",
        "CINdetails.DateOfInitialCPC": None,
    }
    told = ("2885", "A3", without)
    counts = ("2883", "", {"plans started": "3", "initial conferences": "2"})
    assert _without_lines(found(tmp_path, [*background(), one, two, three])) == _without_lines([counts, told])
    assert _without_lines(found(tmp_path, [*background(), one, two, three, spare])) == _without_lines([told])


def _without_lines(said: list[tuple[str, str, object]]) -> list[tuple[str, str, object]]:
    return [
        (
            code,
            name,
            {key: text for key, text in fields.items() if not key.endswith(".line")}
            if isinstance(fields, dict)
            else fields,
        )
        for code, name, fields in said
    ]


@pytest.mark.parametrize(
    ("unknown", "others", "breaks"), [(1, 49, False), (1, 48, True), (2, 98, False), (3, 147, False)]
)
def test_2886q_allows_two_in_a_hundred(tmp_path: Path, unknown: int, others: int, breaks: bool) -> None:
    known = [child(f"K{n}", NO_ACTION, number=n) for n in range(1, others - 7)]
    coded = [child(f"U{n}", NO_ACTION, {"ChildIdentifiers/Sex": "U"}, number=500 + n) for n in range(unknown)]
    counts = {"children not known": str(unknown), "children in the return": str(unknown + others)}
    wanted = [("2886Q", "", counts)] if breaks else []
    assert found(tmp_path, [*background(), *known, *coded]) == wanted


def test_2886q_leaves_the_unborn_out(tmp_path: Path) -> None:
    unborn = {
        "ChildIdentifiers/PersonBirthDate": None,
        "ChildIdentifiers/ExpectedPersonBirthDate": "2026-03-05",
        "ChildIdentifiers/Sex": "U",
    }
    assert found(tmp_path, [*background(), *(child(f"U{n}", NO_ACTION, unborn, number=n) for n in range(5))]) == []


@pytest.mark.parametrize(("kinds", "breaks"), [(7, True), (8, False)])
def test_2887q_wants_eight_disabilities_beside_none(tmp_path: Path, kinds: int, breaks: bool) -> None:
    field = "ChildCharacteristics/Disabilities/Disability"
    children = [
        child(f"D{n}", CLOSED_CASE, {field: code}, number=n)
        for n, code in enumerate(("NONE", *DISABILITIES[:kinds]), 1)
    ]
    two = {field: "MOB", f"{field}[2]": "HAND"}
    children.append(child("D99", CLOSED_CASE, two, number=99))
    wanted = [("2887Q", "", {"kinds of disability": "7"})] if breaks else []
    assert found(tmp_path, children) == wanted


@pytest.mark.parametrize(("second", "breaks"), [("HAND", False), (None, True)])
def test_2888q_wants_one_child_with_two(tmp_path: Path, second: str | None, breaks: bool) -> None:
    field = "ChildCharacteristics/Disabilities/Disability"
    children = [child(f"D{n}", CLOSED_CASE, {field: code}, number=n) for n, code in enumerate(DISABILITIES, 1)]
    children.append(child("D99", CLOSED_CASE, {field: "MOB", f"{field}[2]": second}, number=99))
    wanted = [("2888Q", "", {"children with more than one disability": "0"})] if breaks else []
    assert found(tmp_path, children) == wanted


def test_an_empty_return_is_checked(tmp_path: Path) -> None:
    assert [code for code, _, _ in found(tmp_path, [])] == ["S06", "2887Q", "2888Q"]


@pytest.mark.parametrize(("code", "path"), [("1520", "UPN"), ("8510", "LAchildID")])
def test_shared_numbers_flag_every_child_with_the_others_beside(tmp_path: Path, code: str, path: str) -> None:
    shared = {"UPN": upn(77), "LAchildID": "A1"}
    own = {"UPN": None, "LAchildID": None} | {path: shared[path]}
    children = [child(f"A{n}", NO_ACTION, {f"ChildIdentifiers/{path}": own[path]}, number=n) for n in (1, 2, 3)]
    result = checked(tmp_path, [*background(), *children])
    assert [(finding.code, len(finding.related)) for finding in result.findings] == [(code, 2)] * 3
    assert [place.line for place in result.findings[0].related] == [finding.line for finding in result.findings[1:]]


def test_children_with_one_identifier_stay_two(tmp_path: Path) -> None:
    """Each has one open episode; put together they would have two."""
    children = [child("A1", OPEN_CASE, number=n) for n in (1, 2)]
    assert [code for code, _, _ in found(tmp_path, [*background(), *children])] == ["8510", "8510"]


NEXT_YEAR = {"CollectionDetails/Year": "2027", "CollectionDetails/ReferenceDate": "2027-03-31"}


def _background_2026() -> list[Xml.Element]:
    field = "ChildCharacteristics/Disabilities/Disability"
    children = [child(f"D{n}", CLOSED_2026, {field: code}, number=n) for n, code in enumerate(DISABILITIES, 900_001)]
    return [*children, child("D99", WHOLE, {field: "MOB", f"{field}[2]": "HAND"}, number=900_099)]


@pytest.mark.parametrize(("true", "false"), [("true", "false"), ("1", "0"), ("TRUE", "FALSE")])
def test_the_draft_of_2026_27(tmp_path: Path, true: str, false: str) -> None:
    children = [child(f"C{n}", case.base, case.changes, number=n) for n, case in enumerate(CASES)]
    root = message([*children, *_background_2026()], [header(NEXT_YEAR)])
    result = check_census(write(tmp_path / "draft.xml", root, true=true, false=false))
    assert result.failed == ()
    codes = {
        f"C{n}": [finding.code for finding in result.findings if finding.child == f"C{n}"] for n in range(len(CASES))
    }
    assert codes == {f"C{n}": list(case.found) for n, case in enumerate(CASES)}
    assert [finding.code for finding in result.findings if not finding.child.startswith("C")] == []


def test_8995q_asks_for_one_record_in_the_return(tmp_path: Path) -> None:
    children = _background_2026()
    block = children[-1].find("CINdetails/PreProceedingsandFGDM")
    episode = children[-1].find("CINdetails")
    assert found(tmp_path, children, NEXT_YEAR) == []
    assert block is not None
    assert episode is not None
    episode.remove(block)
    assert found(tmp_path, children, NEXT_YEAR) == [("8995Q", "", {"pre-proceedings records": "0"})]


def test_pre_proceedings_do_not_apply_before(tmp_path: Path) -> None:
    result = checked(tmp_path, background())
    said = {outcome.code: (outcome.status, outcome.reason) for outcome in result.outcomes}
    assert said["9005"] == (Status.NOT_APPLICABLE, "applies in 2026-27")
    assert said["8905"] == (Status.CLEAR, "")


EARLIER: Changes = {"CollectionDetails/Year": "2024", "CollectionDetails/ReferenceDate": "2024-03-31"}


def _earlier(years: int, changes: Changes) -> Changes:
    moved = {}
    for path, text in changes.items():
        dated = text and text[:3] == "202" and len(text) == 10
        moved[path] = f"{int(text[:4]) - years}{text[4:]}" if dated and text else text
    moved.pop("ChildIdentifiers/Sex")
    return {**moved, "ChildIdentifiers/GenderCurrent": "1"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, []),
        ({"ChildIdentifiers/LAchildID": "A-1"}, []),
        ({"ChildIdentifiers/GenderCurrent": "3"}, ["4180"]),
        ({"ChildIdentifiers/GenderCurrent": None}, ["2886Q", "4180"]),
        ({"ChildIdentifiers/Sex": "M"}, ["S04"]),
        ({"CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors": "18A"}, []),
    ],
)
def test_the_rules_of_2023_24(tmp_path: Path, changes: Changes, code: list[str]) -> None:
    base = _earlier(2, {**CLOSED_CASE, "CINdetails/ReasonForClosure": "RC9"})
    field = "ChildCharacteristics/Disabilities/Disability"
    children = [child(f"D{n}", base, {field: kind}, number=n) for n, kind in enumerate(DISABILITIES, 1)]
    children.append(child("D99", base, {field: "MOB", f"{field}[2]": "HAND"}, number=99))
    assert [
        said for said, _, _ in found(tmp_path, [*children, child("A1", base, changes, number=100)], EARLIER)
    ] == code


@pytest.mark.parametrize(("year", "code"), [("2022", ["8640", "8866"]), ("2023", [])])
def test_codes_added_in_2022_23(tmp_path: Path, year: str, code: list[str]) -> None:
    added = {"CINdetails/ReasonForClosure": "RC9", "CINdetails/ReferralSource": "5D"}
    years = 2026 - int(year)
    base = _earlier(years, CLOSED_CASE)
    field = "ChildCharacteristics/Disabilities/Disability"
    children = [child(f"D{n}", base, {field: kind}, number=n) for n, kind in enumerate(DISABILITIES, 1)]
    children.append(child("D99", base, {field: "MOB", f"{field}[2]": "HAND", **added}, number=99))
    said = {"CollectionDetails/Year": year, "CollectionDetails/ReferenceDate": f"{year}-03-31"}
    assert [found_code for found_code, _, _ in found(tmp_path, children, said)] == code


@pytest.mark.parametrize(("year", "code"), [("2023", ["1530"]), ("2024", [])])
def test_authorities_added_in_2023_24(tmp_path: Path, year: str, code: list[str]) -> None:
    base = _earlier(2026 - int(year), CLOSED_CASE)
    field = "ChildCharacteristics/Disabilities/Disability"
    children = [child(f"D{n}", base, {field: kind}, number=n) for n, kind in enumerate(DISABILITIES, 1)]
    added = {"ChildIdentifiers/UPN": "E942000001010"}
    children.append(child("D99", base, {field: "MOB", f"{field}[2]": "HAND", **added}, number=99))
    said = {"CollectionDetails/Year": year, "CollectionDetails/ReferenceDate": f"{year}-03-31"}
    assert [found_code for found_code, _, _ in found(tmp_path, children, said) if found_code != "1510"] == code
