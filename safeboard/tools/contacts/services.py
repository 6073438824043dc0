"""Writes of the contacts."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.foundation.access.policy import may, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.tools.contacts.codes import Part
from safeboard.tools.contacts.models import Contact
from safeboard.tools.contacts.rules import why_not_reached
from safeboard.tools.contacts.selectors import agencies, today

CHANGED: Final = BadInput(Problem("Somebody else changed this entry meanwhile.", "Look at it, then change it again."))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a contact."""

    agency: Agency
    part: Part
    name: str
    telephone: str = ""
    email: str = ""
    when: str = ""


@transaction.atomic
def add_contact(*, entry: Entry, by: Viewer) -> Contact:
    """Add a contact, checked today. BadInput by field."""
    made = Contact(area_id=entry.agency.area_id)
    return _written(made, entry, Action.ADD, by)


@transaction.atomic
def change_contact(*, contact: Contact, entry: Entry, version: int, by: Viewer) -> Contact:
    """Change a contact, and with that say that it was checked today. `version` is the one the changer saw."""
    held = _held(contact, by)
    if held.version != version:
        raise CHANGED
    held.version += 1
    return _written(held, entry, Action.CHANGE, by)


@transaction.atomic
def check_contact(*, contact: Contact, by: Viewer) -> Contact:
    """Say that the entry was found right today."""
    held = _held(contact, by)
    held.checked_on, held.checked_by, held.version = today(by), by.user, held.version + 1
    held.save()
    return held


@transaction.atomic
def end_contact(*, contact: Contact, by: Viewer) -> Contact:
    """Take it off the list from today on. It stays in the trail and in the history."""
    held = _held(contact, by)
    if held.ended_on:
        raise CHANGED
    held.ended_on, held.version = today(by), held.version + 1
    held.save()
    return held


def _held(contact: Contact, by: Viewer) -> Contact:
    """The row as it is now, kept from others until the transaction ends."""
    rows = visible(Contact.objects.all(), by, Action.CHANGE)
    held = rows.select_for_update(of=("self",)).filter(pk=contact.pk).first()
    if held is None:
        raise PermissionDenied
    return held


def _written(row: Contact, entry: Entry, action: Action, by: Viewer) -> Contact:
    if problems := _problems(row, entry, action, by):
        raise BadInput(problems)
    row.agency, row.part, row.name = entry.agency, entry.part, entry.name
    row.telephone, row.email, row.when = entry.telephone, entry.email, entry.when
    row.checked_on, row.checked_by = today(by), by.user
    row.save()
    if not may(by, action, row):
        raise PermissionDenied
    return row


def _problems(row: Contact, entry: Entry, action: Action, by: Viewer) -> list[Problem]:
    problems = []
    if wrong := why_not_reached(entry.telephone, entry.email):
        problems.append(Problem(wrong, "Give one of them.", element="telephone"))
    if not agencies(by, action).filter(pk=entry.agency.pk).exists():
        problems.append(Problem("You may not keep the contacts of this agency.", "Choose another.", element="agency"))
    same = Contact.objects.filter(agency=entry.agency, part=entry.part, name=entry.name, ended_on=None)
    if same.exclude(pk=row.pk).exists():
        problems.append(Problem("They are in the list for this already.", "Change that entry.", element="name"))
    return problems
