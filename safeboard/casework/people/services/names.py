"""Writes of names."""

from datetime import date, timedelta

from django.db import transaction

from safeboard.casework.people.codes import NameKind
from safeboard.casework.people.models import Person, PersonName
from safeboard.casework.people.rules import problems_of_days
from safeboard.casework.people.selectors import day_of
from safeboard.casework.people.services.writing import end_row, held_for_change, refuse, reopen_row
from safeboard.foundation.access.viewer import Viewer
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
    by: Viewer,
) -> PersonName:
    """Another name. A new current one makes the one before a former name, to the day before it starts."""
    held = held_for_change(person, by)
    refuse(_problems(kind, given, family, starts_on, ends_on))
    if kind == NameKind.CURRENT:
        for former in PersonName.objects.filter(person=held, kind=NameKind.CURRENT):
            former.kind = NameKind.FORMER
            last = (starts_on or day_of(by)) - timedelta(days=1)
            former.ends_on = max(last, former.starts_on) if former.starts_on else last
            former.save(update_fields=["kind", "ends_on"])
    return PersonName.objects.create(
        person=held, kind=kind, given=given, family=family, starts_on=starts_on, ends_on=ends_on
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
    by: Viewer,
) -> None:
    """Correct a name that was written down wrongly. A name that was given up is added, not changed."""
    held_for_change(row.person, by)
    problems = _problems(kind, given, family, starts_on, ends_on)
    if (row.kind == NameKind.CURRENT) != (kind == NameKind.CURRENT):
        problems.append(Problem("One name is the current one.", "Add another current name instead.", element="kind"))
    refuse(problems)
    row.kind, row.given, row.family, row.starts_on, row.ends_on = kind, given, family, starts_on, ends_on
    row.save(update_fields=["kind", "given", "family", "starts_on", "ends_on"])


@transaction.atomic
def end_name(*, row: PersonName, on: date, by: Viewer) -> None:
    """The last day of a name. The current one does not end: another takes its place."""
    held_for_change(row.person, by)
    if row.kind == NameKind.CURRENT:
        raise BadInput(CURRENT_STAYS)
    end_row(row, on, starts_on=row.starts_on, today=day_of(by))


@transaction.atomic
def reopen_name(*, row: PersonName, by: Viewer) -> None:
    """The name is used again."""
    held_for_change(row.person, by)
    reopen_row(row)


def _problems(kind: str, given: str, family: str, starts_on: date | None, ends_on: date | None) -> list[Problem]:
    problems = problems_of_days(starts_on, ends_on)
    if not (given or family):
        problems.append(Problem("Give at least one name.", "Either will do.", element="given"))
    if kind == NameKind.CURRENT and ends_on:
        problems.append(Problem(CURRENT_STAYS.message, "Leave the last day empty.", element="ends_on"))
    return problems
