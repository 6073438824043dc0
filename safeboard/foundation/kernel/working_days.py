"""Working days in England: Monday to Friday without bank holidays, from 1999 to the last reviewed year.

Day 0 is the day of the trigger (domain/timescales.md), so "within 10 working days of the referral" is met on the tenth
working day after it. A day outside the reviewed table is refused: a guessed bank holiday would quietly make timely
work late, as happens with lists that start only in 2022.
"""

import csv
from bisect import bisect_left
from datetime import date, timedelta
from importlib import resources
from itertools import accumulate
from typing import Final

FIRST_DAY: Final = date(1999, 1, 1)
"""The first reviewed day: the year of the first edition of Working Together in the rule book."""

LAST_DAY: Final = date(2030, 12, 31)
"""The last reviewed day. To go on, add the next year's days to bank_holidays.csv and move this."""

_SATURDAY: Final = 5


class OutsideCalendar(Exception):
    """A day for which no bank holidays have been reviewed, so that its working days cannot be counted."""

    def __init__(self, day: date | str) -> None:
        super().__init__(
            f"No bank holidays are known for {day}: they are reviewed from {FIRST_DAY} to {LAST_DAY}. "
            "Correct the date, or add the year to safeboard/foundation/kernel/bank_holidays.csv."
        )


def _read_bank_holidays() -> dict[date, str]:
    table = resources.files(__package__).joinpath("bank_holidays.csv").read_text(encoding="utf-8")
    return {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(table.splitlines())}


BANK_HOLIDAYS: Final = _read_bank_holidays()
"""Every weekday bank holiday in England and Wales, with its name; a holiday on a weekend stands at its substitute day.

By the standing rules (Banking and Financial Dealings Act 1971, schedule 1, and the yearly proclamations for New Year's
Day and early May) with the days moved or added by proclamation. Years to come are to be reviewed whenever one is.
"""

_DAYS: Final = tuple(FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
_WORKS: Final = tuple(day.weekday() < _SATURDAY and day not in BANK_HOLIDAYS for day in _DAYS)
_NUMBERS: Final = tuple(accumulate(int(works) for works in _WORKS))


def _place(day: date) -> int:
    place = day.toordinal() - FIRST_DAY.toordinal()
    if not 0 <= place < len(_DAYS):
        raise OutsideCalendar(day)
    return place


def is_working_day(day: date) -> bool:
    """Whether `day` is a Monday to Friday that is no bank holiday. OutsideCalendar if not reviewed."""
    return _WORKS[_place(day)]


def working_day_number(day: date) -> int:
    """How many working days there are from FIRST_DAY to `day`, both inclusive. OutsideCalendar if not reviewed.

    The difference of two numbers is the working days between, which a database can then subtract row by row.
    """
    return _NUMBERS[_place(day)]


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative where `end` is earlier. OutsideCalendar."""
    return working_day_number(end) - working_day_number(start)


def add_working_days(day: date, n: int) -> date:
    """The working day `n` working days from `day`, so that `working_days_between(day, it) == n`; `day` itself for 0.

    From a Saturday, one working day on is Monday; one back is Thursday, for a deadline one working day after that
    Thursday has run out by Saturday. OutsideCalendar where `day` or the answer has not been reviewed.
    """
    wanted = working_day_number(day) + n
    if n == 0:
        return day
    if not 1 <= wanted <= _NUMBERS[-1]:
        raise OutsideCalendar(f"the day {n} working days from {day}")
    return _DAYS[bisect_left(_NUMBERS, wanted)]


def calendar() -> list[tuple[date, int]]:
    """Every reviewed day with its working day number, in order: the table that queries join."""
    return list(zip(_DAYS, _NUMBERS, strict=True))
