"""Writes of names."""

from datetime import date, timedelta

from django.db import transaction

from safeboard.casework.people.codes import NameKind
from safeboard.casework.people.models import Person, PersonName
from safeboard.casework.people.rules import problems_of_days
from safeboard.casework.people.selectors import day_of
from safeboard.casework.people.services.writing import end_row, held_for_change, problems_of_level, refuse, reopen_row
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.kernel.errors import BadInput, Problem

CURRENT_STAYS = Problem("A current name does not end.", "Add the new current name: this one becomes a former one.")


@transaction.atomic
def add_name(
    *,
    person: Person,
    kind: str,
    given: str,
    family: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    sensitivity: int | None = None,
    by: Viewer,
) -> PersonName:
    """Another name. A new current one makes the one before a former name, to the day before it starts.

    Without a `sensitivity` it is for all who open the record.
    """
    held = held_for_change(person, by)
    level = Sensitivity.PERSONAL if sensitivity is None else sensitivity
    refuse([*_problems(kind, given, family, starts_on, ends_on), *_problems_of_secrecy(kind, level, by)])
    if kind == NameKind.CURRENT:
        for former in PersonName.objects.filter(person=held, kind=NameKind.CURRENT):
            former.kind = NameKind.FORMER
            last = (starts_on or day_of(by)) - timedelta(days=1)
            former.ends_on = max(last, former.starts_on) if former.starts_on else last
            former.save(update_fields=["kind", "ends_on"])
    return PersonName.objects.create(
        person=held,
        kind=kind,
        given=given,
        family=family,
        starts_on=starts_on,
        ends_on=ends_on,
        sensitivity=level,
    )


@transaction.atomic
def change_name(
    *,
    row: PersonName,
    kind: str,
    given: str,
    family: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    sensitivity: int | None = None,
    by: Viewer,
) -> None:
    """Correct a name that was written down wrongly. A name that was given up is added, not changed."""
    held_for_change(row.person, by, row)
    level = row.sensitivity if sensitivity is None else sensitivity
    problems = [*_problems(kind, given, family, starts_on, ends_on), *_problems_of_secrecy(kind, level, by)]
    if (row.kind == NameKind.CURRENT) != (kind == NameKind.CURRENT):
        problems.append(Problem("One name is the current one.", "Add another current name instead.", element="kind"))
    refuse(problems)
    row.kind, row.given, row.family, row.starts_on, row.ends_on = kind, given, family, starts_on, ends_on
    row.sensitivity = level
    row.save(update_fields=["kind", "given", "family", "starts_on", "ends_on", "sensitivity"])


@transaction.atomic
def end_name(*, row: PersonName, on: date, by: Viewer) -> None:
    """The last day of a name. The current one does not end: another takes its place."""
    held_for_change(row.person, by, row)
    if row.kind == NameKind.CURRENT:
        raise BadInput(CURRENT_STAYS)
    end_row(row, on, starts_on=row.starts_on, today=day_of(by))


@transaction.atomic
def reopen_name(*, row: PersonName, by: Viewer) -> None:
    """The name is used again."""
    held_for_change(row.person, by, row)
    reopen_row(row)


def _problems(kind: str, given: str, family: str, starts_on: date | None, ends_on: date | None) -> list[Problem]:
    problems = problems_of_days(starts_on, ends_on)
    if not (given or family):
        problems.append(Problem("Give at least one name.", "Either will do.", element="given"))
    if kind == NameKind.CURRENT and ends_on:
        problems.append(Problem(CURRENT_STAYS.message, "Leave the last day empty.", element="ends_on"))
    return problems


def _problems_of_secrecy(kind: str, sensitivity: int, by: Viewer) -> list[Problem]:
    if kind == NameKind.CURRENT and sensitivity > Sensitivity.PERSONAL:
        return [
            Problem(
                "All who open the record see the current name.",
                "Choose Personal, or restrict the record.",
                element="sensitivity",
            )
        ]
    return problems_of_level(sensitivity, by)
