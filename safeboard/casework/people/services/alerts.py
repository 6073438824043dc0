"""Writes of safety warnings, which stand until somebody ends them, and of flags, which run out."""

from datetime import date

from django.db import transaction

from safeboard.casework.people.models import Address, Flag, Person, SafetyWarning
from safeboard.casework.people.selectors import day_of
from safeboard.casework.people.services.writing import end_row, held_for_change, refuse, reopen_row
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput, Problem


@transaction.atomic
def add_warning(
    *,
    person: Person,
    kind: str,
    text: str,
    review_on: date,
    starts_on: date | None = None,
    address: Address | None = None,
    by: Viewer,
) -> SafetyWarning:
    """A warning from `starts_on` (today where not given). With `address`, for everybody who lives there."""
    held = held_for_change(person, by)
    start = starts_on or day_of(by)
    refuse(_problems_of_a_review(start, review_on, by))
    if address and not held.addresses.filter(address=address).exists():
        raise BadInput(Problem("That is no address of theirs.", "Choose one of theirs.", element="address"))
    return SafetyWarning.objects.create(
        person=held, kind=kind, text=text, starts_on=start, review_on=review_on, address=address
    )


@transaction.atomic
def change_warning(*, row: SafetyWarning, text: str, review_on: date, by: Viewer) -> None:
    """Review it: what it says now, and when it is looked at next."""
    held_for_change(row.person, by, row)
    refuse(_problems_of_a_review(row.starts_on, review_on, by))
    row.text, row.review_on = text, review_on
    row.save(update_fields=["text", "review_on"])


@transaction.atomic
def end_warning(*, row: SafetyWarning, on: date, by: Viewer) -> None:
    """The last day it holds."""
    held_for_change(row.person, by, row)
    end_row(row, on, starts_on=row.starts_on, today=day_of(by))


@transaction.atomic
def reopen_warning(*, row: SafetyWarning, by: Viewer) -> None:
    """It holds still."""
    held_for_change(row.person, by, row)
    reopen_row(row)


@transaction.atomic
def add_flag(
    *, person: Person, kind: str, text: str, expires_on: date, starts_on: date | None = None, by: Viewer
) -> Flag:
    """A flag from `starts_on` (today where not given) to `expires_on`; the viewer's agency answers for it."""
    held = held_for_change(person, by)
    start = starts_on or day_of(by)
    refuse(_problems_of_an_expiry(start, expires_on))
    return Flag.objects.create(
        person=held, kind=kind, text=text, agency=by.seat.agency, starts_on=start, expires_on=expires_on
    )


@transaction.atomic
def change_flag(*, row: Flag, text: str, expires_on: date, by: Viewer) -> None:
    """What it says, and how long it stays."""
    held_for_change(row.person, by, row)
    refuse(_problems_of_an_expiry(row.starts_on, expires_on))
    row.text, row.expires_on = text, expires_on
    row.save(update_fields=["text", "expires_on"])


@transaction.atomic
def end_flag(*, row: Flag, on: date, by: Viewer) -> None:
    """Its last day, sooner than it would run out."""
    held_for_change(row.person, by, row)
    end_row(row, on, starts_on=row.starts_on, today=day_of(by))


@transaction.atomic
def reopen_flag(*, row: Flag, by: Viewer) -> None:
    """It stays until it runs out."""
    held_for_change(row.person, by, row)
    reopen_row(row)


def _problems_of_a_review(starts_on: date, review_on: date, by: Viewer) -> list[Problem]:
    if review_on <= max(starts_on, day_of(by)):
        return [Problem("The review must be still to come.", "Choose a day after today.", element="review_on")]
    return []


def _problems_of_an_expiry(starts_on: date, expires_on: date) -> list[Problem]:
    if expires_on < starts_on:
        return [Problem("It would run out before it starts.", "Choose a later day.", element="expires_on")]
    return []
