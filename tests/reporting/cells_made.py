"""Cells made by hand for tests of wording."""

from dataclasses import replace
from fractions import Fraction

from safeboard.figures.disclosure.figures import ProtectedFigure
from safeboard.figures.reporting.cells import Cell
from safeboard.foundation.kernel.numbers import Unit, ratio, show
from safeboard.foundation.kernel.periods import Period

NOW = Period.year_ending(2009)
BEFORE = Period.year_ending(2008)


def cell(
    numerator: int | None,
    denominator: int | None = None,
    *,
    unit: Unit = Unit.COUNT,
    period: Period = NOW,
    group: str | None = None,
    measure: str = "plans_open",
) -> Cell:
    """A known figure; without a numerator one that was not collected."""
    value = None
    if numerator is not None:
        value = Fraction(numerator) if unit is Unit.COUNT else ratio(numerator, denominator or 0, unit)
    return Cell(
        ProtectedFigure(
            measure=measure,
            edition="1",
            period=period,
            group=group,
            numerator=numerator,
            denominator=denominator,
            value=value,
            unit=unit,
            collected=numerator is not None,
            shown="not collected" if numerator is None else show(value, unit),
            numerator_shown="–" if numerator is None else f"{numerator:,}",
            denominator_shown="–" if denominator is None else f"{denominator:,}",
            hidden=False,
            why_not="" if numerator is not None else "The sources do not collect it.",
        )
    )


def percent(numerator: int, denominator: int, period: Period = NOW, group: str | None = None) -> Cell:
    return cell(numerator, denominator, unit=Unit.PERCENT, period=period, group=group)


def hidden(period: Period = NOW, unit: Unit = Unit.COUNT, group: str | None = None) -> Cell:
    """A figure after disclosure control has taken its numbers."""
    known = cell(1, 1, unit=unit, period=period, group=group)
    return Cell(
        replace(
            known.figure,
            numerator=None,
            denominator=None,
            value=None,
            shown="c",
            numerator_shown="c",
            denominator_shown="c",
            hidden=True,
        )
    )
