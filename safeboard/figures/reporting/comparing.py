"""Comparators as the report words them: always with their own year where it is another one."""

from collections.abc import Iterable, Sequence
from typing import Final

from safeboard.figures.measures.definition import Measure, Moment
from safeboard.figures.reporting.report_input import Other
from safeboard.figures.reporting.wording import Beside, when, years_apart
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.numbers import Unit, show
from safeboard.foundation.kernel.periods import Period

IN_WORDS: Final = {
    "neighbours mean": "the mean of the statistical neighbours",
    "neighbours median": "the median of the statistical neighbours",
}
"""How a sentence names these kinds; England and a region go by their own name."""

AS_LABEL: Final = {
    "neighbours mean": "Statistical neighbours, mean",
    "neighbours median": "Statistical neighbours, median",
}


def usable(measure: Measure, others: Iterable[Other]) -> tuple[Other, ...]:
    """Those that can stand beside the figure: with a value, in its unit, and no bare count of a larger place."""
    if measure.unit is Unit.COUNT:
        return ()
    return tuple(other for other in others if other.value is not None and other.unit is measure.unit)


def label(other: Other) -> str:
    """Its name in a table or chart."""
    return AS_LABEL.get(other.kind, other.name)


def time_of(other: Other, moment: Moment) -> str:
    """Its period as the figure's own would be printed: `2007-08`, or `31 March 2008` for a year's end."""
    try:
        return when(Period.parse(other.period_label), moment)
    except BadInput:
        return other.period_label


def besides(others: Sequence[Other], period: Period) -> tuple[Beside, ...]:
    """The comparators as sentences need them."""
    return tuple(
        Beside(IN_WORDS.get(other.kind, other.name), other.value, other.unit, _apart(other, period))
        for other in others
        if other.value is not None
    )


def _apart(other: Other, period: Period) -> str:
    if other.same_period:
        return ""
    return years_apart(period, other.period_label) or other.period_label


def shown(other: Other) -> str:
    """Its value as printed."""
    return show(other.value, other.unit)
