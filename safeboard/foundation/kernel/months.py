"""Months and years as the calendar counts them: the guidance says "three months", not 91 days."""

from calendar import monthrange
from datetime import date

_MONTHS = 12


def add_months(day: date, n: int) -> date:
    """The same day of the month `n` calendar months on (back if negative), clipped to that month's last day.

    Three months after 30 November is the last day of February. ValueError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + n, _MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{n} months from {day} is not a day the calendar has")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_years(born: date, on: date) -> int:
    """The age in whole years on a day; the birthday itself counts. Negative for a child not yet born.

    A child born on 29 February is a year older on 1 March of other years, as in English law.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
