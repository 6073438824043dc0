"""The family network in words: the same people, ties and households as the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safeboard.casework.people.codes import PersonKind
from safeboard.casework.people.identity import days_of
from safeboard.casework.people.kinship import called
from safeboard.casework.people.network import Member, Network, Tie, generations
from safeboard.casework.people.rules import kind_on

NOT_SHOWN = "Person not shown"


@dataclass(frozen=True, slots=True)
class TieTold:
    """One tie from one person's side: "mother of Robin Ashcombe"."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class PersonTold:
    """One person with their ties and the households they live in. `key` is None for somebody not shown."""

    key: UUID | None
    name: str
    about: str
    ties: Sequence[TieTold]
    households: Sequence[str]


@dataclass(frozen=True, slots=True)
class GenerationTold:
    title: str
    people: Sequence[PersonTold]


def told(network: Network, on: date) -> list[GenerationTold]:
    """Generation by generation, the oldest first, and in each the eldest first."""
    level = generations(network)
    rows: dict[int, list[Member]] = {}
    for member in network.members.values():
        rows.setdefault(level[member.key], []).append(member)
    names = name_each(network)
    return [
        GenerationTold(
            _generation(row),
            [_person(member, network, names, on) for member in sorted(rows[row], key=lambda each: each.eldest_first)],
        )
        for row in sorted(rows)
    ]


def name_each(network: Network) -> dict[UUID, str]:
    """What each is called. Those not shown are numbered where there are several, so that ties can be told apart."""
    hidden = sorted(key for key, member in network.members.items() if member.shown is None)
    numbered = {key: f"{NOT_SHOWN} {place}" if len(hidden) > 1 else NOT_SHOWN for place, key in enumerate(hidden, 1)}
    return {key: member.shown.name if member.shown else numbered[key] for key, member in network.members.items()}


def _generation(row: int) -> str:
    match row:
        case 0:
            return "The same generation"
        case -1:
            return "The generation before"
        case 1:
            return "The generation after"
    return f"{abs(row)} generations {'before' if row < 0 else 'after'}"


def _person(member: Member, network: Network, names: dict[UUID, str], on: date) -> PersonTold:
    return PersonTold(
        member.key if member.shown else None,
        names[member.key],
        about(member, on),
        [_told(tie, member, network, names) for tie in network.ties_of(member.key)],
        [living.title for living in network.households if member.key in living.members],
    )


def about(member: Member, on: date) -> str:
    """ "child, born 1 May 2018 (8 years)"."""
    if member.shown is None:
        return ""
    shown = member.shown
    kind = kind_on(shown.kind, shown.born_on, on)
    sex = {"M": "male", "F": "female"}.get(shown.sex, "")
    days = [f"{label.lower()} {words}" for label, words in days_of(shown, on)]
    said = [str(PersonKind(kind).label).lower(), sex, *days, "whose network this is" if member.focus else ""]
    return ", ".join(part for part in said if part)


def _told(tie: Tie, member: Member, network: Network, names: dict[UUID, str]) -> TieTold:
    first = tie.first == member.key
    sex = member.shown.sex if member.shown else "U"
    said = f"{called(tie.kind, sex, first=first)} of {names[tie.other_than(member.key)]}"
    marks = [mark for mark, true in (("ended", tie.ended), ("not confirmed", not tie.confirmed)) if true]
    return TieTold(tie.number, f"{said} ({', '.join(marks)})" if marks else said)
