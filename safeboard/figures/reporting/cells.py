"""A figure as the reader of one publication may see it. Everything drawn, written or exported sees only these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from safeboard.figures.disclosure.figures import ProtectedFigure
from safeboard.figures.disclosure.publication import SYMBOL
from safeboard.foundation.kernel.numbers import Unit, show
from safeboard.foundation.kernel.periods import Period

HIDDEN: Final = "hidden"
"""What is printed where a number is hidden so that no child can be recognised from it."""

NOT_COLLECTED: Final = "not collected"

NO_VALUE: Final = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure after disclosure control. What is hidden is not in it, so nothing downstream can give it away."""

    figure: ProtectedFigure

    @property
    def hidden(self) -> bool:
        """Whether the value may not be shown."""
        return self.figure.hidden

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
        return self._printed(self.figure.numerator_shown)

    @property
    def denominator_shown(self) -> str:
        return self._printed(self.figure.denominator_shown)

    @property
    def children_shown(self) -> str:
        """The distinct children in the numerator; hidden ones and such as there are none of read alike."""
        number = self.figure.children[0]
        return NO_VALUE if number is None else show(Fraction(number), Unit.COUNT)

    def as_json(self) -> dict[str, object]:
        """The figure as a JSON object; what is hidden is null, and its text says so."""
        return {**self.figure.as_json(), "shown": self.shown}

    def _printed(self, text: str) -> str:
        if text == SYMBOL:
            return HIDDEN
        return text if self.figure.collected else NOT_COLLECTED


@dataclass(frozen=True, slots=True)
class Cells:
    """All cells of one publication, found by measure, period and group."""

    all: Sequence[Cell]
    wholes: Mapping[tuple[str, Period], Cell]
    splits: Mapping[tuple[str, Period, str], Sequence[Cell]]

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Cells":
        listed = tuple(cells)
        wholes: dict[tuple[str, Period], Cell] = {}
        splits: dict[tuple[str, Period, str], list[Cell]] = {}
        for cell in listed:
            if cell.column:
                splits.setdefault((cell.measure, cell.period, cell.column), []).append(cell)
            else:
                wholes[cell.measure, cell.period] = cell
        return cls(listed, wholes, splits)

    def whole(self, measure: str, period: Period) -> Cell | None:
        """The measure's figure for the period, not split by any group; None if there is none."""
        return self.wholes.get((measure, period))

    def group(self, measure: str, period: Period, column: str) -> tuple[Cell, ...]:
        """The measure's cells for each label of a group, in order; a group not collected is one cell without label."""
        return tuple(self.splits.get((measure, period, column), ()))

    def columns(self, measure: str) -> tuple[str, ...]:
        """The columns by which the measure is split, in order."""
        return tuple(dict.fromkeys(column for split, _, column in self.splits if split == measure))

    def periods(self, measure: str) -> tuple[Period, ...]:
        """The periods for which the measure's whole is here, oldest first."""
        return tuple(sorted(period for whole, period in self.wholes if whole == measure))
