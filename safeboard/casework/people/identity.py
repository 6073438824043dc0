"""A person in the bar at the top of every page about them: name, age, numbers, warnings."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from safeboard.casework.people.codes import IdentifierKind, PersonKind, RecordStatus
from safeboard.casework.people.known import Record, Shown
from safeboard.casework.people.rules import age_in_words, kind_on
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.identity import Identity, show_above

BLOCK = 3


def show_person_above(request: HttpRequest, record: Record) -> None:
    """The page is about this person."""
    address = reverse("people:person", args=[record.person.pk])
    show_above(request, Identity(record.name, facts_of(record), warnings_of(record), address))


def facts_of(record: Record) -> list[tuple[str, str]]:
    """What tells this person from another of the same name."""
    person = record.person
    facts = [("Kind", kind_on(PersonKind(person.kind), person.born_on, record.on).label)]
    facts += days_of(person, record.on) or [("Born", "not known")]
    if person.sex != "U":
        facts.append(("Sex", person.get_sex_display()))
    for kind, label in ((IdentifierKind.NHS, "NHS number"), (IdentifierKind.UPN, "UPN")):
        facts += [
            (label, written(each.kind, each.value))
            for each in record.identifiers
            if each.kind == kind and each.ended_on is None and not each.held_back
        ]
    if person.status != RecordStatus.CURRENT:
        facts.append(("Record", person.get_status_display()))
    return facts


def days_of(person: Shown | object, on: date) -> list[tuple[str, str]]:
    """When somebody was born or is expected, and died: (label, words)."""
    facts = []
    born, died, expected = (getattr(person, name) for name in ("born_on", "died_on", "expected_on"))
    if born:
        about = "about " if getattr(person, "born_estimated", False) else ""
        age = f"died at {age_in_words(born, died)}" if died else age_in_words(born, on)
        facts.append(("Born", f"{about}{in_words(born)} ({age})"))
    elif expected:
        facts.append(("Expected", in_words(expected)))
    if died:
        facts.append(("Died", in_words(died)))
    return facts


def warnings_of(record: Record) -> list[str]:
    """Safety warnings, then flags: what stands in the bar."""
    flags = [
        f"{flag.get_kind_display()}, until {in_words(flag.expires_on)}{'. ' + flag.text if flag.text else ''}"
        for flag in record.raised
    ]
    return [*(each.words for each in record.standing), *flags]


def written(kind: str, value: str) -> str:
    """An NHS number in blocks, as letters have it; other numbers as they are."""
    if kind != IdentifierKind.NHS:
        return value
    return f"{value[:BLOCK]} {value[BLOCK : 2 * BLOCK]} {value[2 * BLOCK :]}"
