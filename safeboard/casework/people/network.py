"""A family as people and ties, before it is drawn or told: pure."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from typing import Final
from uuid import UUID

from safeboard.casework.people.codes import COUPLES, OF_BIRTH, PARENTAL, SIBLINGS, RelationshipKind
from safeboard.casework.people.known import Shown
from safeboard.casework.people.models import Relationship

MOST: Final = 40
"""People on one A4 page that can still be read."""

ABOVE: Final = {
    **dict.fromkeys(PARENTAL, 1),
    RelationshipKind.AUNT_OR_UNCLE: 1,
    RelationshipKind.GRANDPARENT: 2,
    RelationshipKind.CARER: 1,
}
"""How many generations the first of a relationship stands above the second; the other kinds stand beside each other."""

FAR: Final = 1_000
"""More than any way through a family by birth."""

FAMILY: Final = (*PARENTAL, *COUPLES, *SIBLINGS, RelationshipKind.GRANDPARENT)
"""Kinds along which the picture goes on; people tied in another way are drawn only beside the focus itself."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the picture. `shown` is None for somebody known of whom the viewer may not open."""

    key: UUID
    shown: Shown | None
    focus: bool = False

    @property
    def eldest_first(self) -> tuple[date, str, UUID]:
        if self.shown is None:
            return (date.max, "", self.key)
        return (*self.shown.eldest_first, self.key)


@dataclass(frozen=True, slots=True)
class Tie:
    """`first` is the `kind` of `second`. `number` names it in the picture and in the words alike."""

    number: int
    first: UUID
    second: UUID
    kind: RelationshipKind
    ended: bool
    confirmed: bool

    @property
    def couple(self) -> bool:
        return self.kind in COUPLES

    @property
    def of_birth(self) -> bool:
        return self.kind in OF_BIRTH

    @property
    def parental(self) -> bool:
        return self.kind in PARENTAL

    def other_than(self, key: UUID) -> UUID:
        return self.second if self.first == key else self.first


@dataclass(frozen=True, slots=True)
class Together:
    """People in the picture who live in one household now."""

    title: str
    members: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn and told: `left_out` counts people further away than fit."""

    focus: UUID
    members: Mapping[UUID, Member]
    ties: Sequence[Tie]
    households: Sequence[Together]
    left_out: int = 0

    def ties_of(self, key: UUID) -> list[Tie]:
        return [tie for tie in self.ties if key in (tie.first, tie.second)]


def network_from(
    focus: UUID,
    relationships: Sequence[Relationship],
    known: Mapping[UUID, Shown | None],
    households: Mapping[int, tuple[str, frozenset[UUID]]],
    on: date,
) -> Network:
    """The family round a person: nearest first, through people whom the viewer may open and no others.

    Somebody who is not in `known` is left out with their ties; somebody known of but not opened is drawn without a
    name, and what lies behind them is not. Siblings recorded beside parents in common add no tie of their own.
    """
    ties = [_tie(each, on) for each in relationships if each.person_id in known and each.other_id in known]
    steps = _steps(focus, ties, known)
    nearest = sorted(steps, key=lambda key: (steps[key], _birth(known[key]), key))
    drawn = set(nearest[:MOST])
    kept = [tie for tie in ties if {tie.first, tie.second} <= drawn and _is_drawn(tie, focus, known)]
    members = {key: Member(key, known[key], key == focus) for key in nearest if key in drawn}
    living = [Together(title, keys & drawn) for title, keys in households.values() if len(keys & drawn) > 1]
    return Network(focus, members, _without_what_parents_tell(kept), living, len(nearest) - len(drawn))


def _tie(row: Relationship, on: date) -> Tie:
    ended = row.ends_on is not None and row.ends_on < on
    return Tie(row.pk, row.person_id, row.other_id, RelationshipKind(row.kind), ended, row.confirmed)


def _birth(shown: Shown | None) -> date:
    return (shown.born_on or shown.expected_on or date.max) if shown else date.max


def _steps(focus: UUID, ties: Sequence[Tie], known: Mapping[UUID, Shown | None]) -> dict[UUID, int]:
    steps, waiting = {focus: 0}, deque([focus])
    while waiting:
        key = waiting.popleft()
        if known[key] is None:
            continue
        for tie in ties:
            if key in (tie.first, tie.second) and (tie.kind in FAMILY or key == focus):
                other = tie.other_than(key)
                if other not in steps:
                    steps[other] = steps[key] + 1
                    waiting.append(other)
    return steps


def _is_drawn(tie: Tie, focus: UUID, known: Mapping[UUID, Shown | None]) -> bool:
    """A tie between two people not shown tells only of them; one that is no family is drawn of the focus alone."""
    if known[tie.first] is None and known[tie.second] is None:
        return False
    return tie.kind in FAMILY or focus in (tie.first, tie.second)


def _without_what_parents_tell(ties: Sequence[Tie]) -> list[Tie]:
    parents: dict[UUID, set[UUID]] = {}
    for tie in ties:
        if tie.of_birth:
            parents.setdefault(tie.second, set()).add(tie.first)

    def said_twice(tie: Tie) -> bool:
        # Once for all: one tie a pair and kind; the same pair may have an ended and a running one.
        return tie.kind in SIBLINGS and bool(parents.get(tie.first, set()) & parents.get(tie.second, set()))

    return [tie for tie in ties if not said_twice(tie)]


def generations(network: Network) -> dict[UUID, int]:
    """Each person's generation: the focus at 0, those above negative. A circle of parents is cut where it is met.

    Whoever can be reached by birth and couples alone stands where those put them: a grandmother who is the guardian
    stays a grandmother.
    """
    level: dict[UUID, int] = {}
    waiting = [(0, 0, network.focus, 0)]
    order = 0
    while waiting:
        cost, _, key, row = heappop(waiting)
        if key in level:
            continue
        level[key] = row
        for tie in network.ties_of(key):
            order += 1
            down = ABOVE.get(tie.kind, 0)
            near = 1 if tie.of_birth else 2 if tie.couple else FAR
            heappush(waiting, (cost + near, order, tie.other_than(key), row + (down if key == tie.first else -down)))
    return level
