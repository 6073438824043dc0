"""What goes wrong in the best open validator, each in XML (domain/census-peer-defects.tsv): here it does not.

All children stand in one return, for the worst of those defects is that one child's value takes a rule from all others.
"""

from pathlib import Path

import pytest

from safeboard.figures.census.check import check_census
from safeboard.figures.census.findings import CheckResult
from tests.census.cases import A2, F2, A, E, F, I, N, P, S
from tests.census.cases_episodes import again
from tests.census.cases_plans import CIN_ONLY, CLOSED, NO_CIN_PLAN, SAME_EPISODE, SECOND_PLAN
from tests.census.returns import CLOSED_CASE, NO_ACTION, OPEN_CASE, Changes, background, child, message, write

R = f"{P}Reviews/CPPreviewDate"
PLANS = P.removesuffix("/")
GOING_ON: Changes = {f"{A}AssessmentAuthorisationDate": None, F: None}
ENQUIRY: Changes = {f"{S}S47ActualStartDate": "2026-03-31", f"{S}DateOfInitialCPC": None}

DEFECTS: dict[str, tuple[Changes, Changes, str]] = {
    "8500 no identifier on a case acted on": (OPEN_CASE, {f"{I}LAchildID": None}, "8500"),
    "8540 born, acted on, no disability": (CLOSED_CASE, {"ChildCharacteristics/Disabilities": None}, "8540"),
    "8565 plan ended after closure": (
        OPEN_CASE,
        {f"{E}CINclosureDate": "2026-01-30", f"{E}ReasonForClosure": "RC7", f"{P}CPPendDate": "2026-02-02"},
        "8565",
    ),
    "8565 child in need plan ended after closure": (
        CLOSED_CASE,
        {
            f"{E}ReasonForClosure": "RC9",
            f"{N}CINPlanStartDate": "2025-06-10",
            f"{N}CINPlanEndDate": "2025-08-01",
        },
        "2990 8565",
    ),
    "8614 factors on an unfinished assessment": (
        OPEN_CASE,
        {f"{A}AssessmentActualStartDate": "2026-03-02", f"{A}AssessmentAuthorisationDate": None},
        "8614",
    ),
    "8898 a factor twice": (OPEN_CASE, {f"{F}/AssessmentFactors[3]": "4B"}, "8898"),
    "8897Q an unknown factor": (OPEN_CASE, {f"{F}/AssessmentFactors": "99Z"}, "8897Q"),
    "8897Q no factor, beside the unknown one": (OPEN_CASE, {F: None}, "8897Q"),
    "8869 none and another": (OPEN_CASE, {f"{F}/AssessmentFactors[3]": "21"}, "8869"),
    "8945Q a factor no longer used": (OPEN_CASE, {f"{F}/AssessmentFactors": "18A"}, "8945Q"),
    "8950Q a factor no longer used": (OPEN_CASE, {f"{F}/AssessmentFactors": "19A"}, "8950Q"),
    "8870Q a target on the 5th of a month, a Saturday": (OPEN_CASE, {f"{S}InitialCPCtarget": "2025-07-05"}, "8870Q"),
    "8870Q a target on 7 May, a Wednesday": (OPEN_CASE, {f"{S}InitialCPCtarget": "2025-05-07"}, ""),
    "8842Q an empty group": (OPEN_CASE, {f"{R}[2]": None, R: None}, "8842Q"),
    "8832 a plan without further action": (
        NO_ACTION,
        {
            f"{E}DateOfInitialCPC": "2025-06-10",
            f"{P}CPPstartDate": "2025-06-10",
            f"{P}InitialCategoryOfAbuse": "NEG",
            f"{P}LatestCategoryOfAbuse": "NEG",
            f"{P}NumberOfPreviousCPP": "0",
        },
        "8831 8832",
    ),
    "8935 two open plans in one episode": (NO_CIN_PLAN, SAME_EPISODE, "8935 8935 8940"),
    "8940 first plans of two episodes": (
        OPEN_CASE,
        {**SECOND_PLAN, **CLOSED, f"{P}CPPendDate": "2025-10-01"},
        "8565 8940",
    ),
    "8740 the flag as a word": (OPEN_CASE, {**ENQUIRY, f"{S}S47ActualStartDate": "2026-04-01", PLANS: None}, "8740"),
    "2885 not required as a word": (OPEN_CASE, {f"{S}ICPCnotRequired": "TRUE"}, "2885"),
    "8569Q the last working day before the year": (NO_ACTION, {f"{E}CINreferralDate": "2025-03-31"}, ""),
    "8873Q an open episode": (CLOSED_CASE, {f"{E}CINclosureDate": None, f"{E}ReasonForClosure": None}, ""),
    "8730 one non-number": (OPEN_CASE, {f"{P}NumberOfPreviousCPP": "unknown"}, "8730"),
    "8730 a number missing, beside the non-number": (OPEN_CASE, {f"{P}NumberOfPreviousCPP": None}, "8730"),
    "8841 the second review of a group": (OPEN_CASE, {f"{R}[2]": "2025-04-30"}, "8841"),
    "4003 the second review of a group": (
        NO_CIN_PLAN,
        {f"{N}CINPlanStartDate": "2025-12-01", f"{N}CINPlanEndDate": "2025-12-11"},
        "4003 4016",
    ),
    "4003 a plan of another episode": (
        CIN_ONLY,
        {
            f"{E}CINclosureDate": "2025-06-02",
            f"{E}ReasonForClosure": "RC7",
            **SECOND_PLAN,
            "CINdetails[2]/ChildProtectionPlans/Reviews/CPPreviewDate": "2025-12-10",
        },
        "",
    ),
    "8670Q 45 working days": (OPEN_CASE, {**GOING_ON, f"{A}AssessmentActualStartDate": "2026-01-27"}, ""),
    "8675Q 15 working days": (OPEN_CASE, {**ENQUIRY, f"{S}S47ActualStartDate": "2026-03-10", PLANS: None}, ""),
    "8530Q the boundary day": (
        NO_ACTION,
        {f"{I}PersonBirthDate": None, f"{I}ExpectedPersonBirthDate": "2026-03-01", f"{I}Sex": "U"},
        "",
    ),
    "1560Q a temporary number": (NO_ACTION, {f"{I}FormerUPN": "X98765432123B"}, ""),
    "1510 a temporary number": (NO_ACTION, {f"{I}UPN": "A33100000010A"}, "1510"),
    "8831 TRUE in capitals": (
        NO_ACTION,
        {f"{E}ReferralNFA": "TRUE", f"{E}DateOfInitialCPC": "2025-06-10"},
        "8831",
    ),
    "8815 FALSE in capitals": (
        OPEN_CASE,
        {f"{E}ReferralNFA": "FALSE", **again("2026-03-31", no_action="FALSE")},
        "8815 8815 8816",
    ),
    "8863Q a second assessment": (
        OPEN_CASE,
        {
            f"{A2}AssessmentActualStartDate": "2025-05-20",
            f"{A2}AssessmentAuthorisationDate": "2025-06-20",
            f"{F2}/AssessmentFactors": "20",
        },
        "8863Q",
    ),
    "4009Q an open plan of a dead child": (
        CIN_ONLY,
        {f"{I}PersonDeathDate": "2025-12-01", f"{N}CINPlanEndDate": None},
        "4009Q",
    ),
    "8920 an open plan of a dead child": (OPEN_CASE, {f"{I}PersonDeathDate": "2025-12-31"}, "8920"),
    "8525Q one of them of 1066": (NO_ACTION, {f"{I}ExpectedPersonBirthDate": "1066-04-13"}, "S17 8525Q 8530Q"),
    "8525Q a bad birth date is no missing one": (NO_ACTION, {f"{I}PersonBirthDate": "31/02/2015"}, "S12"),
    "8810 a bad closure date is no missing one": (CLOSED_CASE, {f"{E}CINclosureDate": "05/11/2025"}, "S12"),
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> CheckResult:
    path = tmp_path_factory.mktemp("peer") / "return.xml"
    children = [child(f"P{n}", base, own, number=n) for n, (base, own, _) in enumerate(DEFECTS.values(), 1)]
    spare = [child(f"S{n}", OPEN_CASE, {PLANS: None}, number=n) for n in range(501, 512)]
    return check_census(write(path, message([*children, *background(), *spare])))


@pytest.mark.parametrize("number", range(len(DEFECTS)), ids=list(DEFECTS))
def test_defect(number: int, result: CheckResult) -> None:
    found = [finding.code for finding in result.findings if finding.child_number == number + 1]
    assert found == [*DEFECTS.values()][number][2].split()


def test_no_rule_is_lost_and_nothing_else_is_found(result: CheckResult) -> None:
    assert result.failed == ()
    assert {finding.child_number for finding in result.findings if (finding.child_number or 99) > len(DEFECTS)} == set()


def test_2887q_counts_the_other_codes(tmp_path: Path) -> None:
    """A return of many children without a disability but with eight kinds is in order; the peer queries it."""
    none = [child(f"N{n}", CLOSED_CASE, {}, number=n) for n in range(1, 20)]
    assert check_census(write(tmp_path / "return.xml", message([*background(), *none]))).findings == ()


def test_2990_names_the_reason_and_not_the_identifier(tmp_path: Path) -> None:
    changes = {f"{E}DateOfInitialCPC": "2025-06-10"}
    result = check_census(
        write(tmp_path / "return.xml", message([*background(), child("A1", CLOSED_CASE, changes, number=1)]))
    )
    assert [finding.fields for finding in result.findings] == [
        (("ReasonForClosure", "RC8"), ("DateOfInitialCPC", "2025-06-10"))
    ]


def test_2886q_of_an_empty_return(tmp_path: Path) -> None:
    result = check_census(write(tmp_path / "return.xml", message([])))
    assert (result.failed, [finding.code for finding in result.findings]) == ((), ["S06", "2887Q", "2888Q"])
