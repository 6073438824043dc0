"""Whether an entry can still be trusted."""

from datetime import date, timedelta
from typing import Final

from safeboard.foundation.kernel.months import add_months

MONTHS: Final = 6
"""After so many months an entry is to be checked again: the board's choice, in no statute."""


def to_check(checked_on: date, on: date) -> bool:
    """Whether the entry is to be checked again on a day: half a year or more after it was last checked."""
    return on >= add_months(checked_on, MONTHS)


def last_to_check(on: date) -> date:
    """The latest day of checking that is too long ago on a day: `to_check` as a day to compare with."""
    day = add_months(on, -MONTHS)
    while to_check(day + timedelta(days=1), on):  # months differ in length: half a year before 28 February is 31 August
        day += timedelta(days=1)
    return day


def why_not_reached(telephone: str, email: str) -> str:
    """Why nobody could be reached by this entry; empty when somebody can."""
    return "" if telephone or email else "Neither a telephone number nor an e-mail address is given."
