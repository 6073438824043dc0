"""What happened to a person, from what is recorded: the newest first."""

from collections.abc import Iterator
from datetime import date

from safeboard.casework.people.kinship import called
from safeboard.casework.people.known import Record
from safeboard.foundation.pages.records import Happening


def timeline_of(record: Record) -> list[Happening]:
    """Births, moves, names, relationships, warnings and flags that have a day, up to today."""
    happened = [(day, Happening(day, title, text=text)) for day, title, text in _dated(record) if day <= record.on]
    return [each for _, each in sorted(happened, key=lambda pair: pair[0], reverse=True)]


def _dated(record: Record) -> Iterator[tuple[date, str, str]]:
    for day, title, text in _all(record):
        if day:
            yield day, title, text


def _all(record: Record) -> Iterator[tuple[date | None, str, str]]:
    person = record.person
    yield person.born_on, "Born", "The day is estimated." if person.born_estimated else ""
    yield person.died_on, "Died", ""
    for name in record.names:
        yield name.starts_on, f"{name.get_kind_display()} begins", name.full
        yield name.ends_on, f"{name.get_kind_display()} ends", name.full
    for place in record.addresses:
        yield place.starts_on, f"{place.get_kind_display()} begins", place.address.full
        yield place.ends_on, f"{place.get_kind_display()} ends", place.address.full
    for each in record.related:
        if each.other:
            what = called(each.relationship.kind, each.other.sex, first=not each.first)
            yield each.relationship.starts_on, f"{what.capitalize()} from here on", each.other.name
            yield each.relationship.ends_on, f"{what.capitalize()} to here", each.other.name
    for living in record.living:
        yield living.member.starts_on, "Joins a household", living.title
        yield living.member.ends_on, "Leaves a household", living.title
    for each_warning in record.warnings:
        if each_warning.own:
            warning = each_warning.warning
            yield warning.starts_on, f"Safety warning: {warning.get_kind_display()}", each_warning.told
            yield warning.ends_on, f"Safety warning ends: {warning.get_kind_display()}", ""
    for flag in record.flags:
        yield flag.starts_on, f"Flag: {flag.get_kind_display()}", flag.text
        yield min(flag.expires_on, flag.ends_on or flag.expires_on), f"Flag ends: {flag.get_kind_display()}", ""
