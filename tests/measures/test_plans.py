"""Plans started, ended, open and at any point; their category at the start; and plans that were not the first."""

from datetime import date

import pytest

from safeboard.figures.tables.snapshot import Coverage
from safeboard.foundation.kernel.periods import Period
from tests.measures.records import plan, plans
from tests.measures.telling import answer, counted, why_not, zeros

FLOW = plans(
    plan("before", "2008-03-31", "2008-03-31"),
    plan("first day", "2008-04-01", "2008-04-01"),
    plan("last day", "2009-03-31"),
    plan("after", "2009-04-01"),
    plan("ended on last day", "2007-05-01", "2009-03-31"),
    plan("ended after", "2007-05-01", "2009-04-01"),
    plan("for another council", "2008-06-01", "2008-07-01", cp_plan_ola=True),
)


def test_plans_started_on_the_first_and_last_day_of_the_year_count() -> None:
    assert answer("plans_started", FLOW) == [(None, 2, None, "2")]
    assert counted("plans_started", FLOW) == ["first day", "last day"]
    assert answer("plans_started_rate", FLOW) == [(None, 2, 10_000, "2.0")]


def test_plans_ended_on_the_first_and_last_day_of_the_year_count() -> None:
    assert answer("plans_ended", FLOW) == [(None, 2, None, "2")]
    assert counted("plans_ended", FLOW) == ["ended on last day", "first day"]
    assert answer("plans_ended_rate", FLOW) == [(None, 2, 10_000, "2.0")]


def test_a_plan_that_ends_on_31_march_is_not_open_on_31_march() -> None:
    assert answer("plans_open", FLOW) == [(None, 2, None, "2")]
    assert counted("plans_open", FLOW) == ["ended after", "last day"]
    assert answer("plans_open_rate", FLOW) == [(None, 2, 10_000, "2.0")]


def test_plans_at_any_point_are_those_open_at_the_end_and_those_ended() -> None:
    assert answer("plans_any_point", FLOW) == [(None, 4, None, "4")]
    assert counted("plans_any_point", FLOW) == ["ended after", "ended on last day", "first day", "last day"]
    assert answer("plans_any_point_rate", FLOW) == [(None, 4, 10_000, "4.0")]


def test_a_plan_whose_mark_for_another_council_is_empty_or_no_is_ours() -> None:
    rows = plans(
        plan("unmarked", "2008-06-01"),
        plan("ours", "2008-06-01", cp_plan_ola=False),
        plan("theirs", "2008-06-01", cp_plan_ola=True),
    )
    assert counted("plans_started", rows) == ["ours", "unmarked"]


def test_open_plans_need_only_their_day_covered_and_flows_the_whole_year() -> None:
    rows = plans(plan("p", "2009-03-31"))
    covered = {"ssd_cp_plans": Coverage(date(2009, 3, 31), date(2009, 3, 31))}
    assert answer("plans_open", rows, coverage=covered) == [(None, 1, None, "1")]
    assert answer("plans_started", rows, coverage=covered) == [(None, None, None, "not collected")]
    assert why_not("plans_started", rows, coverage=covered) == (
        "Child protection plan records are complete from 31 March 2009 to 31 March 2009, which does not cover "
        "1 April 2008 to 31 March 2009."
    )


def test_plans_are_not_collected_where_their_last_days_are_not() -> None:
    rows = plans(plan("p", "2009-03-31"))
    collected = {"ssd_cp_plans": ["cppl_cp_plan_start_date"]}
    assert answer("plans_started", rows, collected=collected) == [(None, 1, None, "1")]
    for measure in ("plans_ended", "plans_open", "plans_any_point"):
        assert answer(measure, rows, collected=collected) == [(None, None, None, "not collected")]


def test_plans_started_by_initial_category_whatever_it_became() -> None:
    rows = plans(
        plan("a", "2008-05-01", cp_plan_initial_category="NEG", cp_plan_latest_category="EMO"),
        plan("b", "2008-05-01", cp_plan_initial_category="NEG"),
        plan("c", "2008-05-01", cp_plan_initial_category="MUL"),
        plan("d", "2008-05-01", cp_plan_latest_category="SAB"),
        plan("e", "2008-03-31", cp_plan_initial_category="PHY"),
    )
    assert answer("plans_started_category", rows) == [
        (None, 3, 4, "75.0%"),
        ("category=neglect", 2, 4, "50.0%"),
        *zeros("category", ("physical abuse", "sexual abuse", "emotional abuse"), 4, "0.0%"),
        ("category=multiple", 1, 4, "25.0%"),
        ("category=not known", 1, 4, "25.0%"),
    ]


def test_a_plan_is_a_second_one_by_the_number_given_or_by_an_earlier_plan_held() -> None:
    rows = plans(
        plan("said", "2008-05-01", number_of_previous_plans=2),
        plan("held", "2008-05-01", child="x", number_of_previous_plans=0),
        plan("long ago", "1999-01-01", "1999-02-01", child="x"),
        plan("first", "2008-05-01", number_of_previous_plans=0),
        plan("nothing said", "2008-05-01"),
        plan("again", "2008-06-01", child="child of nothing said"),
        plan("too early", "2008-03-31", number_of_previous_plans=1),
    )
    assert answer("ni_65", rows) == [(None, 3, 5, "60.0%")]
    assert counted("ni_65", rows) == ["again", "held", "said"]


def test_neither_a_later_plan_nor_one_for_another_council_makes_a_second_one() -> None:
    rows = plans(
        plan("first", "2008-05-01", "2008-06-01", child="x"),
        plan("later", "2009-05-01", child="x"),
        plan("ours", "2008-05-01", child="y"),
        plan("theirs", "2007-05-01", "2007-06-01", child="y", cp_plan_ola=True),
    )
    assert answer("ni_65", rows) == [(None, 0, 2, "0.0%")]


def test_without_the_number_of_previous_plans_there_is_no_ni_65() -> None:
    rows = plans(plan("p", "2008-05-01"))
    collected = {"ssd_cp_plans": ["cppl_cp_plan_start_date", "cppl_cp_plan_end_date"]}
    assert answer("ni_65", rows, collected=collected) == [(None, None, None, "not collected")]


def test_a_repeat_within_two_years_includes_the_same_day_two_years_later() -> None:
    rows = plans(
        plan("old a", "2005-01-01", "2006-05-01", child="a"),
        plan("in time", "2008-05-01", child="a"),
        plan("old b", "2005-01-01", "2006-05-01", child="b"),
        plan("a day late", "2008-05-02", child="b"),
        plan("old c", "2008-01-01", "2008-05-01", child="c"),
        plan("the same day", "2008-05-01", child="c"),
        plan("old d", "2008-01-01", child="d"),
        plan("never ended", "2008-05-01", child="d"),
        plan("older e", "1999-01-01", "2000-01-01", child="e"),
        plan("old e", "2001-01-01", "2007-05-01", child="e"),
        plan("one of two", "2008-05-01", child="e"),
    )
    assert answer("plans_repeat_within_two_years", rows) == [(None, 3, 5, "60.0%")]
    assert counted("plans_repeat_within_two_years", rows) == ["in time", "one of two", "the same day"]


@pytest.mark.parametrize(
    ("first", "shown"),
    [(date(2006, 4, 1), "0.0%"), (date(2006, 4, 2), "not collected")],
    ids=["covered", "a day short"],
)
def test_a_repeat_within_two_years_needs_the_two_years_before_covered(first: date, shown: str) -> None:
    covered = {"ssd_cp_plans": Coverage(first, date(2009, 3, 31))}
    figures = answer("plans_repeat_within_two_years", plans(plan("p", "2008-05-01")), coverage=covered)
    assert [each[-1] for each in figures] == [shown]


def test_a_plan_that_ended_29_february_counts_until_28_february_two_years_on() -> None:
    rows = plans(
        plan("old a", "2007-01-01", "2008-02-29", child="a"),
        plan("last day", "2010-02-28", child="a"),
        plan("old b", "2007-01-01", "2008-02-29", child="b"),
        plan("day after", "2010-03-01", child="b"),
    )
    assert counted("plans_repeat_within_two_years", rows, Period.year_ending(2010)) == ["last day"]
