"""No rule is lost: one that fails says so, makes the check fail, and leaves all others as they are."""

from dataclasses import replace
from pathlib import Path

from safeboard.figures.census.catalogue import edition
from safeboard.figures.census.check import check_census, in_force
from safeboard.figures.census.engine import breaches, run_rules
from safeboard.figures.census.findings import CheckResult, Outcome, Status
from safeboard.figures.census.reading import read_return
from safeboard.figures.census.rule import Rule
from tests.census.planting import planted
from tests.census.returns import NO_ACTION, OPEN_CASE, background, child, message, write

WRONG = {"ChildCharacteristics/Ethnicity": "White", "ChildIdentifiers/Sex": "X"}


def outcomes(path: Path, rules: dict[str, tuple[Rule, ...]]) -> list[tuple[str, Status, int, str]]:
    reading = read_return(path, None, lambda _count: None)
    said, _ = run_rules(reading.connection, rules, lambda _count: None)
    return [(one.code, one.status, one.found, one.reason.split(":")[0]) for one in said]


def test_a_rule_that_fails_leaves_the_others(tmp_path: Path) -> None:
    path = write(tmp_path / "return.xml", message([*background(), child("A1", NO_ACTION, WRONG, number=1)]))
    broken = replace(edition("4180", 2026), query="SELECT n FROM NoSuchTable")
    rules = {"4180": (broken,), "4220": (edition("4220", 2026),), "8500": (edition("8500", 2026),)}
    assert outcomes(path, rules) == [
        ("4180", Status.FAILED, 0, "ChildIdentifiers"),
        ("4220", Status.FOUND, 1, ""),
        ("8500", Status.CLEAR, 0, ""),
    ]


def test_a_rule_that_fails_on_one_value_says_so(tmp_path: Path) -> None:
    """A cast in a query that cannot be done for one child must not read as "nothing found"."""
    path = write(tmp_path / "return.xml", message([child("A1", NO_ACTION, WRONG, number=1)]))
    broken = replace(edition("4180", 2026), query="SELECT n FROM ChildIdentifiers WHERE CAST(Sex AS INTEGER) > 1")
    assert outcomes(path, {"4180": (broken,)}) == [("4180", Status.FAILED, 0, "ChildIdentifiers")]


def test_a_failed_rule_makes_the_check_fail() -> None:
    rule = edition("4180", 2026)
    failed = Outcome(rule.code, rule.severity, rule.title, Status.FAILED, reason="no memory")
    result = CheckResult("return.xml", "2025-26", (failed,), ())
    assert (result.exit_status, result.failed) == (2, (failed,))
    assert failed.as_json() == {"code": "4180", "severity": "error", "status": "failed: no memory", "found": 0}


def test_every_value_unreadable_everywhere_hides_no_other_child(tmp_path: Path) -> None:
    """One child with nonsense in each of its elements, and one with one fault that is still found."""
    nonsense = dict.fromkeys(OPEN_CASE, "?") | {"ChildIdentifiers/LAchildID": "?", "ChildIdentifiers/UPN": "?"}
    children = [child("A1", OPEN_CASE, nonsense, number=1), child("A2", OPEN_CASE, WRONG, number=2)]
    result = check_census(write(tmp_path / "return.xml", message([*background(), *children])))
    assert result.failed == ()
    assert [finding.code for finding in result.findings if finding.child == "A2"] == ["4180", "4220"]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    check_census(
        write(tmp_path / "return.xml", message(background())), None, lambda what, count: told.append((what, count))
    )
    queried = sum(bool(rules[0].query) for rules in in_force(2026).values())
    assert told == [("children", 8), *(("rules", number) for number in range(1, queried + 1))]


def test_a_finding_can_be_worked(tmp_path: Path) -> None:
    """Child, episode, line, values, and the places it clashes with, each with its line."""
    changes = {"CINdetails/Assessments/AssessmentActualStartDate": "2025-04-09"}
    path = write(tmp_path / "return.xml", message([*background(), child("A1", OPEN_CASE, changes, number=1)]))
    lines = path.read_text(encoding="utf-8").splitlines()
    episode = max(number for number, line in enumerate(lines, 1) if "<CINdetails>" in line)
    assessment = max(number for number, line in enumerate(lines, 1) if "<Assessments>" in line)
    assert check_census(path).as_json()["findings"] == [
        {
            "code": "1103",
            "severity": "error",
            "child": "A1",
            "line": assessment,
            "table": "Assessments",
            "fields": {
                "AssessmentActualStartDate": "2025-04-09",
                "CINdetails.CINreferralDate": "2025-04-10",
                "CINdetails.line": episode,
            },
            "message": "The assessment starts before the referral of its episode.",
        }
    ]


def test_clashing_rows_stand_side_by_side(tmp_path: Path) -> None:
    """A plan of another episode is named with its own dates; a second of its kind would be numbered."""
    second = {
        "CINdetails/ChildProtectionPlans[2]/CPPstartDate": "2025-12-01",
        "CINdetails/ChildProtectionPlans[2]/InitialCategoryOfAbuse": "NEG",
        "CINdetails/ChildProtectionPlans[2]/LatestCategoryOfAbuse": "NEG",
        "CINdetails/ChildProtectionPlans[2]/NumberOfPreviousCPP": "1",
        "CINdetails/Section47[2]/S47ActualStartDate": "2025-11-24",
        "CINdetails/Section47[2]/DateOfInitialCPC": "2025-12-01",
        "CINdetails/Section47[2]/ICPCnotRequired": "0",
    }
    path = write(tmp_path / "return.xml", message([*background(), child("A1", OPEN_CASE, second, number=1)]))
    overlap = check_census(path).findings[-1]
    assert (overlap.code, overlap.episode, overlap.fields) == (
        "8940",
        "2025-04-10",
        (("CPPstartDate", "2025-12-01"), ("CPPendDate", None)),
    )
    assert {name: text for name, text in overlap.flat_fields().items() if not name.endswith("line")} == {
        "CPPstartDate": "2025-12-01",
        "CPPendDate": None,
        "ChildProtectionPlans.CPPstartDate": "2025-04-30",
        "ChildProtectionPlans.CPPendDate": None,
    }


def test_the_message_says_what_was_given(tmp_path: Path) -> None:
    children = [
        child("A1", NO_ACTION, WRONG, number=1),
        child("A2", NO_ACTION, {"ChildIdentifiers/Sex": None}, number=2),
    ]
    result = check_census(write(tmp_path / "return.xml", message([*background(), *children])))
    assert [finding.message for finding in result.findings if finding.code == "4180"] == [
        "The child's sex must be given as M, F or U. Given is “X”.",
        "The child's sex must be given as M, F or U. Nothing is given.",
    ]


def test_a_rule_whose_query_is_saved_would_have_found_nothing(tmp_path: Path) -> None:
    """With one fault of every rule there, and without any."""
    for name, clean in (("planted", False), ("clean", True)):
        children = background() if clean else planted(5, 20).children
        path = write(tmp_path / f"{name}.xml", message(children))
        reading = read_return(path, None, lambda _count: None)
        rules = {code: kept for code, kept in in_force(2026).items() if kept[0].query}
        _, found = run_rules(reading.connection, rules, lambda _count: None)
        alone = [finding for kept in rules.values() for rule in kept for finding in breaches(reading.connection, rule)]
        assert found == alone
