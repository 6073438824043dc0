"""The chart of a measure, and beside it the table of the same numbers."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from safeboard.figures.measures.definition import Counting, Group, Measure
from safeboard.figures.reporting.cells import HIDDEN, Cell, Cells
from safeboard.figures.reporting.charts import Bar, Drawing, groups_chart, months_chart, years_chart
from safeboard.figures.reporting.comparing import label, shown, time_of
from safeboard.figures.reporting.document import Exhibit, Table
from safeboard.figures.reporting.group_wording import MONTH, month_in_words
from safeboard.figures.reporting.report_input import Other
from safeboard.figures.reporting.wording import lowered, when
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

MOST_BARS: Final = 12
"""A chart with more groups than this shows the largest; its table shows all."""


def years_exhibit(area: str, measure: Measure, series: Sequence[Cell], others: Sequence[Other]) -> Exhibit:
    """The area's years, newest first, and the comparators. `series` is oldest first."""
    newest = [cell for cell in reversed(series) if cell.figure.collected]
    own = [Bar(when(cell.period, measure.moment), _size(cell.value), cell.shown) for cell in newest]
    beside = [Bar(_dated(other, measure), _size(other.value), shown(other)) for other in others]
    drawing = years_chart(measure.title, own, beside) if any(bar.size is not None for bar in own) else None
    return Exhibit(drawing, _years_table(area, measure, newest, others))


def _dated(other: Other, measure: Measure) -> str:
    return f"{label(other)}, {time_of(other, measure.moment)}"


def _years_table(area: str, measure: Measure, newest: Sequence[Cell], others: Sequence[Other]) -> Table:
    if measure.unit is Unit.COUNT:
        return _counts_table(measure, newest)
    of = "Population" if measure.against_population else "Of"
    value = "Per cent" if measure.unit is Unit.PERCENT else "Per 10,000"
    own = [
        (area, when(cell.period, measure.moment), cell.numerator_shown, cell.denominator_shown, cell.shown)
        for cell in newest
    ]
    beside = [(label(other), time_of(other, measure.moment), "–", "–", shown(other)) for other in others]
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


def group_exhibit(cells: Cells, measure: Measure, column: str, period: Period) -> Exhibit | None:
    """The measure split by one group, this year beside last; None where neither year has its labels."""
    years = {
        when(each, measure.moment): [cell for cell in cells.group(measure.id, each, column) if cell.label]
        for each in (period, period.previous())
    }
    known = {name: listed for name, listed in years.items() if listed}
    if not known:
        return None
    group = next((each for each in measure.groups if each.column == column), Group(column, column))
    wholes = {when(each, measure.moment): cells.whole(measure.id, each) for each in (period, period.previous())}
    return Exhibit(_group_drawing(measure, group, known), _group_table(measure, group, known, wholes))


def _group_drawing(measure: Measure, group: Group, years: Mapping[str, Sequence[Cell]]) -> Drawing | None:
    title = f"{measure.title}, by {lowered(group.title)}"
    if not any(cell.known for listed in years.values() for cell in listed):
        return None
    if group.column == MONTH:
        return _months(title, years)
    labels = _drawn_labels(years)
    bars = {
        name: [Bar(cell.label, _size(cell.value), _bar_text(cell)) for cell in listed if cell.label in labels]
        for name, listed in years.items()
    }
    kept = f" (the {MOST_BARS} largest)" if len(labels) < len(_labels(years)) else ""
    return groups_chart(f"{title}{kept}", bars)


def _months(title: str, years: Mapping[str, Sequence[Cell]]) -> Drawing:
    return months_chart(
        title,
        {
            name: [Bar(_label(cell)[:3], _size(cell.value), cell.shown) for cell in listed]
            for name, listed in years.items()
        },
    )


def _labels(years: Mapping[str, Sequence[Cell]]) -> list[str]:
    return list(dict.fromkeys(_label(cell) for listed in years.values() for cell in listed))


def _label(cell: Cell) -> str:
    """The label as a row of two years can carry it: a month without its year."""
    return month_in_words(cell.label).split(" ", 1)[0] if cell.column == MONTH else cell.label


def _drawn_labels(years: Mapping[str, Sequence[Cell]]) -> set[str]:
    """All labels; of many, the largest this year. Empty groups are left to the table where there are many."""
    labels = _labels(years)
    if len(labels) <= MOST_BARS:
        return set(labels)
    newest = next(iter(years.values()))
    ranked = sorted(newest, key=lambda cell: (-(cell.value or 0), labels.index(cell.label)))
    return {cell.label for cell in ranked[:MOST_BARS]}


def _bar_text(cell: Cell) -> str:
    if cell.hidden or cell.unit is Unit.COUNT:
        return HIDDEN if cell.hidden else cell.shown
    return f"{cell.numerator_shown} ({cell.shown})"


def _group_table(
    measure: Measure, group: Group, years: Mapping[str, Sequence[Cell]], wholes: Mapping[str, Cell | None]
) -> Table:
    own_base = measure.unit is not Unit.COUNT and not group.share
    heads = [group.title]
    for name in years:
        heads += _heads(name, measure.unit, own_base)
    rows = []
    for each in _labels(years):
        row = [each]
        for listed in years.values():
            row += _row(next((cell for cell in listed if _label(cell) == each), None), own_base, measure.unit)
        rows.append(tuple(row))
    rows += _total(group, years, wholes)
    caption = f"{measure.title}, by {lowered(group.title)}"
    return Table(caption, tuple(heads), tuple(rows), numeric=tuple(range(1, len(heads))))


def _heads(name: str, unit: Unit, own_base: bool) -> list[str]:
    if unit is Unit.COUNT:
        return [name]
    value = "per cent" if unit is Unit.PERCENT else "per 10,000"
    return [name, *(["of"] if own_base else []), value]


def _row(cell: Cell | None, own_base: bool, unit: Unit) -> list[str]:
    if cell is None:
        return ["–"] * len(_heads("", unit, own_base))
    if unit is Unit.COUNT:
        return [cell.shown]
    return [cell.numerator_shown, *([cell.denominator_shown] if own_base else []), cell.shown]


def _total(
    group: Group, years: Mapping[str, Sequence[Cell]], wholes: Mapping[str, Cell | None]
) -> list[tuple[str, ...]]:
    """What the groups are parts of, as the last row; none where every group has a base of its own."""
    row = ["All"]
    for name, listed in years.items():
        if listed[0].unit is Unit.COUNT:
            whole = wholes.get(name)
            row.append("–" if whole is None else whole.shown)
        elif group.share:
            row += [listed[0].denominator_shown, ""]
    return [tuple(row)] if len(row) > 1 else []


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
