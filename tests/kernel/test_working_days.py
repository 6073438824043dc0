"""Working days against an independent package, a plain twin, and days that people remember."""

import re
from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from safeboard.foundation.kernel.working_days import (
    BANK_HOLIDAYS,
    FIRST_DAY,
    LAST_DAY,
    OutsideCalendar,
    add_working_days,
    calendar,
    is_working_day,
    working_day_number,
    working_days_between,
)

DAYS = st.dates(FIRST_DAY, LAST_DAY)
YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)


def plain_count(start: date, end: date) -> int:
    """Working days after `start` to `end`, walked a day at a time with the other package's holidays."""
    holidays = country_holidays("GB", subdiv="ENG", years=range(start.year, end.year + 1))
    return sum(
        (start + timedelta(days=n)).weekday() < 5 and start + timedelta(days=n) not in holidays
        for n in range(1, (end - start).days + 1)
    )


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_the_weekday_holidays_the_holidays_package_has(year: int) -> None:
    theirs = {day for day in country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5}
    assert {day for day in BANK_HOLIDAYS if day.year == year} == theirs


def test_one_off_and_moved_days() -> None:
    unusual = {
        day: name
        for day, name in BANK_HOLIDAYS.items()
        if name
        not in {
            "New Year's Day",
            "New Year's Day (substitute day)",
            "Good Friday",
            "Easter Monday",
            "Early May bank holiday",
            "Spring bank holiday",
            "Summer bank holiday",
            "Christmas Day",
            "Christmas Day (substitute day)",
            "Boxing Day",
            "Boxing Day (substitute day)",
        }
    }
    assert unusual == {
        date(1999, 12, 31): "Millennium Eve",
        date(2002, 6, 3): "Golden Jubilee",
        date(2002, 6, 4): "Spring bank holiday (moved)",
        date(2011, 4, 29): "Royal wedding",
        date(2012, 6, 4): "Spring bank holiday (moved)",
        date(2012, 6, 5): "Diamond Jubilee",
        date(2020, 5, 8): "Early May bank holiday (moved: VE day)",
        date(2022, 6, 2): "Spring bank holiday (moved)",
        date(2022, 6, 3): "Platinum Jubilee",
        date(2022, 9, 19): "State funeral of Queen Elizabeth II",
        date(2023, 5, 8): "Coronation of King Charles III",
    }  # fmt: skip


def test_a_moved_holiday_leaves_its_usual_day_a_working_day() -> None:
    usual = [date(2002, 5, 27), date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)]
    assert [is_working_day(day) for day in usual] == [True, True, True, True]


def test_the_table_lists_weekdays_once_in_order() -> None:
    assert list(BANK_HOLIDAYS) == sorted(day for day in BANK_HOLIDAYS if day.weekday() < 5)
    assert {day.year for day in BANK_HOLIDAYS} == set(YEARS)


def test_day_0_is_the_day_of_the_trigger() -> None:
    friday = date(2009, 4, 3)
    assert [working_days_between(friday, friday + timedelta(days=n)) for n in range(12)] == [
        0, 0, 0, 1, 2, 3, 4, 4, 4, 4, 4, 5,
    ]  # fmt: skip


def test_fifteen_working_days_over_easter_2009() -> None:
    assert add_working_days(date(2009, 4, 3), 15) == date(2009, 4, 28)


def test_adding_none_stays_even_on_a_weekend_and_one_goes_to_a_working_day() -> None:
    saturday = date(2024, 6, 1)
    assert [add_working_days(saturday, n) for n in (-1, 0, 1)] == [date(2024, 5, 30), saturday, date(2024, 6, 3)]


@given(DAYS, st.integers(0, 400))
def test_counting_agrees_with_a_plain_walk(start: date, length: int) -> None:
    end = min(start + timedelta(days=length), LAST_DAY)
    assert (working_days_between(start, end), working_days_between(end, start)) == (
        plain_count(start, end),
        -plain_count(start, end),
    )


@given(DAYS, st.integers(-500, 500))
def test_adding_is_the_inverse_of_counting(day: date, n: int) -> None:
    try:
        reached = add_working_days(day, n)
    except OutsideCalendar:
        room = working_days_between(day, LAST_DAY) if n > 0 else working_day_number(day) - 1
        assert abs(n) > room
    else:
        assert working_days_between(day, reached) == n
        assert n == 0 or is_working_day(reached)


@given(DAYS, DAYS, DAYS)
def test_counts_add_up_over_any_day_between(a: date, b: date, c: date) -> None:
    assert working_days_between(a, b) + working_days_between(b, c) == working_days_between(a, c)


def test_the_calendar_has_every_day_with_its_number() -> None:
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    assert calendar() == [(day, working_day_number(day)) for day in days]
    assert {type(number) for _, number in calendar()} == {int}
    assert (calendar()[0], calendar()[3]) == ((FIRST_DAY, 0), (date(1999, 1, 4), 1))


@pytest.mark.parametrize(
    "day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date(1028, 1, 1), date.max]
)
def test_a_day_nobody_reviewed_is_refused(day: date) -> None:
    expected = (
        f"No bank holidays are known for {day}: they are reviewed from 1999-01-01 to 2030-12-31. "
        "Correct the date, or add the year to safeboard/foundation/kernel/bank_holidays.csv."
    )
    for ask in (is_working_day, working_day_number, lambda day: add_working_days(day, 0)):
        with pytest.raises(OutsideCalendar, match=f"^{re.escape(expected)}$"):
            ask(day)


@pytest.mark.parametrize(("day", "n"), [(LAST_DAY, 1), (FIRST_DAY, -1), (date(1999, 1, 4), -1)])
def test_an_answer_outside_the_calendar_is_refused(day: date, n: int) -> None:
    with pytest.raises(OutsideCalendar, match=f"the day {n} working days from {day}"):
        add_working_days(day, n)
