"""Every rule of 2025-26 from XML: broken at each boundary, just not broken, flags in every form, all findings compared.

All cases are children of one return, so that each also shows that the others' faults do not hide or add anything.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from safeboard.figures.census.check import check_census
from tests.census import cases_child, cases_episodes, cases_plans, cases_work
from tests.census.cases import Case
from tests.census.returns import OPEN_CASE, background, child, message, write

CASES: tuple[Case, ...] = (*cases_child.CASES, *cases_episodes.CASES, *cases_work.CASES, *cases_plans.CASES)

ENOUGH_CONFERENCES = {"CINdetails/ChildProtectionPlans": None}
"""Some rules ask of the whole return that there are as many conferences as plans; broken cases must not use them up."""

FORMS = {"words": ("true", "false"), "digits": ("1", "0"), "capitals": ("TRUE", "FALSE")}

Found = dict[int | None, list[str]]


@pytest.fixture(scope="module", params=FORMS)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The codes found for every child, by its place among CASES; None for the return."""
    children = [child(f"C{n}", case.base, case.changes, number=n) for n, case in enumerate(CASES, 1)]
    spare = [child(f"S{n}", OPEN_CASE, ENOUGH_CONFERENCES, number=n) for n in range(800_001, 800_061)]
    true, false = FORMS[request.param]
    path = tmp_path_factory.mktemp("census") / "cases.xml"
    result = check_census(write(path, message([*children, *background(), *spare]), true=true, false=false))
    assert result.failed == ()
    codes: Found = defaultdict(list)
    places = _places(path)
    for finding in result.findings:
        number = finding.child_number or places.get(finding.line or 0)
        codes[number].append(finding.code)
    return codes


def _places(path: Path) -> dict[int, int]:
    """The number of the child that each line of the file belongs to."""
    places, number = {}, 0
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        number += "<Child>" in text
        places[line] = number
    return places


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{case.code} {case.what}" for case in CASES])
def test_case(number: int, found: Found) -> None:
    assert found.get(number + 1, []) == list(CASES[number].found)


def test_nothing_else_is_found(found: Found) -> None:
    assert {number for number in found if number is None or number > len(CASES)} == set()


def test_the_return_is_clean_without_the_cases(tmp_path: Path) -> None:
    result = check_census(write(tmp_path / "clean.xml", message(background())))
    assert (result.exit_status, result.findings, result.failed) == (0, (), ())
