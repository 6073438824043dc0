"""Decisions of this room that need no database: whose records these are, which way is better, what may be said."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from safeboard.figures.measures.definition import Moment, Polarity
from safeboard.figures.reporting.cells import Cell
from safeboard.figures.reporting.chance import UNLIKELY
from safeboard.figures.reporting.wording import Direction, direction, likelihood_of
from safeboard.figures.tables.snapshot import Manifest
from safeboard.foundation.agencies.areas import Area, find_area, same_authority
from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period


def first_day_of(manifest: Manifest) -> date | None:
    """The first day that any table covers."""
    return min((days.first for days in manifest.coverage.values()), default=None)


def official(code: str) -> Area | None:
    """The area of that code where the official lists have it: without it there are counts, but no rates."""
    try:
        return find_area(code)
    except BadInput:
        return None


def other_areas(manifest: Manifest, area: BoardArea) -> Iterator[Problem]:
    """A problem for each area that the sources name and that is not the board's."""
    own = {area.code, *same_authority(area.code)}
    for named in manifest.areas:
        known = official(named)
        if (known.code if known else named) not in own:
            yield Problem(
                "The files are of another authority than this board's.",
                f"Give the files of {area.name}, or sign in to the board of the other area.",
                found=f"{known.name} ({named})" if known else named,
                expected=f"{area.name} ({area.code})",
            )


class Tendency(StrEnum):
    """What a change since the year before means for children, by the measure's polarity alone."""

    BETTER = "better"
    WORSE = "worse"
    CHANCE = "may be chance"
    NONE = ""


def tendency(now: Cell, before: Cell | None, polarity: Polarity, moment: Moment) -> Tendency:
    """Better or worse only where the measure has a better direction, and the change is not what chance alone makes."""
    if polarity is Polarity.NEITHER or now.value is None or before is None or before.value is None:
        return Tendency.NONE
    way = direction(before.value, now.value, now.unit)
    if way not in (Direction.ROSE, Direction.FELL):
        return Tendency.NONE
    likelihood = likelihood_of(now, before, moment)
    if likelihood is not None and likelihood >= UNLIKELY:
        return Tendency.CHANCE
    return Tendency.BETTER if (way is Direction.ROSE) == (polarity is Polarity.HIGH_IS_GOOD) else Tendency.WORSE


def years_between(first: date, last: date) -> list[Period]:
    """The reporting years that have a day from the first to the last, the newest first."""
    newest = year_of(last)
    years = [newest]
    while years[-1].start > first:
        years.append(years[-1].previous())
    return years


def year_of(day: date) -> Period:
    """The reporting year that the day lies in."""
    return Period.year_ending(day.year if (day.month, day.day) <= (3, 31) else day.year + 1)
