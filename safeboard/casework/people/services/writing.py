"""What every write of a person's record begins and ends with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model

from safeboard.casework.people.codes import RecordStatus
from safeboard.casework.people.models import Person
from safeboard.casework.people.rules import problems_of_days
from safeboard.foundation.access.policy import hidden_fields, may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput, Problem


def held_for_change(person: Person, by: Viewer, row: Model | None = None) -> Person:
    """The person, locked to the end of the transaction: of two who write at once the second sees the first's work.

    PermissionDenied unless the viewer may change the record, for a record joined into another, and for a `row` of it
    that holds something back from the viewer.
    """
    if not may(by, Action.CHANGE, person) or (row is not None and hidden_fields(by, Action.CHANGE, row)):
        raise PermissionDenied
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.status == RecordStatus.JOINED:
        raise PermissionDenied
    return held


@contextmanager
def instead_of(constraint: str, problem: Problem) -> Iterator[None]:
    """Say the problem where the database refuses by this constraint; another refusal goes on as it is."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        if constraint not in str(refused):
            raise
        # Not chained: the database's own words quote what was refused.
        raise BadInput(problem) from None


def end_row(row: Model, on: date, *, starts_on: date | None, today: date, field: str = "ends_on") -> None:
    """Give a row its last day. BadInput where it has one, or the day is before its first or still to come."""
    row.refresh_from_db(fields=[field])  # it was read before the person was locked
    if getattr(row, field) is not None:
        raise BadInput(Problem("This has ended already.", "There is nothing to do."))
    if on > today:
        raise BadInput(Problem("The last day is still to come.", "End it on or after that day.", element="on"))
    if problems_of_days(starts_on, on):
        raise BadInput(Problem("The last day is before the first.", "Choose a later one.", element="on"))
    setattr(row, field, on)
    row.save(update_fields=[field])


def reopen_row(row: Model, field: str = "ends_on") -> None:
    """Take the last day back. BadInput where there is none."""
    row.refresh_from_db(fields=[field])
    if getattr(row, field) is None:
        raise BadInput(Problem("This goes on already.", "There is nothing to do."))
    setattr(row, field, None)
    row.save(update_fields=[field])


def problems_of_level(level: int, by: Viewer) -> list[Problem]:
    """One where somebody would put a thing out of their own sight."""
    if level > max(grant.up_to for grant in by.role.granted(Module.PEOPLE, Action.CHANGE)):
        return [Problem("You could not see it yourself.", "Choose a lower level.", element="sensitivity")]
    return []


def refuse(problems: list[Problem]) -> None:
    """BadInput with all of them, if there are any."""
    if problems:
        raise BadInput(problems)
