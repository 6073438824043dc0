"""Everything one publication prints, as numbers: counts, the sums that tie them together, and ratios of them.

A number that stands in two tables is one cell, so that it is hidden in both or in neither.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.numbers import PLACES, Unit

CellKey = tuple[str, ...]
"""A cell's name, the same wherever its number is printed. Order among keys settles every tie."""

SYMBOL: Final = "c"
"""What is printed in place of a hidden number, as in the department's tables (domain/indicators.md 1.1)."""


class Reason(StrEnum):
    """Why a number is hidden. It is never printed: which cells are small is itself worth knowing to a guesser."""

    SMALL = "small"
    TO_PROTECT = "hidden so that a small number cannot be worked out"
    SAID_BEFORE = "hidden, or changed by few, since an earlier publication"
    OF_A_HIDDEN_COUNT = "a rate or percentage of a hidden count"


@dataclass(frozen=True, slots=True)
class Equation:
    """Both sides, each added up, are equal, and a reader knows it."""

    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return (*self.left, *self.right)


def total_of(total: CellKey, parts: Collection[CellKey]) -> Equation:
    """The parts add up to the total."""
    return Equation((total,), tuple(parts))


@dataclass(frozen=True, slots=True)
class Ratio:
    """A printed rate or percentage of two cells, or of a cell over a number everyone knows (a population)."""

    numerator: CellKey
    denominator: CellKey | int
    unit: Unit
    places: int | None = None

    @property
    def decimals(self) -> int:
        return PLACES[self.unit] if self.places is None else self.places


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be published. Counts from 1 to `threshold` are small; 0 hides nothing, and a count of 0 is shown.

    `unprinted` are cells that stand nowhere but are as telling as a printed one: the two children in 135 whose reviews
    were late, where "133 of 135 on time" is printed. They are never shown and must not be worked out either. `also` are
    cells to be hidden whatever their number, because of what was published before.
    """

    threshold: int
    cells: Mapping[CellKey, int]
    equations: tuple[Equation, ...] = ()
    ratios: Mapping[CellKey, Ratio] = field(default_factory=dict)
    unprinted: frozenset[CellKey] = frozenset()
    also: frozenset[CellKey] = frozenset()

    def __post_init__(self) -> None:
        if self.threshold < 0 or self.threshold == 1:
            raise BadInput(_no_threshold(self.threshold))
        negative = [key for key, value in self.cells.items() if value < 0]
        if negative:
            raise ValueError(f"counts cannot be below 0: {negative}")
        wrong = [each for each in self.equations if self._sum(each.left) != self._sum(each.right)]
        if wrong:
            raise ValueError(f"these do not add up: {wrong}")

    def small(self, key: CellKey) -> bool:
        return 1 <= self.cells[key] <= self.threshold

    def _sum(self, side: Collection[CellKey]) -> int:
        return sum(self.cells[key] for key in side)


def _no_threshold(found: int) -> Problem:
    return Problem(
        message="Small numbers cannot be hidden so."
        if found < 0
        else "Hiding the number 1 alone would tell that every hidden number is 1.",
        remedy="Give the largest number to be hidden: 5 as the department does, or 0 to hide nothing.",
        element="threshold",
        found=str(found),
        expected="0, or 2 and more",
    )
