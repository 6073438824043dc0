"""Calendar months and ages against plain walks through the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.foundation.kernel.months import add_months, completed_years

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def walked_months(day: date, n: int) -> date:
    """Month by month over the firsts of the months, then day by day within the last one."""
    first = day.replace(day=1)
    for _ in range(abs(n)):
        first = (first + timedelta(days=31)).replace(day=1) if n > 0 else (first - timedelta(days=1)).replace(day=1)
    reached = first
    while reached.day < day.day and (reached + timedelta(days=1)).month == first.month:
        reached += timedelta(days=1)
    return reached


def counted_birthdays(born: date, on: date) -> int:
    """Birthdays met on the way from the day after birth to `on`."""
    met = 0
    for year in range(born.year + 1, on.year + 1):
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        met += birthday <= on
    return met


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2008, 11, 30), 3, date(2009, 2, 28)),
        (date(2007, 11, 30), 3, date(2008, 2, 29)),
        (date(2008, 5, 31), 6, date(2008, 11, 30)),
        (date(2009, 1, 15), 0, date(2009, 1, 15)),
        (date(2009, 3, 31), -1, date(2009, 2, 28)),
        (date(2008, 2, 29), 12, date(2009, 2, 28)),
        (date(2008, 12, 31), 1, date(2009, 1, 31)),
    ],
)
def test_months_are_clipped_to_the_last_day(day: date, n: int, expected: date) -> None:
    assert add_months(day, n) == expected


@given(DAYS, st.integers(-60, 60))
def test_adding_months_agrees_with_walking(day: date, n: int) -> None:
    assert add_months(day, n) == walked_months(day, n)


@given(DAYS, DAYS, st.integers(-60, 60))
def test_a_later_day_never_has_an_earlier_deadline(one: date, other: date, n: int) -> None:
    assert (add_months(min(one, other), n) <= add_months(max(one, other), n)) is True


@pytest.mark.parametrize(("day", "n"), [(date(9999, 12, 1), 1), (date(1, 1, 31), -1)])
def test_a_month_the_calendar_lacks_is_refused(day: date, n: int) -> None:
    with pytest.raises(ValueError, match=f"^{n} months from {day.isoformat()} is not a day the calendar has$"):
        add_months(day, n)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 5, 2), date(2009, 5, 1), 8),
        (date(2000, 5, 2), date(2009, 5, 2), 9),
        (date(2004, 2, 29), date(2009, 2, 28), 4),
        (date(2004, 2, 29), date(2009, 3, 1), 5),
        (date(2004, 2, 29), date(2008, 2, 28), 3),
        (date(2004, 2, 29), date(2008, 2, 29), 4),
        (date(2009, 3, 31), date(2009, 3, 31), 0),
        (date(2009, 6, 1), date(2009, 3, 31), -1),
    ],
)
def test_age_in_completed_years(born: date, on: date, age: int) -> None:
    assert completed_years(born, on) == age


@given(st.dates(date(1980, 1, 1), date(2030, 12, 31)), st.integers(0, 40 * 365))
def test_age_agrees_with_counting_birthdays(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    assert completed_years(born, on) == counted_birthdays(born, on)
