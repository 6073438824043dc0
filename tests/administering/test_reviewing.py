"""Once a year every seat of an agency is kept or ended, by somebody other than who sits in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from safeboard.foundation.access.models import Seat
from safeboard.foundation.administering.reviewing import decide, start
from safeboard.foundation.administering.selectors import reviews_due
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import NOW, house

pytestmark = pytest.mark.django_db


def test_a_review_holds_every_seat_that_goes_on_and_ends_with_the_last_decision() -> None:
    here = house()
    by, school = here.viewer("system_administrator"), here.agencies["school"]
    kept, ended = here.user("practitioner", "school", "Sam Oak"), here.user("practitioner", "school", "Sam Elm")
    Seat.objects.create(
        user=kept,
        role="board_member",
        agency=school,
        starts_on=NOW.date() - timedelta(9),
        ends_on=NOW.date() - timedelta(1),
    )
    review = start(agency=school, by=by)
    assert start(agency=school, by=by) == review
    rows = {row.holder: row for row in review.seats.all()}
    assert set(rows) == {kept, ended}
    assert decide(reviewed=rows[kept], keep=True, by=by).finished_at is None
    assert decide(reviewed=rows[ended], keep=False, by=by).finished_at == NOW
    assert [seat.ends_on for seat in (kept.seats.get(role="practitioner"), ended.seats.get())] == [
        None,
        NOW.date() - timedelta(1),
    ]


def test_nobody_confirms_their_own_seat_and_nobody_decides_twice() -> None:
    here = house()
    by, school = here.viewer("agency_administrator", "school"), here.agencies["school"]
    other = here.user("practitioner", "school")
    review = start(agency=school, by=by)
    own, theirs = review.seats.get(holder=by.user), review.seats.get(holder=other)
    with pytest.raises(BadInput, match="Nobody confirms their own seat"):
        decide(reviewed=own, keep=True, by=by)
    decide(reviewed=theirs, keep=True, by=by)
    with pytest.raises(BadInput, match="decided this meanwhile"):
        decide(reviewed=theirs, keep=False, by=by)
    assert decide(reviewed=own, keep=True, by=here.viewer("system_administrator")).finished_at == NOW


def test_a_seat_that_ended_meanwhile_needs_no_decision() -> None:
    here = house()
    by, school = here.viewer("system_administrator"), here.agencies["school"]
    gone, there = here.user("practitioner", "school", "Sam Oak"), here.user("practitioner", "school", "Sam Elm")
    review = start(agency=school, by=by)
    Seat.objects.filter(user=gone).update(ends_on=NOW.date() - timedelta(1))
    assert decide(reviewed=review.seats.get(holder=there), keep=True, by=by).finished_at == NOW


def test_other_agencies_reviews_are_not_ones_own() -> None:
    here = house()
    here.user("practitioner", "school")
    review = start(agency=here.agencies["school"], by=here.viewer("system_administrator"))
    for stranger in (here.viewer("agency_administrator", "police"), here.viewer("chair")):
        with pytest.raises(PermissionDenied):
            start(agency=here.agencies["school"], by=stranger)
        with pytest.raises(PermissionDenied):
            decide(reviewed=review.seats.get(), keep=True, by=stranger)


def test_reviews_are_due_a_year_after_the_last_and_overdue_ones_come_first() -> None:
    here = house()
    by = here.viewer("system_administrator")
    here.user("practitioner", "school")
    due = {each.agency: each for each in reviews_due(by)}
    assert {agency.kind: each.overdue for agency, each in due.items()} == {"board": True, "school": True}
    review = start(agency=here.agencies["school"], by=by)
    decide(reviewed=review.seats.get(), keep=True, by=by)
    first, second = reviews_due(by)
    assert (first.agency, first.overdue, second.agency, second.overdue) == (
        here.agencies["board"],
        True,
        here.agencies["school"],
        False,
    )
    assert (second.last, second.due) == (NOW.date(), datetime(2027, 11, 2, tzinfo=UTC).date())


def test_an_agency_without_a_seat_needs_no_review() -> None:
    here = house()
    by = here.viewer("system_administrator")
    assert [each.agency for each in reviews_due(by)] == [here.agencies["board"]]
