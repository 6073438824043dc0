"""Reporting years: what is taken for one, what is refused, and how they follow each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period

YEAR = Period(date(2008, 4, 1), date(2009, 3, 31))


@pytest.mark.parametrize("text", ["2008-09", "2008/09", "2008-2009", "2008/2009", " 2008-09 "])
def test_a_reporting_year_is_read(text: str) -> None:
    assert Period.parse(text) == YEAR


def test_the_year_over_the_turn_of_the_century_is_read() -> None:
    assert Period.parse("1999-00") == Period(date(1999, 4, 1), date(2000, 3, 31))


@pytest.mark.parametrize(
    "text", ["", "2008", "2008-10", "2008-2010", "08-09", "2008-9", "2008–09", "0000-01", "2009-08", "x"]
)
def test_anything_else_is_refused_with_what_to_give(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        Period.parse(text)
    assert refused.value.problems == (
        Problem(
            message="This is not a reporting year.",
            element="--period",
            found=text,
            expected="two years in a row, such as 2024-25",
            remedy="Give the year from 1 April to 31 March.",
        ),
    )


@given(st.integers(2, 9999))
def test_years_follow_each_other_and_their_label_reads_back(year: int) -> None:
    period = Period.year_ending(year)
    assert period.day_before == period.start - timedelta(days=1)
    if year > 2:
        assert (period.previous(), period.previous().end) == (Period.year_ending(year - 1), period.day_before)
    if year > 1000:
        assert Period.parse(period.label) == period


def test_labels() -> None:
    part = Period(date(2008, 4, 1), date(2008, 7, 21))
    assert (YEAR.label, part.label) == ("2008-09", "2008-04-01 to 2008-07-21")


def test_a_period_may_be_one_day_and_never_less() -> None:
    day = date(2009, 3, 31)
    assert (Period(day, day).start, Period(day, day).end) == (day, day)
    with pytest.raises(ValueError, match=r"^a period cannot end \(2009-03-30\) before it starts \(2009-03-31\)$"):
        Period(day, day - timedelta(days=1))
