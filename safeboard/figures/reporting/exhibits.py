"""The chart of a measure, and beside it the table of the same numbers."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from safeboard.figures.comparators.comparing import Comparator
from safeboard.figures.measures.definition import Counting, Measure
from safeboard.figures.reporting.cells import HIDDEN, Cell, Cells
from safeboard.figures.reporting.charts import Bar, groups_chart, years_chart
from safeboard.figures.reporting.comparing import dated, time_of
from safeboard.figures.reporting.document import Exhibit, Table
from safeboard.figures.reporting.wording import when
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period


def years_exhibit(area: str, measure: Measure, series: Sequence[Cell], others: Sequence[Comparator]) -> Exhibit:
    """The area's years, newest first, and the comparators. `series` is oldest first."""
    newest = [cell for cell in reversed(series) if cell.figure.collected]
    own = [Bar(when(cell.period, measure.moment), _size(cell.value), cell.shown) for cell in newest]
    beside = [Bar(dated(other, measure.moment), _size(other.value), other.shown) for other in others]
    # One bar alone, or nothing but zeros, shows no more than the number itself.
    worth_drawing = len(own) + len(beside) > 1 and any(bar.size for bar in (*own, *beside))
    drawing = years_chart(measure.title, own, beside) if worth_drawing else None
    return Exhibit(drawing, _years_table(area, measure, newest, others))


def _years_table(area: str, measure: Measure, newest: Sequence[Cell], others: Sequence[Comparator]) -> Table:
    if measure.unit is Unit.COUNT:
        return _counts_table(measure, newest)
    of = "Population" if measure.against_population else "Of"
    value = "Per cent" if measure.unit is Unit.PERCENT else "Per 10,000"
    own = [
        (area, when(cell.period, measure.moment), cell.numerator_shown, cell.denominator_shown, cell.shown)
        for cell in newest
    ]
    beside = [(other.name, time_of(other, measure.moment), "–", "–", other.shown) for other in others]
    return Table(measure.title, ("Where", "When", "Number", of, value), (*own, *beside), numeric=(2, 3, 4))


def _counts_table(measure: Measure, newest: Sequence[Cell]) -> Table:
    with_children = any(children_differ(measure, cell) for cell in newest)
    rows = tuple(
        (when(cell.period, measure.moment), cell.shown, *((cell.children_shown,) if with_children else ()))
        for cell in newest
    )
    heads = ("When", "Number", *(("Different children",) if with_children else ()))
    return Table(measure.title, heads, rows, numeric=tuple(range(1, len(heads))))


def children_differ(measure: Measure, cell: Cell) -> bool:
    """Whether fewer children than counted things stand behind the number, which a reader must be told."""
    children = cell.figure.children[0]
    return measure.counting is Counting.OCCASIONS and children is not None and children != cell.figure.numerator


def funnel_exhibit(measures: Sequence[Measure], cells: Cells, period: Period) -> Exhibit | None:
    """Every stage's number, and its share of the stage before. The first stage is the base of the first ratio."""
    years = {each.label: _stages(measures, cells, each) for each in (period, period.previous())}
    known = {name: bars for name, bars in years.items() if bars}
    if not known:
        return None
    title = "From referral to plan, by stage"
    rows = tuple(
        (label, *(bars[position].text for bars in known.values()))
        for position, label in enumerate(bar.label for bar in next(iter(known.values())))
    )
    table = Table(title, ("Stage", *known), rows, numeric=tuple(range(1, 1 + len(known))))
    return Exhibit(groups_chart(title, known), table)


STAGES: Final = ("Referrals", "Assessments", "Section 47 enquiries", "Initial conferences", "Plans started")


def _stages(measures: Sequence[Measure], cells: Cells, period: Period) -> list[Bar]:
    """One bar a stage, or none where any of the ratios is unknown: a funnel with a stage missing would mislead."""
    ratios = [cells.whole(measure.id, period) for measure in measures]
    if len(ratios) != len(STAGES) - 1 or any(cell is None or not (cell.known or cell.hidden) for cell in ratios):
        return []
    found = [cell for cell in ratios if cell is not None]
    first = found[0]
    bars = [Bar(STAGES[0], _whole(first.figure.denominator), first.denominator_shown)]
    for stage, cell in zip(STAGES[1:], found, strict=True):
        text = HIDDEN if cell.hidden else f"{cell.numerator_shown} ({cell.shown})"
        bars.append(Bar(stage, _whole(cell.figure.numerator), text))
    return bars


def _whole(number: int | None) -> float | None:
    return None if number is None else float(number)


def _size(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
