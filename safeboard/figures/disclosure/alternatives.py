"""Finds a second set of numbers that fits everything shown, at the least cost in numbers that must be hidden for it.

Where hidden cells can differ from the truth with all that is shown the same, none of them can be worked out. The search
starts from the true numbers, changes one hidden cell, and mends the sums this breaks by changing others within their
bounds: hidden ones for nothing, shown ones at the price of hiding them. What it finds is right by construction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Final

from safeboard.figures.disclosure.knowledge import Bounds, Line, bounds_of, lines_of
from safeboard.figures.disclosure.publication import CellKey, Publication

Move = Mapping[CellKey, int]
"""By how much cells differ from the truth in a second set of numbers that fits as well."""

STEPS: Final = (1, -1, 2, -2)
"""First changes to try. A step of two is needed where sums cross so that halves would be."""

BUDGET: Final = 600
"""Half-mended sets looked at for the cheapest before taking any. Tables of a report need some tens."""

HASTY_BUDGET: Final = 2000
"""Half-mended sets looked at for any before giving up."""


@dataclass(frozen=True, slots=True)
class _State:
    """Changes made so far and the lines they leave broken, each with the gap to be mended."""

    moves: Mapping[CellKey, int]
    broken: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A publication's equations as lines, the room every cell has (down, up; None: any), and which lines it is in.

    The room is that of a hidden cell; a cell that is shown would be hidden to move.
    """

    publication: Publication
    lines: Sequence[Line]
    room: Mapping[CellKey, Bounds]
    within: Mapping[CellKey, Sequence[int]]

    @classmethod
    def of(cls, publication: Publication) -> "Alternatives":
        """What can be searched in a publication. Cells that are 0 are shown in any case and never change."""
        free = {key for key, value in publication.cells.items() if value > 0}
        lines = with_differences(tuple(lines_of(publication, free)))
        within: dict[CellKey, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            for key in line.factors:
                within[key].append(number)
        return cls(publication, lines, {key: _room(publication, key) for key in free}, within)

    def cheapest(self, hidden: Collection[CellKey], key: CellKey) -> Move | None:
        """How cells could differ from the truth, the hidden cell `key` among them, with the least hidden in addition.

        The price of a shown cell is its number, so that of one sum the next smallest is taken, as the department does
        (domain/published-figures.md, point 4), and a total only where its parts cost more. Where the cheapest is not
        found within the budget, any is taken. None where nothing fits, or nothing was found.
        """
        search = _Search(self, {each: 0 if each in hidden else self.publication.cells[each] for each in self.room})
        return search.solved(key, hasty=False) or search.solved(key, hasty=True)

    def allows(self, key: CellKey, step: int) -> bool:
        """Whether the cell can differ from the truth by so much."""
        down, up = self.room[key]
        return step >= down and (up is None or step <= up)


@dataclass(slots=True)
class _Search:
    """One search, with the price of moving each cell. `ordered` keeps the cells of a line, the cheapest first."""

    known: Alternatives
    price: Mapping[CellKey, int]
    ordered: dict[int, Sequence[CellKey]] = field(default_factory=dict)

    def solved(self, key: CellKey, *, hasty: bool) -> Move | None:
        """Changes that begin with this cell and leave no line broken: the cheapest, or in haste the first.

        Of equals, those with the fewest lines left to mend, then those found first: the answer is always the same.
        """
        queue: list[tuple[int, int, int, int, _State]] = []
        order = count()

        def consider(state: _State, paid: int) -> None:
            more = self._at_least(state)
            if more is not None:
                first, second = len(state.broken), paid + more
                heappush(queue, (*((first, second) if hasty else (second, first)), next(order), paid, state))

        for step in STEPS:
            if self.known.allows(key, step):
                consider(self._after(_State({}, {}), key, step), 0)
        for _ in range(HASTY_BUDGET if hasty else BUDGET):
            if not queue:
                return None
            *_, spent, state = heappop(queue)
            if not state.broken:
                return state.moves
            for chosen, step in self._ways(state):
                consider(self._after(state, chosen, step), spent + self.price[chosen])
        return None

    def _ways(self, state: _State) -> list[tuple[CellKey, int]]:
        """The changes of one more cell that mend, wholly or by one, the broken line with the fewest of them."""
        return min((list(self._mending(number, state)) for number in sorted(state.broken)), key=len)

    def _mending(self, number: int, state: _State) -> Iterator[tuple[CellKey, int]]:
        """Ways to mend one line, the cheapest first."""
        factors, gap = self.known.lines[number].factors, state.broken[number]
        if number not in self.ordered:
            self.ordered[number] = sorted(factors, key=lambda key: (self.price[key], key))
        for key in self.ordered[number]:
            if key not in state.moves:
                yield from ((key, step) for step in _steps(gap, factors[key]) if self.known.allows(key, step))

    def _at_least(self, state: _State) -> int | None:
        """What mending the dearest of the broken lines costs at least; None where one of them cannot be mended."""
        dearest = 0
        for number in state.broken:
            cheapest = next(self._mending(number, state), None)
            if cheapest is None:
                return None
            dearest = max(dearest, self.price[cheapest[0]])
        return dearest

    def _after(self, state: _State, key: CellKey, step: int) -> _State:
        broken = dict(state.broken)
        for number in self.known.within.get(key, ()):
            broken[number] = broken.get(number, 0) + self.known.lines[number].factors[key] * step
        return _State({**state.moves, key: step}, {number: gap for number, gap in broken.items() if gap})


def _steps(gap: int, factor: int) -> Iterator[int]:
    whole, rest = divmod(-gap, factor)
    if rest == 0:
        yield whole
    if rest or abs(whole) > 1:
        yield 1 if whole > 0 else -1


def with_differences(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines and, where two have most of their cells in common, what is left of one without the other.

    They say nothing new, but say at once what costs a long search else: the whole and the sum of the known groups
    differ by those not known.
    """
    found = {_cells(line): line for line in lines}
    waiting = list(found.values())
    while waiting:
        line = waiting.pop()
        for other in list(found.values()):
            shorter = _difference(line, other)
            if shorter is not None and _cells(shorter) not in found:
                found[_cells(shorter)] = shorter
                waiting.append(shorter)
    return tuple(found.values())


def _cells(line: Line) -> frozenset[tuple[CellKey, int]]:
    return frozenset(line.factors.items())


def _difference(line: Line, other: Line) -> Line | None:
    """One line without the other, if that has fewer cells than either."""
    common = line.factors.keys() & other.factors.keys()
    if 2 * len(common) <= max(len(line.factors), len(other.factors)):
        return None
    turned = 1 if line.factors[min(common)] == other.factors[min(common)] else -1
    both = line.factors.keys() | other.factors.keys()
    left = {key: line.factors.get(key, 0) - turned * other.factors.get(key, 0) for key in sorted(both)}
    factors = {key: factor for key, factor in left.items() if factor}
    shorter = 0 < len(factors) < min(len(line.factors), len(other.factors))
    return Line(factors, line.constant - turned * other.constant) if shorter else None


def _room(publication: Publication, key: CellKey) -> Bounds:
    least, greatest = bounds_of(publication, key, kinds_known=True)
    value = publication.cells[key]
    return least - value, None if greatest is None else greatest - value
