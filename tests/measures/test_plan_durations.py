"""How long plans lasted: NI 64 by days, the bands by calendar months, and the days on which they turn."""

from datetime import date, timedelta

import pytest

from safeboard.figures.measures.plan_durations import DURATIONS, NI_64_DAYS
from tests.measures.records import plan, plans
from tests.measures.telling import answer, counted, zeros

EDGES = plans(
    plan("3 months", "2008-03-31", "2008-06-30"),
    plan("3 months and a day", "2008-03-31", "2008-07-01"),
    plan("6 months", "2008-08-31", "2009-02-28"),
    plan("6 months and a day", "2008-08-31", "2009-03-01"),
    plan("a day under 1 year", "2007-06-01", "2008-05-31"),
    plan("1 year", "2007-06-01", "2008-06-01"),
    plan("a day under 2 years", "2006-06-01", "2008-05-31"),
    plan("2 years", "2006-06-01", "2008-06-01"),
    plan("one day", "2008-06-01", "2008-06-01"),
    plan("ended before", "2006-06-01", "2008-03-31"),
    plan("open", "2006-06-01"),
)


def test_three_and_six_months_are_short_and_one_and_two_years_long() -> None:
    assert answer("plans_ended_duration", EDGES) == [
        (None, 9, 9, "100.0%"),
        ("duration=3 months or less", 2, 9, "22.2%"),
        ("duration=more than 3 months, up to 6 months", 2, 9, "22.2%"),
        ("duration=more than 6 months, less than 1 year", 2, 9, "22.2%"),
        ("duration=1 year, less than 2 years", 2, 9, "22.2%"),
        ("duration=2 years or more", 1, 9, "11.1%"),
    ]
    assert [counted("plans_ended_duration", EDGES, group=f"duration={band}") for band in DURATIONS] == [
        ["3 months", "one day"],
        ["3 months and a day", "6 months"],
        ["6 months and a day", "a day under 1 year"],
        ["1 year", "a day under 2 years"],
        ["2 years"],
    ]


def test_more_than_six_months_begins_the_day_after_six_calendar_months() -> None:
    assert answer("plans_ended_over_six_months", EDGES) == [(None, 5, 9, "55.6%")]
    assert counted("plans_ended_over_six_months", EDGES) == [
        "1 year",
        "2 years",
        "6 months and a day",
        "a day under 1 year",
        "a day under 2 years",
    ]


@pytest.mark.parametrize(
    ("days", "shown"), [(NI_64_DAYS - 1, "0.0%"), (NI_64_DAYS, "0.0%"), (NI_64_DAYS + 1, "100.0%")]
)
def test_ni_64_counts_more_than_729_days_with_both_end_days(days: int, shown: str) -> None:
    ended = date(2008, 9, 30)
    started = ended - timedelta(days=days - 1)
    assert answer("ni_64", plans(plan("p", str(started), str(ended)))) == [(None, int(shown != "0.0%"), 1, shown)]


def test_a_plan_a_day_short_of_two_years_is_in_ni_64_and_not_in_the_longest_band() -> None:
    rows = plans(plan("p", "2006-06-01", "2008-05-31"), plan("q", "2006-06-01", "2008-05-28"))
    assert counted("ni_64", rows) == ["p"]
    assert counted("plans_ended_duration", rows, group="duration=2 years or more") == []


def test_open_plans_are_measured_to_the_last_day_of_the_period() -> None:
    rows = plans(
        plan("3 months", "2008-12-31"),
        plan("more", "2008-12-30"),
        plan("a day under 1 year", "2008-04-01"),
        plan("1 year", "2008-03-31", "2009-04-01"),
        plan("2 years", "2007-03-31"),
        plan("ended on the day", "2007-03-31", "2009-03-31"),
        plan("not begun", "2009-04-01"),
    )
    assert answer("plans_open_duration", rows) == [
        (None, 5, 5, "100.0%"),
        *((f"duration={band}", 1, 5, "20.0%") for band in DURATIONS),
    ]


def test_nothing_ended_is_nothing_to_divide_by() -> None:
    rows = plans(plan("open", "2008-05-01"))
    assert answer("ni_64", rows) == [(None, 0, 0, "–")]
    assert answer("plans_ended_duration", rows) == [(None, 0, 0, "–"), *zeros("duration", DURATIONS, 0, "–")]


def test_without_last_days_no_duration_is_collected() -> None:
    collected = {"ssd_cp_plans": ["cppl_cp_plan_start_date"]}
    for measure in ("ni_64", "plans_ended_duration", "plans_ended_over_six_months", "plans_open_duration"):
        assert answer(measure, EDGES, collected=collected) == [(None, None, None, "not collected")]
