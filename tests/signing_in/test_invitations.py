"""An agency's own administrator invites, to that agency's seats only; the link is good once and for seven days."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.test import Client, TestCase

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.signing_in.invitations import invite
from safeboard.foundation.signing_in.models import Invitation
from tests.house.synthetic import NOW, House, house, other_house
from tests.signing_in.people import user_of

pytestmark = pytest.mark.django_db

NEW = "new.person@police.example"
WORDS = "three words that differ"


def send(here: House, role: str = "practitioner", email: str = NEW) -> str:
    """Invite through the page as the police's administrator; the link in the e-mail."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = here.client("agency_administrator", "police").post("/invitations/", {"email": email, "role": role})
    assert answer.status_code == 302, answer.content.decode()
    return link_in_mail()


def link_in_mail() -> str:
    found = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)
    assert found is not None
    return found[1]


def test_an_invitation_is_sent_and_makes_a_user_with_that_seat() -> None:
    here = house()
    link, client = send(here), Client()
    assert "Reference City police" in client.get(link).content.decode()
    answer = client.post(link, {"name": "Synthetic Newcomer", "way": "password", "password": WORDS})
    assert answer["Location"] == "/account/second-step/"
    user = User.objects.get(email=NEW)
    assert (user.name, user.check_password(WORDS)) == ("Synthetic Newcomer", True)
    seat = user.seats.get()
    assert (seat.role, seat.agency) == ("practitioner", here.agencies["police"])
    assert user_of(client) == str(user.pk)
    assert client.get("/")["Location"] == "/account/second-step/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200


def test_with_a_passkey_no_password_is_needed() -> None:
    link, client = send(house()), Client()
    client.post(link, {"name": "Synthetic Newcomer", "way": "passkey"})
    user = User.objects.get(email=NEW)
    assert not user.has_usable_password()
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


def test_the_link_is_good_once_and_only_its_digest_is_kept() -> None:
    link = send(house())
    token = link.strip("/").rpartition("/")[2]
    assert token not in str(list(Invitation.objects.values()))
    Client().post(link, {"name": "Synthetic Newcomer", "way": "passkey"})
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"name": "Another", "way": "passkey"}).status_code == 404
    assert Seat.objects.filter(user__email=NEW).count() == 1


def test_after_seven_days_the_link_is_not_found() -> None:
    link = send(house())
    row = Invitation.objects.get()
    assert row.expires_at - row.made_at == timedelta(days=7)
    Invitation.objects.update(expires_at=F("expires_at") - timedelta(days=7, seconds=1))
    assert Client().get(link).status_code == 404


def test_a_withdrawn_link_is_not_found() -> None:
    here = house()
    link = send(here)
    here.client("agency_administrator", "police").post(f"/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert Client().get(link).status_code == 404


def test_inviting_again_makes_the_first_link_worthless() -> None:
    here = house()
    first, second = send(here), send(here)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)


def test_a_weak_password_makes_no_user_and_loses_nothing() -> None:
    link = send(house())
    page = Client().post(link, {"name": "Synthetic Newcomer", "way": "password", "password": "short"}).content.decode()
    assert "There is a problem" in page
    assert "Synthetic Newcomer" in page
    assert User.objects.filter(email=NEW).count() == 0


def test_an_existing_user_takes_the_seat_only_when_signed_in_as_themselves() -> None:
    here, there = house(), other_house()
    user = there.user("chair")
    link = send(here, email=user.email)
    assert Client().get(link)["Location"].startswith("/account/login/?next=/invitation/")
    assert here.client("chair").post(link)["Location"].startswith("/account/login/")
    assert user.seats.count() == 1
    there.client("chair").post(link)
    assert {seat.agency.name for seat in user.seats.all()} == {"Neighbour City board", "Reference City police"}


def test_somebody_who_left_gets_a_fresh_account_and_keeps_no_old_way_in() -> None:
    here = house()
    user = here.user("practitioner", "police")
    User.objects.filter(pk=user.pk).update(is_active=False)
    link = send(here, role="board_member", email=user.email)
    Client().post(link, {"name": "Synthetic Again", "way": "password", "password": WORDS})
    user.refresh_from_db()
    assert (user.is_active, user.name, user.check_password(WORDS)) == (True, "Synthetic Again", True)
    assert user.authenticator_set.count() == 0


def test_the_letter_names_nobody() -> None:
    send(house())
    letter = mail.outbox[-1]
    assert letter.subject == "You are invited to Safeboard"
    assert "Synthetic" not in letter.body
    assert letter.to == [NEW]


def test_others_do_not_find_the_page_and_another_agencys_invitation_is_not_found() -> None:
    here, there = house(), other_house()
    send(here)
    pk = Invitation.objects.get().pk
    for role in ("chair", "social_worker", "privacy_officer"):
        assert here.client(role).get("/invitations/").status_code == 404
    for client in (here.client("agency_administrator", "health"), there.client("system_administrator")):
        assert NEW not in client.get("/invitations/").content.decode()
        assert client.post(f"/invitations/{pk}/withdraw/").status_code == 404
    assert NEW in here.client("agency_administrator", "police").get("/invitations/").content.decode()


@pytest.mark.parametrize(
    ("role", "email", "field"),
    [
        ("social_worker", NEW, "role"),
        ("no such role", NEW, "role"),
        ("practitioner", "agency_administrator.police@x99000001.example", "email"),
        ("practitioner", "practitioner.police@x99000001.example", "email"),
    ],
)
def test_what_may_not_be_given_is_said(role: str, email: str, field: str) -> None:
    here = house()
    here.user("practitioner", "police")
    administrator = here.viewer("agency_administrator", "police")
    with pytest.raises(BadInput) as caught:
        invite(email=email, role=role, agency=here.agencies["police"], by=administrator, address="http://testserver")
    assert [problem.element for problem in caught.value.problems] == [field]
    assert Invitation.objects.count() == 0


def test_nobody_invites_to_another_agency() -> None:
    here = house()
    administrator = here.viewer("agency_administrator", "police")
    for agency in (here.agencies["health"], other_house().agencies["police"]):
        with pytest.raises(PermissionDenied):
            invite(email=NEW, role="practitioner", agency=agency, by=administrator, address="http://testserver")
    chair = viewer_of(here.user("chair"), NOW)
    assert chair is not None
    with pytest.raises(PermissionDenied):
        invite(email=NEW, role="practitioner", agency=here.agencies["board"], by=chair, address="http://testserver")


def test_only_a_houses_administrator_makes_another() -> None:
    here = house()
    board = here.agencies["board"]
    with pytest.raises(BadInput):
        invite(
            email=NEW,
            role="system_administrator",
            agency=board,
            by=here.viewer("agency_administrator", "board"),
            address="http://testserver",
        )
    keeper = here.viewer("system_administrator")
    invite(email=NEW, role="system_administrator", agency=board, by=keeper, address="http://testserver")
    assert Invitation.objects.get().role == "system_administrator"
