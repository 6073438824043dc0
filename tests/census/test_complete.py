"""Nothing is left out: every code of the department's lists has a rule, and every rule what a person needs of it."""

import csv
from collections import Counter
from importlib import resources

import pytest

from safeboard.figures.census.catalogue import DEPARTMENTS, RULES
from safeboard.figures.census.groups import GROUPS, HEADER
from safeboard.figures.census.rule import Rule
from safeboard.figures.census.years import FIRST_KNOWN, LAST_KNOWN
from tests.census.cases_pre_proceedings import CASES as DRAFT_CASES
from tests.census.test_return import RETURN_LEVEL, SEVERAL_CHILDREN
from tests.census.test_rules import CASES

EDITIONS = [pytest.param(rule, id=f"{code} {rule.table} {rule.first_year}") for code in RULES for rule in RULES[code]]


def listed() -> list[dict[str, str]]:
    text = resources.files("safeboard.figures.census").joinpath("department_rules.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_code_of_the_department_has_a_rule_of_its_severity() -> None:
    wanted = {row["code"]: row["severity"] for row in listed()}
    assert {code: rules[0].severity.value for code, rules in DEPARTMENTS.items()} == wanted


def test_the_lists_have_as_many_rules_as_the_department() -> None:
    assert Counter(row["census"] for row in listed()) == {"2025-26": 109, "2026-27 draft": 12}


@pytest.mark.parametrize("year", range(FIRST_KNOWN, LAST_KNOWN + 1))
def test_at_most_one_edition_applies_in_a_year(year: int) -> None:
    assert {code for code, rules in DEPARTMENTS.items() if sum(rule.applies_in(year) for rule in rules) > 1} == set()


def test_the_years_have_as_many_rules_as_they_had() -> None:
    """2024-25 added 1570, 1580, 8945Q and 8950Q (domain/census.md); 2026-27 adds twelve."""
    counts = {
        year: sum(any(rule.applies_in(year) for rule in rules) for rules in DEPARTMENTS.values())
        for year in range(FIRST_KNOWN, LAST_KNOWN + 1)
    }
    assert counts == {2022: 105, 2023: 105, 2024: 105, 2025: 109, 2026: 109, 2027: 121}


@pytest.mark.parametrize("rule", EDITIONS)
def test_every_rule_can_be_worked(rule: Rule) -> None:
    assert all((rule.title, rule.question, rule.usual_cause, rule.remedy, rule.source))
    assert rule.code.endswith("Q") == (rule.severity == "query") or rule.code.startswith("S")


@pytest.mark.parametrize("rule", [edition for edition in EDITIONS if edition.values[0].query])
def test_every_field_is_an_element_of_its_group(rule: Rule) -> None:
    named = [field.split(".") if "." in field else (rule.table, field) for field in rule.fields]
    known = {group.name: {element.name for element in group.elements} for group in GROUPS.values()}
    known["Header"] = set(HEADER)
    assert [(group, name) for group, name in named if name not in known[group]] == []


def test_every_rule_is_broken_and_just_not_broken_by_some_xml() -> None:
    cases = (*CASES, *DRAFT_CASES)
    broken = {case.code for case in cases if case.breaks} | set(RETURN_LEVEL) | set(SEVERAL_CHILDREN)
    just_not = {case.code for case in cases if not case.breaks} | set(RETURN_LEVEL) | set(SEVERAL_CHILDREN)
    assert (set(DEPARTMENTS) - broken, set(DEPARTMENTS) - just_not) == (set(), set())
