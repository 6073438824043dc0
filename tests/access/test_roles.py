"""The roles: those of the reference report are covered, described as they are, and who keeps the house sees no case."""

import csv
from pathlib import Path

import pytest

from safeboard.foundation.access.policy import GUARDS, visible
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.roles_in_words import DOES, WHOSE, as_markdown
from safeboard.foundation.access.words import Action, Module, Reach, Sensitivity
from tests.house.synthetic import house

REPORT = Path(__file__).with_name("roles_of_the_report.csv")
OF_TODAY = {
    "duty_team": "a council's team for nights and weekends",
    "conference_chair": "an independent chair of conferences: named by guidance, not by the report",
    "conference_administrator": "arranges conferences: not named by the report",
    "analyst": "answers for the figures of section 22: not named by the report",
    "privacy_officer": "the data protection officer, since 2018",
    "agency_administrator": "keeps an agency's users",
    "system_administrator": "keeps the house running",
}
"""Roles that the report does not name, and why they are here."""
KEEPING = {Module.HOUSE, Module.USERS, Module.CONTACTS}
"""The list of whom to call at each agency is open to all seats: it tells of professionals, of no case."""


def of_the_report() -> list[dict[str, str]]:
    with REPORT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_role_of_the_report_has_one_here_or_a_reason() -> None:
    left = [row["role in the report"] for row in of_the_report() if bool(row["role here"]) == bool(row["or why none"])]
    assert left == []
    assert {row["role here"] for row in of_the_report()} - {""} | set(OF_TODAY) == set(roles())


def test_the_description_of_roles_is_current() -> None:
    written = Path(__file__).parents[2] / "docs" / "roles.md"
    assert written.read_text(encoding="utf-8") == as_markdown(), (
        "Write it again: python -m safeboard.foundation.access.roles_in_words > docs/roles.md"
    )


def test_every_word_of_a_grant_can_be_said() -> None:
    assert (set(DOES), set(WHOSE)) == (set(Action), set(Reach))


def test_each_role_is_described_in_a_sentence_and_grants_something() -> None:
    assert [role.key for role in roles().values() if not role.grants or not role.plain.endswith(".")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["system_administrator", "agency_administrator"])
def test_who_keeps_the_house_or_its_users_sees_no_case(role: str) -> None:
    viewer = house().viewer(role)
    assert {grant.module for grant in viewer.role.grants} <= KEEPING
    seen = [
        (model.__name__, str(action))
        for model, how in GUARDS.items()
        for action in Action
        if how.module not in KEEPING and not visible(model._default_manager.all(), viewer, action).query.is_empty()
    ]
    assert seen == []


def test_only_those_named_in_the_report_or_by_law_restrict_and_review() -> None:
    may = {
        action: sorted(role.key for role in roles().values() if role.granted(module, action))
        for module, action in ((Module.PEOPLE, Action.RESTRICT), (Module.CONFIDENTIALITY, Action.VERIFY))
    }
    assert may == {
        Action.RESTRICT: ["privacy_officer", "safeguarding_manager"],
        Action.VERIFY: ["privacy_officer", "safeguarding_manager"],
    }


def test_who_sees_what_is_sealed_has_all_that_is_below() -> None:
    assert list(Sensitivity) == sorted(Sensitivity)
