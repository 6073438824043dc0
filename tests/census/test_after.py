"""What is done with a check: compared with an earlier one, queries answered, rules explained, measures named."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from safeboard.figures.census.check import check_census
from safeboard.figures.census.comparing import compare, read_earlier
from safeboard.figures.census.explaining import as_listed, explain
from safeboard.figures.census.findings import Answer, CheckResult
from safeboard.figures.census.handbook import handbook
from safeboard.figures.census.reasons import Reason, answered, read_reasons, to_keep, write_reasons
from safeboard.figures.census.rule import Severity
from safeboard.figures.census.touching import Touched, summary_for_report
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.foundation.kernel.errors import BadInput
from tests.census.returns import CLOSED_CASE, OPEN_CASE, Changes, background, child, message, write

DOCS = Path(__file__).parents[2] / "docs"
ONE_DAY = {"CINdetails/CINPlanDates/CINPlanEndDate": "2025-04-12"}


def checked(tmp_path: Path, *changes: Changes) -> CheckResult:
    """A return of the background and one open case for each of the changes: A1, A2 and so on."""
    children = [child(f"A{n}", OPEN_CASE, own, number=n) for n, own in enumerate(changes, 1)]
    return check_census(write(tmp_path / "return.xml", message([*background(), *children])))


def test_what_was_corrected_is_cleared_what_is_not_stays_what_came_is_new(tmp_path: Path) -> None:
    sex, need = {"ChildIdentifiers/Sex": "X"}, {"CINdetails/PrimaryNeedCode": None}
    earlier = checked(tmp_path, sex, need, {}).as_json()
    now = checked(tmp_path, {"CINdetails/Section47/InitialCPCtarget": None}, need, {"ChildIdentifiers/Sex": "Y"})
    told = compare(now, earlier)
    assert [[(one["code"], one["child"]) for one in part] for part in (told.cleared, told.still, told.new)] == [
        [("4180", "A1")],
        [("8610", "A2")],
        [("4180", "A3")],
    ]


def test_a_value_changed_to_another_wrong_one_is_still_there(tmp_path: Path) -> None:
    earlier = checked(tmp_path, {"ChildIdentifiers/Sex": "X"}).as_json()
    told = compare(checked(tmp_path, {"ChildIdentifiers/Sex": "Y"}), earlier)
    assert (told.cleared, [one["fields"] for one in told.still], told.new) == ((), [{"Sex": "Y"}], ())


def test_one_of_two_alike_cleared_leaves_one(tmp_path: Path) -> None:
    twice = {
        "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors": "18A",
        "CINdetails/Assessments[2]/AssessmentActualStartDate": "2025-05-21",
        "CINdetails/Assessments[2]/AssessmentAuthorisationDate": "2025-06-20",
        "CINdetails/Assessments[2]/FactorsIdentifiedAtAssessment/AssessmentFactors": "18A",
    }
    once = {**twice, "CINdetails/Assessments[2]/FactorsIdentifiedAtAssessment/AssessmentFactors": "18B"}
    told = compare(checked(tmp_path, once), checked(tmp_path, twice).as_json())
    assert (len(told.cleared), len(told.still), len(told.new)) == (1, 1, 0)


def test_an_earlier_check_is_read_back(tmp_path: Path) -> None:
    result = checked(tmp_path, {"ChildIdentifiers/Sex": "X"})
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps(result.as_json()), encoding="utf-8")
    told = compare(result, read_earlier(path))
    assert (told.earlier, len(told.cleared), len(told.still), len(told.new)) == ("return.xml", 0, 1, 0)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{"code": "1"}]}'])
def test_something_else_is_no_earlier_check(tmp_path: Path, text: str) -> None:
    path = tmp_path / "earlier.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        read_earlier(path)


def test_a_query_waits_for_a_reason_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "reasons.csv"
    result = checked(tmp_path, ONE_DAY)
    waiting = Reason(
        "4012Q", "A1", "CINPlanDates", "CINPlanStartDate=2025-04-12; CINPlanEndDate=2025-04-12", "", "2025-26"
    )
    assert to_keep(result, read_reasons(path)) == (waiting,)
    given = replace(waiting, reason="Opened by mistake, ended the same day")
    write_reasons(path, [given])
    assert read_reasons(path) == (given,)
    assert answered(result, read_reasons(path)).answers == {0: Answer(given.reason, "2025-26")}
    assert to_keep(result, read_reasons(path)) == (given,)


def test_a_reason_of_an_earlier_year_is_offered_again_for_the_same_row_only(tmp_path: Path) -> None:
    facts = "CINPlanStartDate=2025-04-12; CINPlanEndDate=2025-04-12"
    old = Reason("4012Q", "A1", "CINPlanDates", facts, "As it was", "2024-25")
    result = checked(tmp_path, ONE_DAY, ONE_DAY)
    assert answered(result, [old]).answers == {0: Answer("As it was", "2024-25")}
    waiting = replace(old, child="A2", reason="", year="2025-26")
    assert to_keep(result, [old]) == (old, waiting)
    own = replace(old, reason="Still so", year="2025-26")
    assert answered(result, [own, old]).answers == {0: Answer("Still so", "2025-26")}


def test_a_reason_for_the_whole_return_holds_though_its_counts_change(tmp_path: Path) -> None:
    children = [child("A1", CLOSED_CASE, {}, number=1)]
    result = check_census(write(tmp_path / "return.xml", message(children)))
    old = Reason("2887Q", "", "Disabilities", "", "We are small", "2024-25")
    assert answered(result, [old]).answers == {0: Answer("We are small", "2024-25")}


def test_an_error_takes_no_reason(tmp_path: Path) -> None:
    result = checked(tmp_path, {"ChildIdentifiers/Sex": "X"})
    assert [finding.severity for finding in result.findings] == [Severity.ERROR]
    assert to_keep(result, ()) == ()


@pytest.mark.parametrize("text", ["code;child\n", "\x00", "nothing"])
def test_something_else_is_no_file_of_reasons(tmp_path: Path, text: str) -> None:
    path = tmp_path / "reasons.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        read_reasons(path)


def test_explain_says_everything() -> None:
    assert explain("8545") == explain("8545Q") == explain(" 8545q ")
    assert explain("8545Q") == "\n".join(
        [
            "8545Q  Died outside the census year",
            "Query at the level of the child, census years 2021-22 to 2026-27.",
            "The date of death lies outside the census year.",
            "Usual cause: A wrong year was typed, or the child's episode should have closed in an earlier year.",
            "What to do: Correct the date, or leave out a child whose case ended with a death before the year.",
            "Group: ChildIdentifiers. Fields: PersonDeathDate.",
            "As listed: Death date, when given, lies in S..E.",
            "Source: DfE validation rules 2025-26 (domain/census-rules.tsv)",
        ]
    )


def test_explain_gives_every_edition_and_knows_every_code() -> None:
    assert explain("4180").count("4180  ") == 2
    assert explain("S12").startswith("S12  Unreadable date")
    assert [code for code in as_listed() if not explain(code)] == []


def test_explain_refuses_a_code_that_is_none() -> None:
    with pytest.raises(BadInput):
        explain("9999")


def test_the_measures_a_finding_touches(tmp_path: Path) -> None:
    result = checked(tmp_path, {"CINdetails/ChildProtectionPlans/NumberOfPreviousCPP": None})
    wanted = tuple(
        measure.id for measure in MEASURES.values() if "ssd_cp_plans.cppl_number_of_previous_plans" in measure.needs
    )
    assert "ni_65" in wanted
    title = "Number of earlier plans missing or not a whole number"
    assert summary_for_report(result, MEASURES.values()) == (Touched("8730", Severity.ERROR, title, 1, 1, wanted),)


def test_a_missing_group_touches_what_its_elements_feed(tmp_path: Path) -> None:
    result = checked(tmp_path, {"ChildCharacteristics": None})
    touched = {line.code: line.measures for line in summary_for_report(result, MEASURES.values())}
    assert "plans_open_ethnicity" in touched["S06"]


def test_a_clean_return_touches_nothing(tmp_path: Path) -> None:
    assert summary_for_report(checked(tmp_path), MEASURES.values()) == ()
    assert [finding.code for finding in checked(tmp_path, {}).findings] == []


def test_the_handbook_is_the_rules() -> None:
    assert (DOCS / "census-rules.md").read_text(encoding="utf-8") == handbook()
