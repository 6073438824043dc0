"""Writes of who is what to whom."""

from datetime import date

from django.db import transaction

from safeboard.casework.people.codes import MUTUAL
from safeboard.casework.people.models import Person, Relationship
from safeboard.casework.people.rules import problems_of_days
from safeboard.casework.people.selectors import day_of
from safeboard.casework.people.services.writing import end_row, held_for_change, instead_of, refuse, reopen_row
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput, Problem

GOES_ON = Problem("This relationship is recorded and goes on.", "There is nothing to do.", element="kind")


@transaction.atomic
def add_relationship(
    *,
    person: Person,
    other: Person,
    kind: str,
    said_by: str,
    source: str = "",
    confirmed: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: Viewer,
) -> Relationship:
    """`person` is the `kind` of `other`. The viewer may change the one and open the other, or the other way round."""
    if may(by, Action.CHANGE, person) and may(by, Action.OPEN, other):
        held_for_change(person, by)
    else:
        held_for_change(other, by)
        if not may(by, Action.OPEN, person):
            raise BadInput(Problem("There is no such record.", "Search for them again.", element="other"))
    if person.pk == other.pk:
        raise BadInput(Problem("Nobody is their own relation.", "Choose another person.", element="other"))
    if person.area_id != other.area_id:
        raise BadInput(Problem("They belong to another area.", "Add them here first.", element="other"))
    refuse(problems_of_days(starts_on, ends_on))
    first, second = (person, other) if kind not in MUTUAL or person.pk < other.pk else (other, person)
    with instead_of("relationship_goes_on_once", GOES_ON):
        return Relationship.objects.create(
            person=first,
            other=second,
            kind=kind,
            said_by=said_by,
            source=source,
            confirmed=confirmed,
            starts_on=starts_on,
            ends_on=ends_on,
        )


@transaction.atomic
def change_relationship(
    *,
    row: Relationship,
    said_by: str,
    source: str,
    confirmed: bool,
    starts_on: date | None,
    ends_on: date | None,
    by: Viewer,
) -> None:
    """Correct days and source, or confirm. Another kind is another relationship."""
    _held(row, by)
    refuse(problems_of_days(starts_on, ends_on))
    row.said_by, row.source, row.confirmed = said_by, source, confirmed
    row.starts_on, row.ends_on = starts_on, ends_on
    with instead_of("relationship_goes_on_once", GOES_ON):
        row.save(update_fields=["said_by", "source", "confirmed", "starts_on", "ends_on"])


@transaction.atomic
def end_relationship(*, row: Relationship, on: date, by: Viewer) -> None:
    """The last day of it, or of what was believed to be it."""
    _held(row, by)
    end_row(row, on, starts_on=row.starts_on, today=day_of(by))


@transaction.atomic
def reopen_relationship(*, row: Relationship, by: Viewer) -> None:
    """It goes on after all."""
    _held(row, by)
    with instead_of("relationship_goes_on_once", Problem(GOES_ON.message, GOES_ON.remedy)):
        reopen_row(row)


def _held(row: Relationship, by: Viewer) -> None:
    held_for_change(row.person if may(by, Action.CHANGE, row.person) else row.other, by)
