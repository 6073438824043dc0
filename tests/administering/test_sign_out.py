"""An administrator signs somebody out everywhere: with a reason, told to them, and not beyond their agency."""

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.models import Notice, Seat
from safeboard.foundation.administering.services import TOLD, end_seat, sign_out_everywhere
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from tests.administering.test_pages import fill_in
from tests.house.synthetic import House, house, other_house

pytestmark = pytest.mark.django_db
REASON = "A telephone was left on a bus."
LATER = "/account/login/?next=/"


def seat_of(here: House, role: str = "practitioner", kind: str = "school") -> Seat:
    return here.user(role, kind).seats.get()


def page(seat: Seat) -> str:
    return reverse("administering:sign-out", args=[seat.pk])


@pytest.mark.parametrize("role", ["agency_administrator", "system_administrator"])
def test_somebody_is_signed_out_everywhere_and_told(role: str) -> None:
    here = house()
    seat, kind = seat_of(here), "school" if role == "agency_administrator" else None
    administrator, others = here.client(role, kind), [here.client("practitioner", "school") for _ in range(2)]
    mail.outbox.clear()
    assert page(seat) in administrator.get(reverse("administering:seat", args=[seat.pk])).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        fill_in(administrator, page(seat), reason=REASON)
    assert [client.get("/").headers.get("Location") for client in (*others, administrator)] == [LATER, LATER, None]
    assert list(UserSession.objects.filter(user=seat.user)) == []
    entry = TrailEntry.objects.filter(kind="sign-in", did="signed out").get()
    assert (entry.who, entry.object_id) == (str(here.user(role, kind).pk), str(seat.user_id))
    assert entry.details == {"sessions": 2, "why": "ended by an administrator", "words": REASON}
    assert list(Notice.objects.values_list("user", "said")) == [(seat.user_id, TOLD)]
    assert [letter.to for letter in mail.outbox] == [[seat.user.email]]
    assert REASON not in mail.outbox[0].body
    assert TOLD in here.client("practitioner", "school").get("/").content.decode()


def test_a_reason_is_asked_for_and_nothing_is_done_without_one() -> None:
    here = house()
    seat, client = seat_of(here), here.client("practitioner", "school")
    administrator = here.client("system_administrator")
    for reason in ("", "   ", "x" * 501, "a\0b"):
        assert "There is a problem" in fill_in(administrator, page(seat), reason=reason).content.decode()  # type: ignore[attr-defined]
    assert client.get("/").status_code == 200
    assert (Notice.objects.count(), TrailEntry.objects.filter(did="signed out").count()) == (0, 0)


@pytest.mark.parametrize("role", ["chair", "business_manager", "privacy_officer", "practitioner"])
def test_nobody_else_signs_somebody_out(role: str) -> None:
    here = house()
    seat, signed_in = seat_of(here), here.client("practitioner", "school")
    assert here.client(role, name="Somebody").get(page(seat)).status_code == 404
    with pytest.raises(PermissionDenied):
        sign_out_everywhere(seat=seat, reason=REASON, by=here.viewer(role, name="Somebody"))
    assert signed_in.get("/").status_code == 200


def test_not_beyond_ones_agency_or_area_not_oneself_and_not_by_a_seat_that_has_ended() -> None:
    here, there = house(), other_house()
    seat, signed_in = seat_of(here), here.client("practitioner", "school")
    for by in (here.viewer("agency_administrator", "police"), there.viewer("system_administrator")):
        with pytest.raises(PermissionDenied):
            sign_out_everywhere(seat=seat, reason=REASON, by=by)
    own = here.viewer("agency_administrator", "school", at=timezone.now())
    assert here.client("agency_administrator", "school").get(page(own.seat)).status_code == 404
    with pytest.raises(BadInput, match="under your account"):
        sign_out_everywhere(seat=own.seat, reason=REASON, by=own)
    here.user("practitioner", "school").seats.create(
        role="board_member", agency=here.agencies["police"], starts_on=seat.starts_on
    )
    end_seat(seat=seat, by=own)
    with pytest.raises(BadInput, match="has ended"):
        sign_out_everywhere(seat=seat, reason=REASON, by=own)
    assert signed_in.get("/").status_code == 302  # its own seat has ended
    assert Notice.objects.count() == 0
