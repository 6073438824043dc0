"""Writes of where somebody lives."""

from datetime import date, timedelta

from django.db import transaction

from safeboard.casework.people.codes import AddressKind
from safeboard.casework.people.models import Address, Person, PersonAddress
from safeboard.casework.people.rules import checked_postcode, checked_uprn, problems_of_days
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
from safeboard.foundation.kernel.errors import BadInput, Problem

OVERLAPS = Problem(
    "On some of these days there is another main address.", "Mend the days of one of them.", element="starts_on"
)


@transaction.atomic
def add_address(
    *,
    person: Person,
    kind: str,
    lines: str,
    postcode: str = "",
    uprn: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    sensitivity: int | None = None,
    by: Viewer,
) -> PersonAddress:
    """Another address. A main one that starts ends the one before, the day before. Raises BadInput by field.

    A safe-contact address is sensitive at least; a refuge may be more.
    """
    held = held_for_change(person, by)
    least = Sensitivity.SENSITIVE if kind == AddressKind.SAFE_CONTACT else Sensitivity.PERSONAL
    level = max(sensitivity or least, least)
    refuse([*problems_of_days(starts_on, ends_on), *problems_of_level(sensitivity or Sensitivity.PERSONAL, by)])
    where = place(area=held.area_id, lines=lines, postcode=postcode, uprn=uprn)
    if kind == AddressKind.MAIN and starts_on:
        _move_out(held, starts_on)
    with instead_of("one_main_address_at_a_time", OVERLAPS):
        return PersonAddress.objects.create(
            person=held,
            address=where,
            kind=kind,
            sensitivity=level,
            starts_on=starts_on,
            ends_on=ends_on,
        )


def place(*, area: int, lines: str, postcode: str, uprn: str) -> Address:
    """The area's record of this place, made if there is none. BadInput at `lines`, `postcode` or `uprn`."""
    said = " ".join(lines.split()).strip(" ,")
    if not said:
        raise BadInput(Problem("Say where it is.", 'Write at least the town, or "no fixed address".', element="lines"))
    known = {"area_id": area, "lines": said, "postcode": checked_postcode(postcode), "uprn": checked_uprn(uprn)}
    return Address.objects.filter(**known).first() or Address.objects.create(**known)


def _move_out(person: Person, on: date) -> None:
    before = PersonAddress.objects.filter(person=person, kind=AddressKind.MAIN, ends_on=None).first()
    if before and (before.starts_on is None or before.starts_on < on):
        before.ends_on = on - timedelta(days=1)
        before.save(update_fields=["ends_on"])


@transaction.atomic
def change_address(*, row: PersonAddress, starts_on: date | None, ends_on: date | None, by: Viewer) -> None:
    """Correct the days. Another place is another address."""
    held_for_change(row.person, by, row)
    refuse(problems_of_days(starts_on, ends_on))
    row.starts_on, row.ends_on = starts_on, ends_on
    with instead_of("one_main_address_at_a_time", OVERLAPS):
        row.save(update_fields=["starts_on", "ends_on"])


@transaction.atomic
def end_address(*, row: PersonAddress, on: date, by: Viewer) -> None:
    """The last day there."""
    held_for_change(row.person, by, row)
    end_row(row, on, starts_on=row.starts_on, today=day_of(by))


@transaction.atomic
def reopen_address(*, row: PersonAddress, by: Viewer) -> None:
    """They are there still. BadInput where another main address has begun."""
    held_for_change(row.person, by, row)
    with instead_of("one_main_address_at_a_time", Problem(OVERLAPS.message, OVERLAPS.remedy)):
        reopen_row(row)
