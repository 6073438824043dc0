"""What follows from the facts of an action."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.tools.actions.codes import Risk, Status
from safeboard.tools.actions.rules import (
    WORKING,
    Facts,
    Slipped,
    Step,
    next_steps,
    slippage,
    slipped,
    status,
    whose_work,
    why_not_close,
    why_not_due,
)

DUE = date(2026, 3, 2)  # a Monday
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
MAYBE = st.none() | DAYS


def facts(**given: object) -> Facts:
    return Facts(**{"first_due_on": DUE, "due_on": DUE, "risk": Risk.MEDIUM, **given})  # type: ignore[arg-type]


def test_an_action_is_in_time_on_its_due_date_and_overdue_the_day_after() -> None:
    assert (status(facts(), DUE), status(facts(), DUE + timedelta(1))) == (Status.OPEN, Status.OVERDUE)


def test_evidence_shows_while_in_time_and_does_not_hide_that_it_is_late() -> None:
    given = facts(evidence_by=frozenset({1}))
    assert (status(given, DUE), status(given, DUE + timedelta(1))) == (Status.EVIDENCE_GIVEN, Status.OVERDUE)


def test_each_later_fact_takes_the_place_of_the_one_before() -> None:
    closed = facts(closed_on=DUE)
    verified = facts(closed_on=DUE, verified_on=DUE)
    checked = facts(closed_on=DUE, verified_on=DUE, impact_checked_on=DUE)
    later = DUE + timedelta(400)
    assert [status(each, later) for each in (closed, verified, checked)] == [
        Status.CLOSED,
        Status.VERIFIED,
        Status.IMPACT_CHECKED,
    ]


@pytest.mark.parametrize(
    ("due_on", "closed_on", "on", "days"),
    [
        (DUE, None, DUE, 0),
        (DUE, None, date(2026, 3, 9), 5),  # open and late: to today
        (date(2026, 3, 9), None, DUE, 5),  # moved a week: to the date now agreed
        (DUE, date(2026, 3, 3), date(2026, 3, 9), 1),  # closed: to the day it was closed
        (DUE, date(2026, 2, 2), date(2026, 3, 9), 0),  # early is not below 0
        (date(2026, 4, 7), None, DUE, 24),  # 36 days on, without five weekends and the two days of Easter
    ],
)
def test_slippage_is_counted_in_working_days_from_the_first_due_date(
    due_on: date, closed_on: date | None, on: date, days: int
) -> None:
    assert slippage(facts(due_on=due_on, closed_on=closed_on), on) == days


@given(first=DAYS, due=DAYS, closed=MAYBE, on=DAYS)
def test_slippage_never_shrinks_while_an_action_stays_open(
    first: date, due: date, closed: date | None, on: date
) -> None:
    later = min(on + timedelta(30), date(2030, 12, 31))
    now = slippage(facts(first_due_on=first, due_on=due, closed_on=closed), on)
    assert 0 <= now <= slippage(facts(first_due_on=first, due_on=due, closed_on=closed), later)


def test_what_may_follow() -> None:
    high = {"risk": Risk.HIGH, "closed_on": DUE}
    assert next_steps(facts()) == WORKING
    assert next_steps(facts(closed_on=DUE)) == (Step.VERIFY, Step.CHECK_IMPACT, Step.REOPEN)
    assert next_steps(facts(**high)) == (Step.VERIFY, Step.REOPEN)
    assert next_steps(facts(**high, verified_on=DUE)) == (Step.CHECK_IMPACT, Step.REOPEN)
    assert next_steps(facts(**high, verified_on=DUE, impact_checked_on=DUE)) == (Step.REOPEN,)


def test_high_risk_is_not_closed_without_evidence() -> None:
    assert why_not_close(facts()) == ""
    assert why_not_close(facts(risk=Risk.HIGH, evidence_by=frozenset({1}))) == ""
    assert why_not_close(facts(risk=Risk.HIGH)) != ""


def test_nobody_verifies_their_own() -> None:
    of = facts(owner=1, closed_by=2, evidence_by=frozenset({3}))
    assert [user not in whose_work(of) for user in (1, 2, 3, 4)] == [False, False, False, True]


def test_a_due_date_lies_in_the_reviewed_calendar() -> None:
    assert why_not_due(date(2030, 12, 31)) == ""
    assert [why_not_due(day) != "" for day in (date(1998, 12, 31), date(2031, 1, 1))] == [True, True]
    assert why_not_due(DUE, DUE + timedelta(1)) == "It is in the past."


def test_an_agency_is_summed_up() -> None:
    on = date(2026, 3, 9)
    rows = [
        facts(),  # five late
        facts(due_on=date(2026, 3, 10)),  # moved by six
        facts(closed_on=DUE),
        facts(first_due_on=on, due_on=on, evidence_by=frozenset({1})),
    ]
    assert slipped(rows, on) == Slipped(actions=4, open=3, overdue=1, moved=1, median=2.5, longest=6)
