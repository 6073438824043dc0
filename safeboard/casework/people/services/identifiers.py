"""Writes of numbers by which somebody is known."""

from datetime import date

from django.db import transaction

from safeboard.casework.people.codes import IdentifierKind
from safeboard.casework.people.models import Identifier, Person
from safeboard.casework.people.rules import checked_identifier
from safeboard.casework.people.selectors import day_of
from safeboard.casework.people.services.writing import (
    end_row,
    held_for_change,
    instead_of,
    problems_of_level,
    refuse,
    reopen_row,
)
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem

TAKEN = Problem("Another record has this number.", "Search for the number: it may be the same person.", element="value")


@transaction.atomic
def add_identifier(
    *,
    person: Person,
    kind: str,
    value: str,
    issuer: Agency | None = None,
    sensitivity: int | None = None,
    by: Viewer,
) -> Identifier:
    """A number, checked by what kind it is. Raises BadInput at `value`, or at `issuer` for an agency's own number."""
    held = held_for_change(person, by)
    level = Sensitivity.PERSONAL if sensitivity is None else sensitivity
    refuse(problems_of_level(level, by))
    local = kind == IdentifierKind.LOCAL
    if local and (issuer is None or issuer.area_id != held.area_id):
        raise BadInput(Problem("Say which agency's number it is.", "Choose the agency.", element="issuer"))
    text = checked_identifier(IdentifierKind(kind), value)
    if not text:
        raise BadInput(Problem("There is no number.", "Write it down.", element="value"))
    with instead_of("identifier_once_in_an_area", TAKEN):
        return Identifier.objects.create(
            person=held,
            area_id=held.area_id,
            kind=kind,
            value=text,
            issuer=issuer if local else None,
            sensitivity=level,
        )


@transaction.atomic
def end_identifier(*, row: Identifier, on: date, by: Viewer) -> None:
    """The number was wrong, or was replaced. It is still found by, and is free for whose it is."""
    held_for_change(row.person, by, row)
    end_row(row, on, starts_on=None, today=day_of(by), field="ended_on")


@transaction.atomic
def reopen_identifier(*, row: Identifier, by: Viewer) -> None:
    """The number holds after all. BadInput where another record has it meanwhile."""
    held_for_change(row.person, by, row)
    with instead_of("identifier_once_in_an_area", TAKEN):
        reopen_row(row, field="ended_on")
