"""What is known of a person: as cards, and as groups of parts that one may add to, change and end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from safeboard.casework.people.codes import PersonKind, RecordStatus, SaidBy
from safeboard.casework.people.identity import written
from safeboard.casework.people.kept_parts import (
    ADDRESS,
    FLAG,
    IDENTIFIER,
    MEMBER,
    NAME,
    RELATIONSHIP,
    WARNING,
    Part,
)
from safeboard.casework.people.kinship import called
from safeboard.casework.people.known import Living, Record, Related, Shown, flag_holds
from safeboard.casework.people.rules import kind_on
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.records import Card

NOT_SHOWN = "Person not shown"


@dataclass(frozen=True, slots=True)
class Line:
    """One part in a group: what it is, the words, somebody's record it leads to, and what one may do with it."""

    label: str
    words: str
    more: Sequence[str] = ()
    person: str = ""
    over: bool = False
    links: Sequence[tuple[str, str]] = ()

    @property
    def said_further(self) -> str:
        """What is known besides, in one run of words."""
        return ", ".join(each for each in self.more if each)


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one kind: those that hold, those that are over, and where one adds another."""

    key: str
    title: str
    lines: Sequence[Line]
    add: str = ""
    add_words: str = ""

    @property
    def holding(self) -> list[Line]:
        return [line for line in self.lines if not line.over]

    @property
    def over(self) -> list[Line]:
        return [line for line in self.lines if line.over]


def cards_of(record: Record, *, changes: bool) -> list[Card]:
    """The facts of the person's own row."""
    person, key = record.person, record.person.pk

    def to(name: str) -> str:
        return reverse(f"people:{name}", args=[key]) if changes else ""

    born: list[tuple[str, object, str]] = [
        ("Kind", kind_on(PersonKind(person.kind), person.born_on, record.on), to("birth")),
        ("Day of birth", person.born_on, to("birth")),
        ("Sex", person.get_sex_display(), to("birth")),
        ("Day of death", person.died_on, to("died")),
    ]
    if person.expected_on:
        born.insert(2, ("Expected", person.expected_on, to("birth")))
    if person.born_estimated:
        born[1] = ("Day of birth", f"about {in_words(person.born_on)} (estimated)", to("birth"))
    disabilities = dict(type(person)._meta.get_field("disabilities").base_field.flatchoices)
    return [
        Card("Birth and sex", born),
        Card(
            "Background and language",
            [
                ("Ethnicity", person.get_ethnicity_display(), to("background")),
                ("Disabilities", [disabilities[code] for code in person.disabilities], to("background")),
                ("First language", person.first_language, to("background")),
                ("Interpreter", "Not known" if person.interpreter is None else person.interpreter, to("background")),
                ("What helps", person.communication, to("background")),
            ],
        ),
        Card(
            "The record",
            [
                ("Whom to ask", person.agency.name, to("handling")),
                ("Sensitivity", Sensitivity(person.sensitivity), to("handling")),
                ("Status", RecordStatus(person.status), to("close")),
                ("Added", person.added_at.date(), ""),
            ],
        ),
    ]


def groups_of(record: Record, *, changes: bool) -> list[Group]:
    """Everything that one record has several of."""
    return [
        _group(record, WARNING, "Safety warnings", _warnings(record, changes), changes),
        _group(record, FLAG, "Flags", _flags(record, changes), changes),
        _group(record, NAME, "Names", _names(record, changes), changes),
        _group(record, IDENTIFIER, "Numbers", _numbers(record, changes), changes),
        _group(record, ADDRESS, "Addresses", _addresses(record, changes), changes),
        _group(record, RELATIONSHIP, "Family and others", _relations(record, changes), changes),
        _group(record, MEMBER, "Households", _households(record, changes), changes),
    ]


def _group(record: Record, part: Part, title: str, lines: list[Line], changes: bool) -> Group:
    add = reverse(f"people:{part.key}-add", args=[record.person.pk]) if changes else ""
    return Group(part.key, title, lines, add, f"Add a {part.noun}".replace("a address", "an address"))


def days(starts_on: date | None, ends_on: date | None) -> str:
    """ "from 1 May 2018 to 3 June 2020"; nothing where neither is known."""
    parts = [f"from {in_words(starts_on)}" if starts_on else "", f"to {in_words(ends_on)}" if ends_on else ""]
    return " ".join(part for part in parts if part)


def _links(record: Record, part: Part, key: int, over: bool, changes: bool) -> list[tuple[str, str]]:
    if not changes:
        return []

    def to(name: str) -> str:
        return reverse(f"people:{part.key}-{name}", args=[record.person.pk, key])

    links = [("Change", to("change"))] if part.change else []
    return [*links, ("Take back the end", to("back")) if over else (part.ends, to("end"))]


def _warnings(record: Record, changes: bool) -> list[Line]:
    lines = []
    for each in record.warnings:
        row = each.warning
        over = row.ends_on is not None and row.ends_on < record.on
        where = [f"review {in_words(row.review_on)}{' (overdue)' if each.overdue and not over else ''}"]
        changeable = changes and each.own and not row.held_back
        links = _links(record, WARNING, row.pk, row.ends_on is not None, changeable)
        told = each.told if each.whose else ""
        more = [days(row.starts_on, row.ends_on), *where]
        if not each.own:
            more.append("of somebody who lives at this address")
        if row.address_id and each.own:
            more.append("stands for all at the address")
        lines.append(Line(row.get_kind_display(), told, more, over=over, links=links))
    return lines


def _flags(record: Record, changes: bool) -> list[Line]:
    return [
        Line(
            row.get_kind_display(),
            row.text,
            [days(row.starts_on, min(row.ends_on or row.expires_on, row.expires_on)), f"ask {agency}"],
            over=not flag_holds(row, record.on) and row.starts_on <= record.on,
            links=_links(record, FLAG, row.pk, row.ends_on is not None, changes),
        )
        for row, agency in record.flagged
    ]


def _names(record: Record, changes: bool) -> list[Line]:
    lines = []
    for row in record.names:
        over = row.ends_on is not None
        links = _links(record, NAME, row.pk, over, changes and not row.held_back)
        # The current name does not end: a new one takes its place.
        links = [link for link in links if row.kind != "current" or link[0] == "Change"]
        lines.append(Line(row.get_kind_display(), row.full, [days(row.starts_on, row.ends_on)], over=over, links=links))
    return lines


def _numbers(record: Record, changes: bool) -> list[Line]:
    lines = []
    for row, issuer in record.numbered:
        label = f"{issuer}'s number" if issuer else row.get_kind_display()
        over = row.ended_on is not None
        links = _links(record, IDENTIFIER, row.pk, over, changes and not row.held_back)
        lines.append(
            Line(
                label, row.held_back or written(row.kind, row.value), [days(None, row.ended_on)], over=over, links=links
            )
        )
    return lines


def _addresses(record: Record, changes: bool) -> list[Line]:
    return [
        Line(
            row.get_kind_display(),
            row.address.full,
            [days(row.starts_on, row.ends_on), f"UPRN {row.address.uprn}" if row.address.uprn else ""],
            over=row.ends_on is not None and row.ends_on < record.on,
            links=_links(record, ADDRESS, row.pk, row.ends_on is not None, changes and not row.held_back),
        )
        for row in record.addresses
    ]


def named(other: Shown | None) -> str:
    return other.name if other else NOT_SHOWN


def _relations(record: Record, changes: bool) -> list[Line]:
    lines = [_relation(record, each, changes) for each in record.related]
    lines += [
        Line(
            f"{called('sibling', each.other.sex, first=True).capitalize()}",
            each.other.name,
            [str(each.bond), *_born(each.other), "from the parents recorded"],
            person=reverse("people:person", args=[each.other.key]),
        )
        for each in record.siblings
    ]
    return lines


def _relation(record: Record, each: Related, changes: bool) -> Line:
    row = each.relationship
    sex = each.other.sex if each.other else "U"
    said = "seen in a document" if row.said_by == SaidBy.DOCUMENT else f"said by {row.get_said_by_display().lower()}"
    source = f"{said}: {row.source}" if row.source else said
    certain = "confirmed" if row.confirmed else "not confirmed"
    return Line(
        called(row.kind, sex, first=not each.first).capitalize(),
        named(each.other),
        [*_born(each.other), days(row.starts_on, row.ends_on), *([source, certain] if each.other else [])],
        person=reverse("people:person", args=[each.other.key]) if each.other else "",
        over=row.ends_on is not None and row.ends_on < record.on,
        links=_links(record, RELATIONSHIP, row.pk, row.ends_on is not None, changes) if each.other else [],
    )


def _born(other: Shown | None) -> list[str]:
    if other is None:
        return []
    if other.born_on:
        return [f"born {in_words(other.born_on)}"]
    return [f"expected {in_words(other.expected_on)}"] if other.expected_on else []


def _households(record: Record, changes: bool) -> list[Line]:
    return [_household(record, each, changes) for each in record.living]


def _household(record: Record, each: Living, changes: bool) -> Line:
    row = each.member
    links = _links(record, MEMBER, row.pk, row.ends_on is not None, changes)
    if changes:
        links.insert(0, ("Add somebody", reverse("people:household-join", args=[record.person.pk, row.pk])))
    others = [
        f"{named(other)}{' (' + days(None, member.ends_on) + ')' if member.ends_on else ''}"
        for member, other in each.others
    ]
    return Line(
        each.title,
        f"With {', '.join(others)}" if others else "Alone",
        [days(row.starts_on, row.ends_on)],
        over=row.ends_on is not None and row.ends_on < record.on,
        links=links,
    )
