"""Reviews held, and children whose every review was on time: three months, then six, by the calendar."""

from datetime import date

from safeboard.figures.tables import codes
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Coverage
from tests.measures.records import plan, plans, review
from tests.measures.telling import answer, counted


def on_time(children: dict[str, tuple[str, ...]], *, records_begin: date = date.min) -> list[str]:
    """The children reviewed on time, of those given with the first day of their open plan and then their reviews."""
    rows = {
        **plans(*(plan(name, started) for name, (started, *_) in children.items())),
        "ssd_cp_reviews": [
            review(f"{name} {number}", name, held)
            for name, (_, *reviews) in children.items()
            for number, held in enumerate(reviews)
        ],
    }
    covered = {
        "ssd_cp_plans": Coverage(date.min, date.max),
        "ssd_cp_reviews": Coverage(records_begin, date.max),
    }
    return counted("ni_67", rows, coverage=covered)


def test_reviews_in_the_year_and_after_the_first_day_of_their_plan_count() -> None:
    rows = {
        **plans(plan("p", "2008-03-01"), plan("q", "2008-06-01"), plan("theirs", "2008-01-01", cp_plan_ola=True)),
        "ssd_cp_reviews": [
            review("before the year", "p", "2008-03-31"),
            review("first day", "p", "2008-04-01"),
            review("last day", "p", "2009-03-31"),
            review("after the year", "p", "2009-04-01"),
            review("on its plan's first day", "q", "2008-06-01"),
            review("a day after", "q", "2008-06-02"),
            review("of another council's plan", "theirs", "2008-06-02"),
        ],
    }
    assert answer("reviews", rows) == [(None, 3, None, "3")]
    assert counted("reviews", rows) == ["a day after", "first day", "last day"]


def test_ways_of_taking_part_are_shares_of_the_reviews_with_a_code() -> None:
    rows = {
        **plans(plan("p", "2008-03-01"), plan("theirs", "2008-01-01", cp_plan_ola=True)),
        "ssd_cp_reviews": [
            review("a", "p", "2008-04-01", participation="PN1"),
            review("b", "p", "2008-09-01", participation="PN7"),
            review("c", "p", "2009-03-31", participation="PN7"),
            review("no code", "p", "2008-07-01"),
            review("on its plan's first day", "p", "2008-03-01", participation="PN0"),
            review("after the year", "p", "2009-04-01", participation="PN0"),
            review("of another council's plan", "theirs", "2008-06-02", participation="PN0"),
        ],
    }
    some = {"attends and speaks": (1, "33.3%"), "neither attends nor conveys views": (2, "66.7%")}
    shares = [(label, *some.get(label, (0, "0.0%"))) for label in codes.PARTICIPATION.words.values()]
    assert answer("review_children_participation", rows) == [
        (None, 3, 3, "100.0%"),
        *((f"participation={label}", number, 3, shown) for label, number, shown in shares),
    ]


def test_participation_at_reviews_is_not_collected_where_its_column_is_not() -> None:
    collected = {
        "ssd_cp_plans": frozenset(TABLES["ssd_cp_plans"].names),
        "ssd_cp_reviews": frozenset(TABLES["ssd_cp_reviews"].names) - {"cppr_cp_review_participation"},
    }
    rows = {**plans(plan("p", "2008-03-01")), "ssd_cp_reviews": [review("a", "p", "2008-04-01")]}
    assert answer("review_children_participation", rows, collected=collected) == [(None, None, None, "not collected")]
    assert answer("reviews", rows, collected=collected) == [(None, 1, None, "1")]


def test_children_reviewed_on_time_among_those_with_a_plan_for_three_months() -> None:
    rows = {
        **plans(
            plan("on time", "2008-10-15"),
            plan("late", "2008-10-15"),
            plan("never", "2008-10-15"),
            plan("three months to the day", "2008-12-31"),
            plan("a day short of three months", "2009-01-01"),
            plan("ended", "2008-04-15", "2009-03-31"),
        ),
        "ssd_cp_reviews": [
            review("1", "on time", "2009-01-15"),
            review("2", "late", "2009-01-16"),
            review("3", "three months to the day", "2009-03-31"),
        ],
    }
    assert answer("ni_67", rows) == [(None, 2, 4, "50.0%")]
    assert counted("ni_67", rows) == ["on time", "three months to the day"]


def test_each_review_is_counted_from_the_one_before_it() -> None:
    children = {
        "to the day": ("2008-05-31", "2008-08-31", "2009-02-28"),
        "first a day late": ("2008-05-31", "2008-09-01", "2009-02-28"),
        "second a day late": ("2008-05-31", "2008-08-31", "2009-03-01"),
        "one more": ("2008-05-31", "2008-06-01", "2008-08-31", "2009-02-28"),
        "two on one day": ("2008-05-31", "2008-08-31", "2008-08-31", "2009-02-28"),
    }
    assert on_time(children) == ["one more", "to the day", "two on one day"]


def test_what_is_due_on_the_last_day_and_not_held_is_overdue() -> None:
    children = {
        "due the day after": ("2008-07-01", "2008-10-01"),
        "due the day before": ("2008-07-01", "2008-09-30"),
        "first due on the day": ("2008-12-31",),
        "first held a day late": ("2008-12-31", "2009-04-01"),
        "first held on the day": ("2008-12-31", "2009-03-31"),
    }
    assert on_time(children) == ["due the day after", "first held on the day"]


def test_a_late_review_fails_the_child_in_the_year_it_was_held_only() -> None:
    children = {
        "late the year before": ("2007-10-01", "2008-03-31", "2008-09-30", "2009-03-30"),
        "late this year": ("2007-10-01", "2008-04-01", "2008-10-01", "2009-03-30"),
    }
    assert on_time(children) == ["late the year before"]


def test_a_review_on_or_before_the_first_day_of_the_plan_is_none() -> None:
    children = {
        "on it": ("2008-12-15", "2008-12-15"),
        "before it": ("2008-12-15", "2008-12-01"),
        "a day after it": ("2008-12-15", "2008-12-16"),
    }
    assert on_time(children) == ["a day after it"]


def test_a_wait_that_began_before_the_records_is_counted_from_their_first_day() -> None:
    children = {
        "six months after they begin": ("2006-01-01", "2008-09-30", "2009-03-30"),
        "a day later": ("2006-01-01", "2008-10-01", "2009-03-30"),
        "never": ("2006-01-01",),
        "one before is known": ("2006-01-01", "2008-01-15", "2008-09-30", "2009-03-30"),
        "began with the records, first a day late": ("2008-03-31", "2008-07-01", "2008-12-31"),
    }
    assert on_time(children, records_begin=date(2008, 3, 31)) == ["one before is known", "six months after they begin"]
    assert on_time(children) == []


def test_reviews_must_be_collected_for_the_whole_year() -> None:
    rows = {**plans(plan("p", "2008-05-01")), "ssd_cp_reviews": [review("r", "p", "2008-07-01")]}
    missing = [(None, None, None, "not collected")]
    assert answer("ni_67", plans(plan("p", "2008-05-01"))) == missing
    assert answer("reviews", plans(plan("p", "2008-05-01"))) == missing
    short = {"ssd_cp_plans": Coverage(date.min, date.max), "ssd_cp_reviews": Coverage(date(2008, 4, 2), date.max)}
    assert answer("ni_67", rows, coverage=short) == missing


def test_nobody_with_a_plan_for_three_months_is_nothing_to_divide_by() -> None:
    rows = {**plans(plan("p", "2009-02-01")), "ssd_cp_reviews": []}
    assert answer("ni_67", rows) == [(None, 0, 0, "–")]
