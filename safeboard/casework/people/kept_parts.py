"""Every part of a record that one adds, changes, ends and takes back: what its form is and which verbs it calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from safeboard.casework.people import services
from safeboard.casework.people.forms import (
    AddressForm,
    DaysForm,
    ExtendForm,
    FlagForm,
    IdentifierForm,
    NameForm,
    ReviewForm,
    WarningForm,
)
from safeboard.casework.people.forms_of_family import HouseholdForm, RelationshipForm, SourceForm
from safeboard.casework.people.known import Record
from safeboard.casework.people.models import Address
from safeboard.casework.people.selectors import agencies_of, find_by_words, openable
from safeboard.foundation.access.viewer import Viewer

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `key` stands in addresses; `rows` are those of a record that the viewer sees.

    `beside` gives the add form what it needs beside what was typed. `changed` is empty where a row is not changed.
    """

    key: str
    noun: str
    rows: Callable[[Record], Sequence[Any]]
    form: type[forms.Form]
    add: Callable[[Record, Viewer, Given], Any]
    end: Callable[..., None]
    reopen: Callable[..., None]
    change: Callable[..., None] | None = None
    change_form: type[forms.Form] | None = None
    beside: Callable[[Record, Viewer], Given] = lambda record, viewer: {}
    last_day: str = "ends_on"
    ends: str = "End"


def _not_held_back(rows: Sequence[Any]) -> list[Any]:
    """Those of which the viewer sees everything: what somebody may not see they do not change either."""
    return [row for row in rows if not row.held_back]


def _simply(verb: Callable[..., Any]) -> Callable[[Record, Viewer, Given], Any]:
    return lambda record, viewer, given: verb(person=record.person, by=viewer, **given)


def _with_agencies(record: Record, viewer: Viewer) -> Given:
    return {"agencies": agencies_of(viewer)}


def places_of(record: Record) -> list[tuple[str, str]]:
    """The addresses one may choose from: those where the person lives and that the viewer sees."""
    return [
        (str(each.address_id), each.address.full) for each in _not_held_back(record.addresses) if each.ends_on is None
    ]


def _place(record: Record, given: Given) -> Address | None:
    chosen = given.pop("address", "")
    return next((each.address for each in _not_held_back(record.addresses) if str(each.address_id) == chosen), None)


def _add_warning(record: Record, viewer: Viewer, given: Given) -> Any:
    return services.add_warning(person=record.person, address=_place(record, given), by=viewer, **given)


def _finding(record: Record, viewer: Viewer) -> Given:
    return {"finding": lambda words: find_by_words(viewer, words, but=record.person.pk)}


def _add_relationship(record: Record, viewer: Viewer, given: Given) -> Any:
    kind, _, end = given.pop("kind").partition("|")
    other = given.pop("other")
    # The form says what the other is to this person: "mother" makes the other the first of the two.
    first, second = (other, record.person) if end == "first" else (record.person, other)
    return services.add_relationship(person=first, other=second, kind=kind, by=viewer, **given)


def _family(record: Record, viewer: Viewer) -> Given:
    family = {each.other.key: each.other for each in record.related if each.other}
    family |= {each.other.key: each.other for each in record.siblings}
    people = sorted(family.values(), key=lambda each: each.eldest_first)
    return {"places": places_of(record), "family": [(str(each.key), each.name) for each in people]}


def _add_household(record: Record, viewer: Viewer, given: Given) -> Any:
    members = list(openable(viewer, given.pop("members", [])))
    return services.add_household(
        person=record.person, address=_place(record, given), members=members, by=viewer, **given
    )


NAME: Final = Part(
    key="name",
    noun="name",
    rows=lambda record: _not_held_back(record.names),
    form=NameForm,
    add=_simply(services.add_name),
    change=services.change_name,
    change_form=NameForm,
    end=services.end_name,
    reopen=services.reopen_name,
)
IDENTIFIER: Final = Part(
    key="number",
    noun="number",
    rows=lambda record: _not_held_back(record.identifiers),
    form=IdentifierForm,
    beside=_with_agencies,
    add=_simply(services.add_identifier),
    end=services.end_identifier,
    reopen=services.reopen_identifier,
    last_day="ended_on",
)
ADDRESS: Final = Part(
    key="address",
    noun="address",
    rows=lambda record: _not_held_back(record.addresses),
    form=AddressForm,
    add=_simply(services.add_address),
    change=services.change_address,
    change_form=DaysForm,
    end=services.end_address,
    reopen=services.reopen_address,
    ends="Moved out",
)
RELATIONSHIP: Final = Part(
    key="relationship",
    noun="relationship",
    rows=lambda record: [each.relationship for each in record.related if each.other],
    form=RelationshipForm,
    beside=_finding,
    add=_add_relationship,
    change=services.change_relationship,
    change_form=SourceForm,
    end=services.end_relationship,
    reopen=services.reopen_relationship,
)
MEMBER: Final = Part(
    key="household",
    noun="household",
    rows=lambda record: [each.member for each in record.living],
    form=HouseholdForm,
    beside=_family,
    add=_add_household,
    change=services.change_member,
    change_form=DaysForm,
    end=services.end_member,
    reopen=services.reopen_member,
    ends="Moved out",
)
WARNING: Final = Part(
    key="warning",
    noun="safety warning",
    rows=lambda record: _not_held_back([each.warning for each in record.warnings if each.own]),
    form=WarningForm,
    beside=lambda record, viewer: {"places": places_of(record)},
    add=_add_warning,
    change=services.change_warning,
    change_form=ReviewForm,
    end=services.end_warning,
    reopen=services.reopen_warning,
)
FLAG: Final = Part(
    key="flag",
    noun="flag",
    rows=lambda record: record.flags,
    form=FlagForm,
    add=_simply(services.add_flag),
    change=services.change_flag,
    change_form=ExtendForm,
    end=services.end_flag,
    reopen=services.reopen_flag,
)
PARTS: Final = (NAME, IDENTIFIER, ADDRESS, RELATIONSHIP, MEMBER, WARNING, FLAG)
