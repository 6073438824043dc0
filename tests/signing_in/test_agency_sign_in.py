"""Signing in at one's agency, against a real provider: only who is invited, verified, and seated in that agency."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.test import Client

from safeboard.foundation.access.models import User
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.signing_in.agency_sign_in import set_agency_sign_in
from safeboard.foundation.signing_in.models import AgencySignIn
from tests.house.synthetic import other_house
from tests.signing_in.agency import Tied
from tests.signing_in.people import code_now, user_of, with_app

pytestmark = pytest.mark.django_db


def test_an_invited_user_signs_in_and_still_gives_the_second_step(tied: Tied) -> None:
    user = with_app(tied.house)
    client, status = tied.sign_in("chair")
    assert (status, user_of(client)) == (302, None)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert user_of(client) == str(user.pk)
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (user, "chair", {})


@pytest.mark.parametrize("sub", ["unverified", "police", "stranger", "elsewhere"])
def test_nobody_else_signs_in_or_becomes_a_user(tied: Tied, sub: str) -> None:
    users = User.objects.count()
    client, status = tied.sign_in(sub)
    assert (status, user_of(client)) == (403, None)
    assert (User.objects.count(), SocialAccount.objects.count()) == (users, 0)
    noted = TrailEntry.objects.get(kind="sign-in")
    assert (noted.did, noted.details) == ("refused", {"at": f"agency-{tied.board.pk}", "why": "no user of ours"})


def test_an_agency_may_vouch_for_addresses_it_does_not_call_verified(tied: Tied) -> None:
    tied.set(vouches_for_emails=True, secret="")
    with_app(tied.house)
    client, status = tied.sign_in("unverified")
    assert status == 302
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert user_of(client) == str(tied.house.user("chair").pk)


def test_a_tie_made_before_opens_nothing_once_the_seat_has_ended(tied: Tied) -> None:
    with_app(tied.house)
    tied.sign_in("chair")
    tied.house.user("chair").seats.update(ends_on=date(2021, 1, 1))
    client, status = tied.sign_in("chair")
    assert (status, user_of(client)) == (403, None)


def test_a_wrong_secret_signs_nobody_in(tied: Tied) -> None:
    tied.set(secret="not the secret")  # noqa: S106 - wrong on purpose
    client, status = tied.sign_in("chair")
    assert (user_of(client), status) == (None, 401)
    assert TrailEntry.objects.get(kind="sign-in").details == {"at": f"agency-{tied.board.pk}", "why": "no answer"}


def test_an_answer_for_another_browser_signs_nobody_in(tied: Tied) -> None:
    sent = Client().get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login")
    back = urlsplit(tied.at.agree(sent["Location"], "chair"))
    victim = Client()
    victim.get(f"{back.path}?{back.query}")
    assert user_of(victim) is None


def test_an_agency_that_is_off_is_not_offered(tied: Tied) -> None:
    address = f"/account/oidc/agency-{tied.board.pk}/login/"
    assert "Reference City board" in Client().get("/account/login/").content.decode()
    AgencySignIn.objects.update(is_on=False)
    assert "Reference City board" not in Client().get("/account/login/").content.decode()
    assert Client().get(address).status_code == 404


def test_the_secret_is_encrypted_and_never_shown(tied: Tied) -> None:
    row = AgencySignIn.objects.get()
    assert tied.secret not in row.secret
    page = tied.house.client("system_administrator").get(f"/agencies/{row.agency_id}/sign-in/").content.decode()
    assert tied.client_id in page
    assert tied.secret not in page
    assert tied.secret not in str(list(TrailEntry.objects.values("details")))


def test_only_a_houses_administrator_of_the_area_enters_one(tied: Tied) -> None:
    board = tied.board
    assert tied.house.client("agency_administrator").get("/agencies/sign-in/").status_code == 404
    there = other_house()
    assert there.client("system_administrator").get(f"/agencies/{board.pk}/sign-in/").status_code == 404
    with pytest.raises(PermissionDenied):
        set_agency_sign_in(agency=board, given=tied.given(), by=there.viewer("system_administrator"))


def test_what_is_wrong_is_said_by_field_and_nothing_is_stored(tied: Tied) -> None:
    police = tied.house.agencies["police"]
    wrong = tied.given(secret="", email_domains="not a domain!")
    with pytest.raises(BadInput) as caught:
        set_agency_sign_in(agency=police, given=wrong, by=tied.house.viewer("system_administrator"))
    assert {problem.element for problem in caught.value.problems} == {"secret", "email_domains"}
    page = tied.house.client("system_administrator").post(f"/agencies/{police.pk}/sign-in/", wrong).content.decode()
    assert "There is a problem" in page
    assert tied.at.issuer in page
    assert not AgencySignIn.objects.filter(agency=police).exists()


def test_a_provider_that_does_not_answer_is_said_plainly(tied: Tied) -> None:
    tied.set(issuer="http://127.0.0.1:1")
    answer = Client().get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login")
    assert answer.status_code == 502
    assert "That did not sign you in" in answer.content.decode()


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A provider of our own that is up, by its address; it ends whatever happens meanwhile."""
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        answering = Thread(target=server.serve_forever)
        answering.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            answering.join()


class _SentOn(BaseHTTPRequestHandler):
    """A provider that sends on whoever asks it for anything, and notes what it was asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", "/inside/the/network")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


def test_where_a_provider_sends_us_on_we_do_not_go(tied: Tied) -> None:
    with serving(_SentOn) as elsewhere:
        tied.set(issuer=elsewhere)
        answer = Client().get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login")
    assert (answer.status_code, _SentOn.asked) == (502, ["/.well-known/openid-configuration"])


class _Relay(BaseHTTPRequestHandler):
    """Gives the metadata of a real provider at an address of its own, and what they call the provider."""

    metadata: ClassVar[object] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(self.metadata).encode())

    def log_message(self, *_: object) -> None:
        return


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("{own}", 302),
        ("{own}/", 302),
        ("{real}", 502),
        ("{own}/elsewhere", 502),
        ("", 502),
        (None, 502),
        (["{own}"], 502),
    ],
)
def test_metadata_must_name_the_provider_at_whose_address_they_are(tied: Tied, named: object, found: int) -> None:
    real = requests.get(f"{tied.at.issuer}/.well-known/openid-configuration", timeout=20).json()
    with serving(_Relay) as own:
        issuer = named.format(own=own, real=tied.at.issuer) if isinstance(named, str) else named
        _Relay.metadata, _Relay.asked = {**real, "issuer": issuer}, []
        tied.set(issuer=own)
        answer = Client().get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login")
    assert (answer.status_code, set(_Relay.asked)) == (found, {"/.well-known/openid-configuration"})
    assert ("That did not sign you in" in answer.content.decode()) is (found == 502)


def test_metadata_that_are_no_object_are_refused(tied: Tied) -> None:
    with serving(_Relay) as own:
        _Relay.metadata, _Relay.asked = ["issuer"], []
        tied.set(issuer=own)
        answer = Client().get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login")
    assert answer.status_code == 502


def test_metadata_that_take_another_name_on_the_way_sign_nobody_in(tied: Tied) -> None:
    """The token's issuer would be that of the metadata, as the library asks."""
    with_app(tied.house)
    real = requests.get(f"{tied.at.issuer}/.well-known/openid-configuration", timeout=20).json()
    with serving(_Relay) as own:
        tied.set(issuer=own)
        client, _Relay.metadata = Client(), {**real, "issuer": own}
        sent = client.get(f"/account/oidc/agency-{tied.board.pk}/login/?process=login")
        back = urlsplit(tied.at.agree(sent["Location"], "chair"))
        _Relay.metadata = real
        answer = client.get(f"{back.path}?{back.query}")
    assert (answer.status_code, user_of(client), SocialAccount.objects.count()) == (502, None, 0)
    noted = TrailEntry.objects.get(kind="sign-in")
    assert (noted.did, noted.details) == ("refused", {"at": f"agency-{tied.board.pk}", "why": "no answer"})
    assert "That did not sign you in" in answer.content.decode()
