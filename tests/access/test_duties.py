"""Separation of duties: each is declared once, kept by a service, and tried here."""

from datetime import date
from pathlib import Path

import pytest

from safeboard.casework.matching.services import join, propose
from safeboard.figures.performance.codes import Audience, Origin, ReportState
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport
from safeboard.figures.performance.publishing import approve
from safeboard.foundation.access.break_glass import break_glass, review_opening
from safeboard.foundation.access.duties import NOT_YET, Duty
from safeboard.foundation.access.involving import involve
from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.restricting import list_user, restrict
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.access.words import OpeningOutcome, RestrictionCategory, Sensitivity
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.signing_in.invitations import invite
from safeboard.tools.actions.services import close, verify
from tests.actions.making import an_action
from tests.house.confidential import REASON, a_restriction
from tests.house.synthetic import NOW, SINCE, house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db


def test_nobody_verifies_their_own_action() -> None:
    here = house()
    by = here.viewer("business_manager")
    done = close(action=an_action(here), words="Done.", by=by)
    with pytest.raises(BadInput, match=Duty.VERIFY_ACTION.label):
        verify(action=done, words="I looked.", by=by)
    verify(action=done, words="I looked.", by=here.viewer("chair"))


def test_nobody_reviews_their_own_opening() -> None:
    here = house()
    # Somebody with two seats: opened in the one, would review in the other.
    both = here.user("investigator")
    person = a_person(here)
    made = break_glass(kind="person", object_id=str(person.pk), reason=REASON, by=here.viewer("investigator"))
    Seat.objects.create(user=both, role="privacy_officer", agency=here.agencies["board"], starts_on=SINCE)
    from_other_seat = viewer_of(both, NOW, both.seats.get(role="privacy_officer").pk)
    assert from_other_seat is not None
    with pytest.raises(BadInput, match=Duty.REVIEW_BREAK_GLASS.label):
        review_opening(opening=made, outcome=OpeningOutcome.NEEDED, found_out="It was", by=from_other_seat)


def test_nobody_gives_rights_to_themselves() -> None:
    here = house()
    by, worker = here.viewer("privacy_officer"), here.viewer("social_worker")
    key = str(a_person(here).pk)
    with pytest.raises(BadInput, match=Duty.GRANT_RIGHTS.label):
        list_user(restriction=a_restriction(here), user=by.user, allowed=True, by=by)
    with pytest.raises(BadInput, match=Duty.GRANT_RIGHTS.label):
        involve(kind="person", object_id=key, user=worker.user, why="Me", by=worker)
    with pytest.raises(BadInput, match=Duty.GRANT_RIGHTS.label):
        restrict(
            kind="person",
            object_id=key,
            category=RestrictionCategory.OTHER,
            reason="x",
            ask="x",
            allowed=[by.user],
            by=by,
        )
    administrator = here.viewer("system_administrator")
    with pytest.raises(BadInput, match=Duty.GRANT_RIGHTS.label):
        invite(
            email=administrator.user.email,
            role="social_worker",
            agency=here.agencies["social care"],
            by=administrator,
            address="http://house.example",
        )


def test_nobody_approves_the_publication_of_what_they_prepared() -> None:
    here = house()
    by = here.viewer("business_manager")
    snapshot = HouseSnapshot.objects.create(
        area=here.area,
        identity="0" * 64,
        origin=Origin.LIVE,
        made_at=NOW,
        starts_on=date(2025, 4, 1),
        ends_on=date(2026, 3, 31),
        reference_date=date(2026, 3, 31),
        manifest={},
    )
    report = PublishedReport.objects.create(
        area=here.area,
        snapshot=snapshot,
        audience=Audience.PUBLIC,
        sensitivity=Sensitivity.OFFICIAL,
        state=ReportState.PREPARED,
        prepared_by=by.user,
        prepared_at=NOW,
    )
    with pytest.raises(BadInput, match=Duty.APPROVE_PUBLICATION.label):
        approve(report=report, by=by)


def test_nobody_joins_two_records_that_they_proposed() -> None:
    here = house()
    by, one, other = here.viewer("safeguarding_manager"), a_person(here), a_person(here)
    pair = propose(one=one, other=other, said="They look alike.", by=by)
    with pytest.raises(BadInput, match=Duty.JOIN_RECORDS.label):
        join(pair=pair, keep=one.pk, said="One birth certificate.", by=by)


TRIED = {
    Duty.VERIFY_ACTION: test_nobody_verifies_their_own_action,
    Duty.REVIEW_BREAK_GLASS: test_nobody_reviews_their_own_opening,
    Duty.GRANT_RIGHTS: test_nobody_gives_rights_to_themselves,
    Duty.JOIN_RECORDS: test_nobody_joins_two_records_that_they_proposed,
    Duty.APPROVE_PUBLICATION: test_nobody_approves_the_publication_of_what_they_prepared,
}


def test_every_duty_is_kept_by_a_service_and_tried_or_not_built_yet() -> None:
    rooms = Path(__file__).parents[2] / "safeboard"
    written = "".join(file.read_text(encoding="utf-8") for file in rooms.rglob("*.py") if file.name != "duties.py")
    kept = {duty for duty in Duty if f"Duty.{duty.name}" in written}
    assert (kept, kept & set(NOT_YET), kept | set(NOT_YET)) == (set(TRIED), set(), set(Duty))
