"""A figure as the database keeps it, and back again: whole, or with what must not be published taken out."""

from safeboard.figures.disclosure.figures import ProtectedFigure
from safeboard.figures.disclosure.publication import SYMBOL
from safeboard.figures.measures.figure import Figure
from safeboard.figures.performance.counted import Run
from safeboard.figures.performance.models import FigureRow, HouseSnapshot
from safeboard.foundation.kernel.numbers import Unit, show


def row_of(
    snapshot: HouseSnapshot, position: int, figure: Figure, protected: ProtectedFigure, run: Run | None
) -> FigureRow:
    """The row of one figure, and of the same figure as it may be published."""
    column, _, label = (figure.group or "").partition("=")
    return FigureRow(
        snapshot=snapshot,
        position=position,
        measure=figure.measure,
        edition=figure.edition,
        starts_on=figure.period.start,
        ends_on=figure.period.end,
        group_column=column,
        group_label=label,
        unit=figure.unit.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        children=figure.children[0],
        children_of_base=figure.children[1],
        collected=figure.collected,
        why_not=figure.why_not,
        population_vintage=figure.population_vintage,
        numerator_hidden=_taken_out(figure.numerator, protected.numerator),
        denominator_hidden=_taken_out(figure.denominator, protected.denominator),
        value_hidden=protected.hidden,
        children_hidden=_taken_out(figure.children[0], protected.children[0]),
        children_of_base_hidden=_taken_out(figure.children[1], protected.children[1]),
        keys_from=run.start if run else 0,
        keys_count=run.count if run else 0,
    )


def _taken_out(number: int | None, shown: int | None) -> bool:
    return number is not None and shown is None


def figure_of(row: FigureRow, *, full: bool) -> ProtectedFigure:
    """The figure for somebody who may see the rows (`full`), or for everybody else. What is hidden is not in it."""
    hidden = row.value_hidden and not full
    unit = Unit(row.unit)
    value = None if hidden else row.value
    return ProtectedFigure(
        measure=row.measure,
        edition=row.edition,
        period=row.period,
        group=row.group,
        numerator=_kept(row.numerator, row.numerator_hidden, full),
        denominator=_kept(row.denominator, row.denominator_hidden, full),
        value=value,
        unit=unit,
        collected=row.collected,
        shown=SYMBOL if hidden else show(value, unit) if row.collected else "not collected",
        numerator_shown=_text(row.numerator, row.numerator_hidden and not full),
        denominator_shown=_text(row.denominator, row.denominator_hidden and not full),
        hidden=hidden,
        children=(
            _kept(row.children, row.children_hidden, full),
            _kept(row.children_of_base, row.children_of_base_hidden, full),
        ),
        population_vintage=row.population_vintage,
        why_not=row.why_not,
    )


def _kept(number: int | None, hidden: bool, full: bool) -> int | None:
    return number if full or not hidden else None


def _text(number: int | None, hidden: bool) -> str:
    if hidden:
        return SYMBOL
    return "–" if number is None else f"{number:,}"
