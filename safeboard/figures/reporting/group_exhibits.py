"""The chart and table of a measure split by one group: this year beside last, and England where it is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from safeboard.figures.comparators.comparing import Comparator
from safeboard.figures.measures.definition import Group, Measure
from safeboard.figures.reporting.cells import HIDDEN, NO_VALUE, Cell, Cells
from safeboard.figures.reporting.charts import Bar, Drawing, groups_chart, months_chart
from safeboard.figures.reporting.comparing import england_by_label, time_of
from safeboard.figures.reporting.document import Exhibit, Table
from safeboard.figures.reporting.group_wording import MONTH, month_in_words
from safeboard.figures.reporting.wording import lowered, when
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

MOST_BARS: Final = 12
"""A chart with more groups than this shows the largest; its table shows all."""

MOST_ROWS: Final = 24
"""A table with more groups than this leaves out those with nothing in them in either year."""


def group_exhibit(
    cells: Cells, measure: Measure, column: str, period: Period, others: Iterable[Comparator] = ()
) -> Exhibit | None:
    """The measure split by one group; None where neither year has its labels."""
    both = (period, period.previous())
    years = {
        when(each, measure.moment): [cell for cell in cells.group(measure.id, each, column) if cell.label]
        for each in both
    }
    known = {name: listed for name, listed in years.items() if listed}
    if not known:
        return None
    split = _Split(
        measure=measure,
        group=next((each for each in measure.groups if each.column == column), Group(column, column)),
        years=known,
        wholes={when(each, measure.moment): cells.whole(measure.id, each) for each in both},
        england=england_by_label(others, column) if measure.unit is not Unit.COUNT else {},
    )
    return Exhibit(split.drawing(), split.table())


@dataclass(frozen=True, slots=True)
class _Split:
    """One measure by one group. `years` are the cells under the name of their time, this year's first."""

    measure: Measure
    group: Group
    years: Mapping[str, Sequence[Cell]]
    wholes: Mapping[str, Cell | None]
    england: Mapping[str, Comparator]

    @property
    def title(self) -> str:
        said = self.measure.title
        return said if ", by " in said else f"{said}, by {lowered(self.group.title)}"

    @property
    def labels(self) -> list[str]:
        return list(dict.fromkeys(_label(cell) for listed in self.years.values() for cell in listed))

    @property
    def england_title(self) -> str:
        """`England, 31 March 2008`, "" where nothing is known of England."""
        first = next(iter(self.england.values()), None)
        return f"England, {time_of(first, self.measure.moment)}" if first else ""

    def drawing(self) -> Drawing | None:
        if not any(cell.known for listed in self.years.values() for cell in listed):
            return None
        if self.group.column == MONTH:
            return months_chart(self.title, {name: _month_bars(listed) for name, listed in self.years.items()})
        labels = self._drawn()
        bars = {
            name: [Bar(cell.label, _size(cell.value), _bar_text(cell)) for cell in listed if cell.label in labels]
            for name, listed in self.years.items()
        }
        beside = [
            Bar(label, _size(other.value), other.shown) for label, other in self.england.items() if label in labels
        ]
        kept = f" (the {MOST_BARS} largest)" if len(labels) < len(self.labels) else ""
        return groups_chart(f"{self.title}{kept}", bars, self.england_title, beside)

    def _drawn(self) -> set[str]:
        """The labels in the chart: all; of many, the largest this year."""
        labels = self.labels
        if len(labels) <= MOST_BARS:
            return set(labels)
        newest = next(iter(self.years.values()))
        ranked = sorted(newest, key=lambda cell: (-(cell.value or 0), labels.index(cell.label)))
        return {cell.label for cell in ranked[:MOST_BARS]}

    def table(self) -> Table:
        heads = [self.group.title]
        for name in self.years:
            heads += self._heads(name)
        heads += [self.england_title] if self.england else []
        labels = self._listed()
        left_out = len(self.labels) - len(labels)
        caption = f"{self.title} ({left_out} groups with none left out)" if left_out else self.title
        rows = (*(self._row(label) for label in labels), *self._total())
        return Table(caption, tuple(heads), rows, numeric=tuple(range(1, len(heads))))

    def _listed(self) -> list[str]:
        if len(self.labels) <= MOST_ROWS:
            return self.labels
        empty = {_label(cell) for listed in self.years.values() for cell in listed if cell.figure.numerator == 0}
        filled = {_label(cell) for listed in self.years.values() for cell in listed if cell.figure.numerator != 0}
        return [label for label in self.labels if label not in empty - filled]

    def _heads(self, name: str) -> list[str]:
        if self.measure.unit is Unit.COUNT:
            return [name]
        value = "per cent" if self.measure.unit is Unit.PERCENT else "per 10,000"
        return [name, value] if self.group.share else [name, "of", value]

    def _row(self, label: str) -> tuple[str, ...]:
        row = [label]
        for listed in self.years.values():
            found = next((cell for cell in listed if _label(cell) == label), None)
            row += self._numbers(found) if found else [NO_VALUE] * len(self._heads(""))
        if self.england:
            row.append(self.england[label].shown if label in self.england else NO_VALUE)
        return tuple(row)

    def _numbers(self, cell: Cell) -> list[str]:
        if self.measure.unit is Unit.COUNT:
            return [cell.shown]
        base = [] if self.group.share else [cell.denominator_shown]
        return [cell.numerator_shown, *base, cell.shown]

    def _total(self) -> list[tuple[str, ...]]:
        """What the groups are parts of, as the last row; none where every group has a base of its own."""
        if not (self.measure.unit is Unit.COUNT or self.group.share):
            return []
        row = ["All"]
        for name, listed in self.years.items():
            whole = self.wholes.get(name)
            if self.measure.unit is Unit.COUNT:
                row.append(whole.shown if whole else NO_VALUE)
            else:
                row += [listed[0].denominator_shown, ""]
        return [(*row, "") if self.england else tuple(row)]


def _month_bars(listed: Sequence[Cell]) -> list[Bar]:
    return [Bar(_label(cell)[:3], _size(cell.value), cell.shown) for cell in listed]


def _label(cell: Cell) -> str:
    """The label as a row of two years can carry it: a month without its year."""
    return month_in_words(cell.label).split(" ", 1)[0] if cell.column == MONTH else cell.label


def _bar_text(cell: Cell) -> str:
    if cell.hidden or cell.unit is Unit.COUNT:
        return HIDDEN if cell.hidden else cell.shown
    return f"{cell.numerator_shown} ({cell.shown})"


def _size(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
