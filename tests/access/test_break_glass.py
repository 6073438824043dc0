"""Break-glass: one record, two hours, told at once, reviewed by somebody else on the next working day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from safeboard.casework.people.models import Person
from safeboard.foundation.access.break_glass import (
    Statistics,
    break_glass,
    end_early,
    may_review,
    open_now,
    openings,
    review_opening,
    statistics,
)
from safeboard.foundation.access.models import BreakGlass, Notice, RestrictionEntry
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.restricting import restrict
from safeboard.foundation.access.words import Action, OpeningOutcome, RestrictionCategory
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import NOW, House, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
REASON = "The child is in the emergency department and cannot say who looks after her"


def opened(here: House, person: Person, at: datetime = NOW) -> BreakGlass:
    by = here.viewer("investigator", at=at)
    return break_glass(kind="person", object_id=str(person.pk), reason=REASON, by=by)


def test_it_opens_one_record_for_two_hours_and_for_reading_only() -> None:
    here = house()
    person, other = a_person(here), a_person(here, family="Birchley")
    made = opened(here, person)
    during, after = here.viewer("investigator"), here.viewer("investigator", at=NOW + timedelta(hours=2))
    assert may(during, Action.OPEN, person)
    assert not may(during, Action.OPEN, other)
    assert not may(during, Action.CHANGE, person)
    assert not may(during, Action.PRINT, person)
    assert not may(after, Action.OPEN, person)
    assert ([each.pk for each in open_now(during)], open_now(after)) == ([made.pk], [])


def test_whoever_opened_it_ends_it_early_once_and_its_review_stays_due() -> None:
    here = house()
    person = a_person(here)
    made, over = opened(here, person), NOW + timedelta(minutes=20)
    for by in (here.viewer("privacy_officer", at=over), here.viewer("system_administrator", at=over)):
        with pytest.raises(PermissionDenied):
            end_early(opening=made, by=by)
    told = [end_early(opening=made, by=here.viewer("investigator", at=over + timedelta(hours=n))) for n in (0, 1)]
    review_on = made.review_on
    made.refresh_from_db()
    assert (told, made.ends_at, made.ended_early, made.review_on) == ([True, False], over, True, review_on)
    assert may(here.viewer("investigator", at=over - timedelta(seconds=1)), Action.OPEN, person)
    assert not may(here.viewer("investigator", at=over), Action.OPEN, person)
    assert may_review(here.viewer("privacy_officer", at=over), made)
    entry = TrailEntry.objects.get(did="ended glass")
    assert (entry.kind, entry.object_id, entry.details["opening"]) == ("person", str(person.pk), made.pk)


def test_an_opening_that_was_left_to_run_out_did_not_end_early_and_is_not_ended_any_more() -> None:
    here = house()
    made = opened(here, a_person(here))
    assert not end_early(opening=made, by=here.viewer("investigator", at=made.ends_at))
    made.refresh_from_db()
    assert (made.ended_early, made.ends_at) == (False, NOW + timedelta(hours=2))
    assert not TrailEntry.objects.filter(did="ended glass").exists()


def test_it_is_in_the_trail_and_told_without_a_name(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    here = house()
    person = a_person(here)
    officer, keeper = here.user("privacy_officer"), here.user("safeguarding_manager")
    there = other_house().user("privacy_officer")
    with django_capture_on_commit_callbacks(execute=True):
        made = opened(here, person)
    told = {(each.user_id, each.kind, each.object_id) for each in Notice.objects.all()}
    # The head of safeguarding reviews openings, so is not told once more as the keeper of the agency's records.
    assert told == {(user.pk, "break_glass", str(made.pk)) for user in (officer, keeper)}
    assert there.pk not in {user for user, _, _ in told}
    assert sorted(each.to[0] for each in mail.outbox) == sorted([officer.email, keeper.email])
    assert not any(
        word in f"{each.subject} {each.body}" for each in mail.outbox for word in ("Robin", "Ashcombe", "http")
    )
    entry = TrailEntry.objects.get(did="broke glass")
    assert (entry.kind, entry.object_id) == ("person", str(person.pk))


def test_somebody_who_may_open_the_record_or_not_know_of_it_cannot_break_the_glass() -> None:
    here, there = house(), other_house()
    person = a_person(here)
    for by in (
        here.viewer("social_worker"),
        here.viewer("practitioner"),
        here.viewer("system_administrator"),
        there.viewer("investigator"),
    ):
        with pytest.raises(PermissionDenied):
            break_glass(kind="person", object_id=str(person.pk), reason=REASON, by=by)
    assert not BreakGlass.objects.exists()


def test_who_is_kept_out_by_name_stays_out_though_the_glass_is_broken() -> None:
    here = house()
    person = a_person(here)
    opened(here, person)
    made = restrict(
        kind="person",
        object_id=str(person.pk),
        category=RestrictionCategory.STAFF_RELATIVE,
        reason="A relative",
        ask="The privacy officer",
        by=here.viewer("safeguarding_manager"),
    )
    assert may(here.viewer("investigator"), Action.OPEN, person)
    RestrictionEntry.objects.create(restriction=made, user=here.user("investigator"), allowed=False)
    assert not may(here.viewer("investigator"), Action.OPEN, person)


@pytest.mark.parametrize("reason", ["", "x", "urgent urgent urgent urgent urgent", "1 2 3 4 5 6", "need it now please"])
def test_a_reason_that_says_too_little_is_refused(reason: str) -> None:
    here = house()
    with pytest.raises(BadInput, match="what is happening and why"):
        break_glass(kind="person", object_id=str(a_person(here).pk), reason=reason, by=here.viewer("investigator"))


def test_it_is_to_be_reviewed_on_the_next_working_day() -> None:
    here = house()
    friday = datetime(2026, 12, 24, 23, 0, tzinfo=UTC)
    # After Christmas Day, the weekend and the substitute for Boxing Day.
    assert opened(here, a_person(here), friday).review_on == date(2026, 12, 29)


def test_somebody_else_reviews_it_once() -> None:
    here = house()
    made = opened(here, a_person(here))
    officer = here.viewer("privacy_officer", at=NOW + timedelta(days=1))
    review_opening(opening=made, outcome=OpeningOutcome.NEEDED, found_out="The hospital confirms it", by=officer)
    made.refresh_from_db()
    assert (made.reviewed_by, made.outcome) == (officer.user, "needed")
    with pytest.raises(BadInput, match="reviewed meanwhile"):
        review_opening(opening=made, outcome=OpeningOutcome.AVOIDABLE, found_out="Changed my mind", by=officer)


def test_only_a_reviewer_of_the_area_reviews() -> None:
    here, there = house(), other_house()
    made = opened(here, a_person(here))
    for by in (here.viewer("investigator"), here.viewer("system_administrator"), there.viewer("privacy_officer")):
        with pytest.raises(PermissionDenied):
            review_opening(opening=made, outcome=OpeningOutcome.NEEDED, found_out="", by=by)
    assert list(openings(there.viewer("privacy_officer"))) == []


def test_the_database_holds_two_hours_and_the_second_pair_of_eyes() -> None:
    here = house()
    made = opened(here, a_person(here))
    rows = BreakGlass.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError, match="two_hours"), transaction.atomic():
        rows.update(ends_at=NOW + timedelta(hours=2, seconds=1))
    with pytest.raises(IntegrityError, match="nobody_reviews_their_own"), transaction.atomic():
        rows.update(reviewed_by=made.user, reviewed_at=NOW, outcome="needed")
    with pytest.raises(IntegrityError, match="reviewed_with_an_outcome"), transaction.atomic():
        rows.update(reviewed_by=here.user("privacy_officer"), reviewed_at=NOW)


def test_the_board_is_told_how_many_by_how_many_and_to_what_outcome() -> None:
    here = house()
    officer = here.viewer("privacy_officer", at=NOW + timedelta(days=1))
    for family in ("Ashcombe", "Birchley", "Coldwell"):
        made = opened(here, a_person(here, family=family))
    review_opening(opening=made, outcome=OpeningOutcome.NEEDED, found_out="Confirmed", by=officer)
    first = here.viewer("privacy_officer", at=NOW + timedelta(days=7))
    assert statistics(first, NOW.date(), NOW.date()) == Statistics(
        openings=3, people=1, in_time=1, late=0, waiting=2, overdue=2, outcomes={"It was needed": 1}
    )
    assert statistics(first, date(2026, 1, 1), date(2026, 1, 31)).openings == 0
