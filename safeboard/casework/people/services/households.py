"""Writes of who lives together."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from safeboard.casework.people.models import Address, Household, HouseholdMember, Person
from safeboard.casework.people.rules import problems_of_days
from safeboard.casework.people.selectors import day_of
from safeboard.casework.people.services.writing import end_row, held_for_change, instead_of, refuse, reopen_row
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput, Problem

IN_IT = Problem("They are in this household already.", "There is nothing to do.", element="person")


@transaction.atomic
def add_household(
    *,
    person: Person,
    title: str,
    address: Address | None = None,
    members: Sequence[Person] = (),
    starts_on: date | None = None,
    by: Viewer,
) -> Household:
    """A household of the person and `members`, whom the viewer may all open."""
    held = held_for_change(person, by)
    if not title:
        raise BadInput(Problem("Give the household a title.", 'Write "Mother\'s household", say.', element="title"))
    made = Household.objects.create(area_id=held.area_id, address=address, title=title, starts_on=starts_on)
    for each in {held.pk: held, **{member.pk: member for member in members}}.values():
        _add(made, each, starts_on, None, by)
    return made


@transaction.atomic
def add_member(
    *,
    household: Household,
    person: Person,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: Viewer,
) -> HouseholdMember:
    """Somebody more. The viewer may change one of those in it, and open the one who comes."""
    members = Person.objects.filter(memberships__household=household)
    if not any(may(by, Action.CHANGE, member) for member in members):
        held_for_change(person, by)
    refuse(problems_of_days(starts_on, ends_on))
    return _add(household, person, starts_on, ends_on, by)


def _add(
    household: Household, person: Person, starts_on: date | None, ends_on: date | None, by: Viewer
) -> HouseholdMember:
    if person.area_id != household.area_id or not may(by, Action.OPEN, person):
        raise BadInput(Problem("There is no such record.", "Search for them again.", element="person"))
    with instead_of("in_a_household_once", IN_IT):
        return HouseholdMember.objects.create(household=household, person=person, starts_on=starts_on, ends_on=ends_on)


@transaction.atomic
def change_member(*, row: HouseholdMember, starts_on: date | None, ends_on: date | None, by: Viewer) -> None:
    """Correct the days."""
    held_for_change(row.person, by)
    refuse(problems_of_days(starts_on, ends_on))
    row.starts_on, row.ends_on = starts_on, ends_on
    with instead_of("in_a_household_once", Problem(IN_IT.message, IN_IT.remedy)):
        row.save(update_fields=["starts_on", "ends_on"])


@transaction.atomic
def end_member(*, row: HouseholdMember, on: date, by: Viewer) -> None:
    """The last day in the household."""
    held_for_change(row.person, by)
    end_row(row, on, starts_on=row.starts_on, today=day_of(by))


@transaction.atomic
def reopen_member(*, row: HouseholdMember, by: Viewer) -> None:
    """They live there still."""
    held_for_change(row.person, by)
    with instead_of("in_a_household_once", Problem(IN_IT.message, IN_IT.remedy)):
        reopen_row(row)
