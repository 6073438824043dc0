"""Which census years can be checked, and how a year is named.

A census year is the reporting year 1 April to 31 March; its reference date is the last day. The rules of 2025-26 are
known in full, those of earlier years as dated differences, those of 2026-27 as a draft (domain/census.md, section 1).
"""

from typing import Final

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period

FIRST_KNOWN: Final = 2022
"""The census of 2021-22 (named, as all years here, by the year it ends): the first with child in need plans."""

EARLIEST_RETURN: Final = 2001
"""The first census year that is checked at all. To FIRST_KNOWN by the rules of that year, on the return's own days; no
earlier, for working days are known from 1999 on."""

LAST_KNOWN: Final = 2027
"""The census of 2026-27, whose pre-proceedings rules are a draft of February 2026."""


def census_year(text: str) -> Period:
    """`2025-26` as a census year. BadInput where it is no reporting year or its rules are not known."""
    period = Period.parse(text)
    if not EARLIEST_RETURN <= period.end.year <= LAST_KNOWN:
        raise BadInput(unknown_year(text))
    return period


def rules_year(ends: int) -> int:
    """The census year, by the year it ends, whose rules are applied to a return of the year given."""
    return max(ends, FIRST_KNOWN)


def unknown_year(found: str) -> Problem:
    """What to tell somebody whose file or option names a year without rules."""
    return Problem(
        message="The rules of this census year are not known.",
        element="--year",
        found=found,
        expected=f"a year from {label(EARLIEST_RETURN)} to {label(LAST_KNOWN)}",
        remedy="Give --year to check the file by another year's rules.",
    )


def label(ends: int) -> str:
    """The census year that ends in that year: 2026 is `2025-26`."""
    return Period.year_ending(ends).label
