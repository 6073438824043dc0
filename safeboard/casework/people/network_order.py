"""Where each of a family stands: rows by generation, couples side by side, siblings by age under their parents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final
from uuid import UUID

from safeboard.casework.people.codes import RelationshipKind
from safeboard.casework.people.network import Network, Tie, generations

PITCH: Final = 92.0
"""From one person's middle to the next, in units of the picture: a label is at most 84 wide."""

APART: Final = 20.0
"""More between two who are no couple."""

ROUNDS: Final = 24

Pair = tuple[UUID, ...]
"""One or two people, the lower key first."""


@dataclass(frozen=True, slots=True)
class Union:
    """One or two people with the children that hang from them: by birth or adoption, or in their `care`."""

    parents: Pair
    couple: tuple[Tie, ...] = ()
    children: tuple[UUID, ...] = ()
    ties: Mapping[UUID, tuple[Tie, ...]] = field(default_factory=dict)
    care: bool = False


def unions_of(network: Network, level: Mapping[UUID, int]) -> list[Union]:
    """Parents with the children they share, couples without any, and carers with theirs."""
    couples: dict[Pair, list[Tie]] = {}
    of_child: dict[UUID, list[Tie]] = {}
    for tie in network.ties:
        if tie.couple and level[tie.first] == level[tie.second]:
            couples.setdefault(_pair(tie.first, tie.second), []).append(tie)
        if tie.parental and level[tie.second] == level[tie.first] + 1:
            of_child.setdefault(tie.second, []).append(tie)
    together: dict[tuple[Pair, bool], dict[UUID, tuple[Tie, ...]]] = {}
    for child, ties in of_child.items():
        for parents, care, theirs in _by_parents(ties, couples):
            together.setdefault((parents, care), {})[child] = theirs

    def by_age(children: Iterable[UUID]) -> tuple[UUID, ...]:
        return tuple(sorted(children, key=lambda key: network.members[key].eldest_first))

    names = sorted({*together, *((pair, False) for pair in couples)})
    return [
        Union(
            parents,
            () if care else tuple(couples.get(parents, ())),
            by_age(together.get((parents, care), {})),
            together.get((parents, care), {}),
            care,
        )
        for parents, care in names
    ]


def _pair(*people: UUID) -> Pair:
    return tuple(sorted(set(people)))


def _by_parents(ties: Sequence[Tie], couples: Mapping[Pair, object]) -> Iterator[tuple[Pair, bool, tuple[Tie, ...]]]:
    """The ties of one child to those above, parents who belong together in one: (parents, whether care, ties)."""
    kinds: dict[RelationshipKind, list[Tie]] = {}
    for tie in ties:
        kinds.setdefault(tie.kind, []).append(tie)
    birth, adoptive = kinds.pop(RelationshipKind.PARENT, []), kinds.pop(RelationshipKind.ADOPTIVE_PARENT, [])
    if len(birth) == len(adoptive) == 1:  # adopted by the partner of a parent
        birth, adoptive = [*birth, *adoptive], []
    for group in (birth, adoptive):
        if group:
            pair = _pair(*(tie.first for tie in group[:2]))
            yield pair, False, tuple(tie for tie in group if tie.first in pair)
            kinds.setdefault(RelationshipKind.PARENT, []).extend(tie for tie in group if tie.first not in pair)
    for group in kinds.values():
        pair = _pair(*(tie.first for tie in group))
        if pair in couples:
            yield pair, True, tuple(group)
            continue
        for tie in group:
            yield (tie.first,), True, (tie,)


@dataclass
class Cluster:
    """People of one row joined by unions, in order. `anchor` is the union that the first of blood is a child of."""

    people: list[UUID]
    anchor: Union | None
    primary: UUID
    at: float = 0.0

    @property
    def width(self) -> float:
        return PITCH * (len(self.people) - 1)

    def x(self, key: UUID) -> float:
        return self.at - self.width / 2 + PITCH * self.people.index(key)


@dataclass(frozen=True)
class Standing:
    """Rows from the oldest generation down, each from left to right, and each person's place across."""

    rows: list[list[UUID]]
    unions: list[Union]
    level: Mapping[UUID, int]
    x: Mapping[UUID, float]


def stand(network: Network) -> Standing:
    """Order the rows and find everybody's place. The same family always stands the same way."""
    level = generations(network)
    unions = unions_of(network, level)
    anchors = {child: union for union in unions if not union.care for child in union.children}
    rows = [
        _clusters(network, [key for key in network.members if level[key] == row], unions, anchors)
        for row in sorted(set(level.values()))
    ]
    place = _Placing(network, rows, unions)
    best, kept = place.cost(), place.snapshot()
    for number in range(ROUNDS):
        place.order()
        place.spread()
        if number == 0 or place.cost() < best - 1e-6:
            best, kept = place.cost(), place.snapshot()
    left = min(x for row in kept for _, x in row)
    x = {key: at - left for row in kept for key, at in row}
    return Standing([[key for key, _ in row] for row in kept], unions, level, x)


def _clusters(
    network: Network, people: Sequence[UUID], unions: Sequence[Union], anchors: Mapping[UUID, Union]
) -> list[Cluster]:
    here = set(people)
    beside: dict[UUID, list[UUID]] = {key: [] for key in people}
    for union in unions:
        if len(union.parents) == 2 and set(union.parents) <= here:
            one, other = union.parents
            beside[one].append(other)
            beside[other].append(one)
    made, done = [], set()
    for key in people:  # nearest to the focus first: the first met is of its blood
        if key not in done:
            order = _line(network, key, beside)
            done |= set(order)
            primary = next((each for each in people if each in order and each in anchors), key)
            made.append(Cluster(order, anchors.get(primary), primary))
    return made


def _line(network: Network, start: UUID, beside: Mapping[UUID, Sequence[UUID]]) -> list[UUID]:
    """A person in the middle of their partners, the partners' other partners further out."""
    group, waiting = {start}, [start]
    while waiting:
        for other in beside[waiting.pop()]:
            if other not in group:
                group.add(other)
                waiting.append(other)
    middle = max(sorted(group), key=lambda key: (len(beside[key]), key == start))
    done = {middle}

    def outward(key: UUID) -> list[UUID]:
        done.add(key)
        further = [other for other in sorted(beside[key]) if other not in done]
        return [key, *(each for other in further if other not in done for each in outward(other))]

    arms = [outward(other) for other in _in_order(network, middle, beside[middle]) if other not in done]
    left = arms[: -(-len(arms) // 2)] if len(arms) > 1 else (arms if _stands_right(network, middle, arms) else [])
    right = arms[len(left) :]
    return [
        *(each for arm in reversed(left) for each in reversed(arm)),
        middle,
        *(each for arm in right for each in arm),
    ]


def _in_order(network: Network, key: UUID, partners: Sequence[UUID]) -> list[UUID]:
    """Earlier partners first: those whose tie has ended, then by the eldest child."""

    def over(other: UUID) -> tuple[bool, tuple[date, str, UUID], UUID]:
        ties = [tie for tie in network.ties_of(key) if tie.couple and tie.other_than(key) == other]
        below = [tie.second for tie in network.ties_of(other) if tie.parental and tie.first == other]
        children = [network.members[key] for key in below]
        eldest = min((child.eldest_first for child in children), default=(date.max, "", other))
        return (not (ties and all(tie.ended for tie in ties)), eldest, other)

    return sorted(partners, key=over)


def _stands_right(network: Network, key: UUID, arms: Sequence[Sequence[UUID]]) -> bool:
    """Of a couple the man stands left, by custom."""
    other = network.members[arms[0][0]].shown if arms else None
    mine = network.members[key].shown
    return bool(other and mine and (other.sex == "M" or mine.sex == "F") and mine.sex != "M")


class _Placing:
    """Rows being ordered and spread, round by round."""

    def __init__(self, network: Network, rows: list[list[Cluster]], unions: list[Union]) -> None:
        self.network, self.rows, self.unions = network, rows, unions
        self.of = {key: cluster for row in rows for cluster in row for key in cluster.people}
        for row in rows:
            _pack(row)

    def snapshot(self) -> list[list[tuple[UUID, float]]]:
        """The rows as they are now, each from left to right."""
        return [[(key, self.x(key)) for cluster in row for key in cluster.people] for row in self.rows]

    def x(self, key: UUID) -> float:
        return self.of[key].x(key)

    def drop(self, union: Union) -> float:
        return sum(self.x(key) for key in union.parents) / len(union.parents)

    def order(self) -> None:
        """Under each union its children by age; who has no parents here, over or beside those they belong to."""
        for row in self.rows:
            blocks: dict[int, list[Cluster]] = {}
            for cluster in row:
                blocks.setdefault(id(cluster.anchor or cluster), []).append(cluster)
            for block in blocks.values():
                block.sort(key=lambda each: self.network.members[each.primary].eldest_first)
            keys = {name: self._wanted(block) for name, block in blocks.items()}
            row[:] = [each for name in sorted(blocks, key=lambda name: keys[name]) for each in blocks[name]]
            _pack(row)
            for cluster in row:
                self._turn(cluster)

    def _wanted(self, block: Sequence[Cluster]) -> tuple[float, UUID]:
        anchor = block[0].anchor
        if anchor:
            return (self.drop(anchor), block[0].primary)
        return (self._over(block[0]), block[0].primary)

    def _over(self, cluster: Cluster) -> float:
        """Where a cluster would stand for its children's sake, or for those it is tied to in another way."""
        near = [self.x(child) for union in self._of(cluster) for child in union.children]
        if not near:
            near = [
                self.x(tie.other_than(key))
                for key in cluster.people
                for tie in self.network.ties_of(key)
                if tie.other_than(key) not in cluster.people
            ]
        return sum(near) / len(near) if near else cluster.at

    def _of(self, cluster: Cluster) -> list[Union]:
        return [union for union in self.unions if union.children and set(union.parents) <= set(cluster.people)]

    def _turn(self, cluster: Cluster) -> None:
        """Whose parents stand further left, stands left."""
        if len(cluster.people) < 2:
            return
        before = self._strain(cluster)
        cluster.people.reverse()
        if self._strain(cluster) >= before - 1e-6:
            cluster.people.reverse()

    def _strain(self, cluster: Cluster) -> float:
        born = [union for union in self.unions if not union.care and set(union.children) & set(cluster.people)]
        up = sum(abs(self.x(c) - self.drop(u)) for u in born for c in u.children if c in cluster.people)
        return up + sum(abs(self.x(c) - self.drop(u)) for u in self._of(cluster) for c in u.children)

    def spread(self) -> None:
        """Children towards the middle under their parents, parents over their children, nobody over another."""
        for _ in range(8):
            for row in self.rows:
                _settle(row, self._under_parents(row))
            for row in reversed(self.rows):
                _settle(row, [self._over_children(cluster) for cluster in row])

    def _under_parents(self, row: Sequence[Cluster]) -> list[float]:
        wanted = [cluster.at for cluster in row]
        for union in {id(cluster.anchor): cluster.anchor for cluster in row if cluster.anchor}.values():
            places = [place for place, cluster in enumerate(row) if cluster.anchor is union]
            middle = sum(row[place].x(row[place].primary) for place in places) / len(places)
            for place in places:
                wanted[place] += self.drop(union) - middle
        return wanted

    def _over_children(self, cluster: Cluster) -> float:
        unions = self._of(cluster)
        # Foster children stand under their own parents: they move their carers only where those have none else.
        unions = [union for union in unions if not union.care] or unions
        moves = [
            (min(self.x(c) for c in union.children) + max(self.x(c) for c in union.children)) / 2 - self.drop(union)
            for union in unions
        ]
        return cluster.at + (sum(moves) / len(moves) if moves else 0)

    def cost(self) -> float:
        """Crossings weigh most, then how far lines run sideways."""
        lines = [(self.drop(union), self.x(child), union) for union in self.unions for child in union.children]
        by_row: dict[int, list[tuple[float, float]]] = {}
        for start, end, union in lines:
            by_row.setdefault(id(self._row_of(union)), []).append((start, end))
        crossings = sum(
            (a[0] - b[0]) * (a[1] - b[1]) < -1e-6
            for pairs in by_row.values()
            for place, a in enumerate(pairs)
            for b in pairs[place + 1 :]
        )
        return crossings * 1_000 + sum(abs(start - end) for start, end, _ in lines)

    def _row_of(self, union: Union) -> list[Cluster]:
        return next(row for row in self.rows if self.of[union.parents[0]] in row)


def _gap(left: Cluster, right: Cluster) -> float:
    return (left.width + right.width) / 2 + PITCH + APART


def _pack(row: Sequence[Cluster]) -> None:
    if row:
        row[0].at = row[0].width / 2
    for left, right in pairwise(row):
        right.at = left.at + _gap(left, right)


def _settle(row: Sequence[Cluster], wanted: Sequence[float]) -> None:
    """Each as near to where it is wanted as the others allow, in the same order (pool adjacent violators)."""
    if not row:
        return
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + _gap(left, right))
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, many = pools.pop()
            total, count = total + before, count + many
        pools.append((total, count))
    place = 0
    for total, count in pools:
        for _ in range(count):
            row[place].at = total / count + offsets[place]
            place += 1
