"""A figure as the reader of one publication may see it. Everything drawn, written or exported sees only these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from safeboard.figures.measures.figure import Figure
from safeboard.foundation.kernel.numbers import Unit, show
from safeboard.foundation.kernel.periods import Period

HIDDEN: Final = "hidden"
"""What is printed where a number is hidden so that no child can be recognised from it."""

NOT_COLLECTED: Final = "not collected"

NO_VALUE: Final = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure after disclosure control. Where `hidden`, the figure itself no longer holds any number.

    So nothing downstream can give away what it never had.
    """

    figure: Figure
    hidden: bool = False

    @property
    def measure(self) -> str:
        return self.figure.measure

    @property
    def period(self) -> Period:
        return self.figure.period

    @property
    def unit(self) -> Unit:
        return self.figure.unit

    @property
    def column(self) -> str:
        """The group's column, "" for the whole."""
        return (self.figure.group or "").partition("=")[0]

    @property
    def label(self) -> str:
        """The group's label, "" for the whole or where a group was not collected."""
        return (self.figure.group or "").partition("=")[2]

    @property
    def value(self) -> Fraction | None:
        return self.figure.value

    @property
    def known(self) -> bool:
        """Whether there is a value to show."""
        return self.figure.value is not None

    @property
    def shown(self) -> str:
        """The value as printed, or the word for why there is none."""
        return HIDDEN if self.hidden else self.figure.shown

    @property
    def numerator_shown(self) -> str:
        return self._whole_number(self.figure.numerator)

    @property
    def denominator_shown(self) -> str:
        return self._whole_number(self.figure.denominator)

    @property
    def children_shown(self) -> str:
        return self._whole_number(self.figure.children[0])

    def as_json(self) -> dict[str, object]:
        """The figure as `Figure.as_json` gives it, with `hidden`; a hidden one has no number in any field."""
        return {**self.figure.as_json(), "shown": self.shown, "hidden": self.hidden}

    def _whole_number(self, number: int | None) -> str:
        if self.hidden and number is None:
            return HIDDEN
        if not self.figure.collected:
            return NOT_COLLECTED
        return NO_VALUE if number is None else show(Fraction(number), Unit.COUNT)


@dataclass(frozen=True, slots=True)
class Cells:
    """All cells of one publication, found by measure, period and group."""

    all: Sequence[Cell]
    by_place: Mapping[tuple[str, Period, str | None], Cell]

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Cells":
        listed = tuple(cells)
        return cls(listed, {(cell.measure, cell.period, cell.figure.group): cell for cell in listed})

    def whole(self, measure: str, period: Period) -> Cell | None:
        """The measure's figure for the period, not split by any group; None if there is none."""
        return self.by_place.get((measure, period, None))

    def group(self, measure: str, period: Period, column: str) -> tuple[Cell, ...]:
        """The measure's cells for each label of a group, in order; a group not collected is one cell without label."""
        return tuple(cell for cell in self.all if (cell.measure, cell.period, cell.column) == (measure, period, column))

    def columns(self, measure: str) -> tuple[str, ...]:
        """The columns by which the measure is split, in order."""
        return tuple(dict.fromkeys(cell.column for cell in self.all if cell.measure == measure and cell.column))

    def periods(self, measure: str) -> tuple[Period, ...]:
        """The periods for which the measure's whole is here, oldest first."""
        return tuple(sorted(p for m, p, group in self.by_place if m == measure and group is None))


def blanked(figure: Figure) -> Figure:
    """The figure without any number."""
    return replace(figure, numerator=None, denominator=None, value=None, children=(None, None))
