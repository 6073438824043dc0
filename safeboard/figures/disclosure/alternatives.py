"""Looks for a second set of numbers that fits everything shown: where there is one, a hidden cell cannot be worked out.

The search starts from the true numbers, changes one hidden cell, and mends the sums this breaks by changing others
within their bounds. What it finds is right by construction; what it does not find within its budget counts as none, so
that it can only ever hide too much.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from safeboard.figures.disclosure.knowledge import Bounds, Line, bounds_of, lines_of
from safeboard.figures.disclosure.publication import CellKey, Publication

Move = Mapping[CellKey, int]
"""By how much hidden cells differ from the truth in a second set of numbers that fits as well."""

STEPS: Final = (1, -1, 2, -2)
"""First changes to try. A step of two is needed where sums cross so that halves would be."""

BUDGET: Final = 400
"""Changes tried for one first step before giving up. Tables of a report need fewer than twenty."""


def another(publication: Publication, hidden: Collection[CellKey], key: CellKey) -> Move | None:
    """A way in which hidden cells, `key` among them, could differ from the truth with all that is shown the same."""
    puzzle = _Puzzle.of(publication, hidden)
    for step in STEPS:
        moves = puzzle.closed(key, step)
        if moves is not None:
            return moves
    return None


@dataclass(slots=True)
class _Puzzle:
    """The lines, the room every hidden cell has (down, up; None: any), and which lines a cell is in."""

    lines: Sequence[Line]
    room: Mapping[CellKey, Bounds]
    within: Mapping[CellKey, Sequence[int]]
    left: int = field(default=BUDGET)

    @classmethod
    def of(cls, publication: Publication, hidden: Collection[CellKey]) -> "_Puzzle":
        lines = tuple(lines_of(publication, hidden))
        within: dict[CellKey, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            for key in line.factors:
                within[key].append(number)
        return cls(lines, {key: _room(publication, key) for key in hidden}, within)

    def closed(self, key: CellKey, step: int) -> Move | None:
        """The moves that begin with this one and leave no line broken, or None."""
        self.left = BUDGET
        moves: dict[CellKey, int] = {}
        broken: dict[int, int] = {}
        if self._allows(key, step):
            self._move(moves, broken, key, step)
            if self._mend(moves, broken):
                return moves
        return None

    def _mend(self, moves: dict[CellKey, int], broken: dict[int, int]) -> bool:
        if not broken:
            return True
        tightest = min(broken, key=lambda number: (self._free(number, moves), number))
        for key, step in self._ways(tightest, moves, broken):
            if self.left == 0:
                return False
            self.left -= 1
            before = dict(broken)
            self._move(moves, broken, key, step)
            if self._mend(moves, broken):
                return True
            del moves[key]
            broken.clear()
            broken.update(before)
        return False

    def _free(self, number: int, moves: Move) -> int:
        return sum(key not in moves for key in self.lines[number].factors)

    def _ways(self, number: int, moves: Move, broken: Mapping[int, int]) -> list[tuple[CellKey, int]]:
        """Changes of one more cell that mend the line, wholly or by one, those that break least first."""
        ways = [
            (key, step)
            for key, factor in self.lines[number].factors.items()
            if key not in moves
            for step in _mending(broken[number], factor)
            if self._allows(key, step)
        ]
        return sorted(ways, key=lambda way: (self._broken_after(broken, *way), abs(way[1]), way))

    def _broken_after(self, broken: Mapping[int, int], key: CellKey, step: int) -> int:
        after = [broken.get(number, 0) + self.lines[number].factors[key] * step for number in self.within[key]]
        untouched = len(broken.keys() - set(self.within[key]))
        return untouched + sum(gap != 0 for gap in after)

    def _allows(self, key: CellKey, step: int) -> bool:
        down, up = self.room[key]
        return step >= down and (up is None or step <= up)

    def _move(self, moves: dict[CellKey, int], broken: dict[int, int], key: CellKey, step: int) -> None:
        moves[key] = step
        for number in self.within[key]:
            gap = broken.get(number, 0) + self.lines[number].factors[key] * step
            if gap:
                broken[number] = gap
            else:
                broken.pop(number, None)


def _mending(gap: int, factor: int) -> Iterator[int]:
    whole, rest = divmod(-gap, factor)
    if rest == 0:
        yield whole
    if rest or abs(whole) > 1:
        yield 1 if whole > 0 else -1


def _room(publication: Publication, key: CellKey) -> Bounds:
    least, greatest = bounds_of(publication, key, kinds_known=True)
    value = publication.cells[key]
    return least - value, None if greatest is None else greatest - value
