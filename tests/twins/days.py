"""Days, months and ages by counting, not by formula."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from safeboard.foundation.kernel.code_lists import CodeList
from safeboard.foundation.kernel.working_days import is_working_day


@dataclass(frozen=True)
class Year:
    """A reporting year; a day (never None) is in it or not."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def later(day: date, *, months: int) -> date:
    """That many months later, one month at a time, on the same day of the month or the month's last."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def completed_years(born: date, on: date) -> int:
    """Birthdays passed by that day, counted one by one; a birthday on 29 February is kept on 1 March."""
    age = 0
    while True:
        year = born.year + age + 1
        leap = monthrange(year, 2)[1] == 29
        birthday = date(year, 3, 1) if (born.month, born.day) == (2, 29) and not leap else born.replace(year=year)
        if birthday > on:
            return age
        age += 1


def working_days(first: date, last: date) -> int:
    """Working days after the first day, up to and including the last; negative if the last is the earlier."""
    if last < first:
        return -working_days(last, first)
    day, count = first, 0
    while day < last:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count


def words(codes: CodeList, code: str | None) -> str | None:
    return codes.words.get(code) if code else None


def open_on(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or last > day)
