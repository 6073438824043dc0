"""Comparators as the report words them: always with their own year where it is another one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from safeboard.figures.comparators.comparing import Comparator, Kind
from safeboard.figures.measures.definition import Measure, Moment
from safeboard.figures.reporting.wording import Beside, when, years_apart
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

IN_WORDS: Final = {
    Kind.NEIGHBOURS_MEAN: "the mean of the statistical neighbours",
    Kind.NEIGHBOURS_MEDIAN: "the median of the statistical neighbours",
    Kind.POPULATION: "all children aged 0 to 17 who live here",
}
"""How a sentence names these kinds; England and a region go by their own name."""


def usable(measure: Measure, others: Iterable[Comparator]) -> tuple[Comparator, ...]:
    """Those that can stand beside the whole: with a value, in its unit, and no bare count of a larger place."""
    if measure.unit is Unit.COUNT:
        return ()
    return tuple(
        other for other in others if other.group is None and other.value is not None and other.unit is measure.unit
    )


def england_by_label(others: Iterable[Comparator], column: str) -> Mapping[str, Comparator]:
    """England's figure for every label of a group for which there is one."""
    found = {}
    for other in others:
        group, _, label = (other.group or "").partition("=")
        if other.kind is Kind.ENGLAND and group == column and other.value is not None:
            found[label] = other
    return found


def time_of(other: Comparator, moment: Moment) -> str:
    """Its period as the figure's own would be printed: `2007-08`, or `31 March 2008` for a year's end."""
    try:
        return when(Period.parse(other.period_label), moment)
    except BadInput:
        return other.period_label


def dated(other: Comparator, moment: Moment) -> str:
    """Its name with its period, for a chart or a column."""
    return f"{other.name}, {time_of(other, moment)}"


def besides(others: Sequence[Comparator], period: Period) -> tuple[Beside, ...]:
    """The comparators as sentences need them."""
    return tuple(
        Beside(IN_WORDS.get(other.kind, other.name), other.value, other.shown, _apart(other, period))
        for other in others
        if other.value is not None
    )


def _apart(other: Comparator, period: Period) -> str:
    if other.same_period:
        return ""
    return years_apart(period, other.period_label) or other.period_label
