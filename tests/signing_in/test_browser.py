"""Signing in in a real browser: passkeys with a virtual authenticator, codes, and every page accessible."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from playwright.sync_api import Browser, CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from safeboard.foundation.signing_in.invitations import invite
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.signing_in.one_task import PURPOSES, finish, one_task, send_one_task
from tests.house.live import NEEDS_CHROMIUM, axe_findings, browser, trail_may_be_emptied, width
from tests.house.synthetic import house
from tests.signing_in.people import PASSWORD, code_now, with_app, without_second_factor

pytestmark = [NEEDS_CHROMIUM, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]
__all__ = ["browser", "trail_may_be_emptied"]


class Desk:
    """A browser window that collects what its console complains of, the policy on scripts above all."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(base_url=address, viewport={"width": 1200, "height": 800})
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, email: str) -> None:
        self.page.goto("/account/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def address(live_server: LiveServer) -> str:
    # A passkey belongs to a name, not to a number: the browser makes none for 127.0.0.1.
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    desk = Desk(browser, address)
    yield desk
    desk.context.close()


def virtual_authenticator(page: Page) -> CDPSession:
    """An authenticator such as a phone has, which finds that it is its owner who touches it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_a_passkey_is_set_up_and_then_signs_in_alone(desk: Desk) -> None:
    user, page = without_second_factor(house()), desk.page
    virtual_authenticator(page)
    desk.sign_in(user.email)
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("code").count() == 10
    page.get_by_role("link", name="go on").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Reference City"
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    assert page.get_by_role("heading", level=1).inner_text() == "Reference City"
    assert desk.complaints == []


def test_a_passkey_serves_as_the_second_step(desk: Desk) -> None:
    user, page = without_second_factor(house()), desk.page
    virtual_authenticator(page)
    desk.sign_in(user.email)
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Sign in with this passkey alone").uncheck()
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/recovery-codes/")
    desk.context.clear_cookies()
    desk.sign_in(user.email)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    assert desk.complaints == []


def test_without_the_passkey_nobody_gets_past_the_password(desk: Desk, browser: Browser, address: str) -> None:
    user, page = without_second_factor(house()), desk.page
    virtual_authenticator(page)
    desk.sign_in(user.email)
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/recovery-codes/")
    other = Desk(browser, address)
    other.sign_in(user.email)
    other.page.goto("/")
    assert other.page.get_by_role("heading", level=1).inner_text() == "Second step"
    other.context.close()


def test_an_app_is_set_up_from_the_page_and_signs_in(desk: Desk) -> None:
    user, page = without_second_factor(house()), desk.page
    desk.sign_in(user.email)
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill(code_now(secret))
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/recovery-codes/")
    recovery = page.locator("code").first.inner_text()
    desk.context.clear_cookies()
    desk.sign_in(user.email)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    assert desk.complaints == []


SIGNED_OUT = ("/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/signup/")
OWN_ACCOUNT = (
    "/account/second-step/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/2fa/reauthenticate/",
    "/account/logout/",
)


def test_every_page_of_signing_in_is_accessible_and_fits_a_phone(desk: Desk) -> None:
    found = {page: _looked_at(desk, page) for page in SIGNED_OUT}
    user = with_app(house())
    desk.sign_in(user.email)
    found["second step"] = _led_to(desk, "Second step")
    desk.page.get_by_label("Code").fill(code_now())
    desk.page.get_by_role("button", name="Sign in", exact=True).click()
    desk.page.goto("/account/reauthenticate/")
    desk.page.get_by_label("Password").fill("wrong")
    desk.page.get_by_role("button", name="Go on").click()
    found["a field that is wrong"] = _led_to(desk, "Error: Show that it is you")
    desk.page.get_by_label("Password").fill(PASSWORD)
    desk.page.get_by_role("button", name="Go on").click()
    found |= {page: _looked_at(desk, page) for page in OWN_ACCOUNT}
    Authenticator.objects.filter(user=user).delete()
    found["set up an app"] = _looked_at(desk, "/account/2fa/totp/activate/")
    assert found == dict.fromkeys(found, ([], True))


def _looked_at(desk: Desk, page: str) -> tuple[list[tuple[str, str]], bool]:
    """What axe finds on the page of an address, and whether it is no wider than a phone."""
    desk.page.goto(page)
    return _seen(desk)


def _led_to(desk: Desk, title: str) -> tuple[list[tuple[str, str]], bool]:
    """The same of the page that a button led to, known by how its title begins."""
    expect(desk.page).to_have_title(re.compile(f"^{re.escape(title)}"))
    return _seen(desk)


def _seen(desk: Desk) -> tuple[list[tuple[str, str]], bool]:
    desk.page.set_viewport_size({"width": 320, "height": 640})
    fits = width(desk.page) <= 320
    desk.page.set_viewport_size({"width": 1200, "height": 800})
    return axe_findings(desk.page), fits


def test_the_pages_of_invitations_and_leavers_are_accessible_and_fit_a_phone(desk: Desk) -> None:
    here = house()
    here.user("practitioner", "police")
    user = with_app(here, "agency_administrator")
    desk.sign_in(user.email)
    desk.page.get_by_label("Code").fill(code_now())
    desk.page.get_by_role("button", name="Sign in", exact=True).click()
    found = {page: _looked_at(desk, page) for page in ("/invitations/", "/leavers/")}
    desk.page.get_by_label("E-mail addresses of everybody").fill("somebody@else.example")
    desk.page.get_by_role("button", name="Show who would be ended").click()
    found["who would be ended"] = _led_to(desk, "People who have left Reference")
    desk.page.goto("/invitations/")
    desk.page.get_by_role("button", name="Send the invitation").click()
    found["an invitation with nothing in it"] = _led_to(desk, "Error: Invitations")
    assert found == dict.fromkeys(found, ([], True))


def test_the_pages_for_people_without_an_account_are_accessible_and_fit_a_phone(desk: Desk, address: str) -> None:
    here = house()
    at = timezone.now()
    keeper = here.viewer("system_administrator", at=at)
    invite(
        email="new@police.example",
        role="practitioner",
        agency=here.agencies["police"],
        by=here.viewer("agency_administrator", "police", at=at),
        address=address,
    )
    one_task("look at it", _look, title="Look at it", kind="agency", may_send=lambda viewer, object_id: True)
    _, code = send_one_task(
        purpose="look at it",
        object_id=str(here.agencies["school"].pk),
        email="head@school.example",
        expires_at=at + timedelta(days=1),
        by=keeper,
        address=address,
    )
    invitation, task = (re.findall(r"http\S+", letter.body)[0] for letter in mail.outbox)
    found = {"invitation": _looked_at(desk, invitation), "code": _looked_at(desk, task)}
    desk.page.get_by_label("Code of six digits").fill(code)
    desk.page.get_by_role("button", name="Go on").click()
    desk.page.wait_for_url("**/receipt/")
    found["receipt"] = _led_to(desk, "Done")
    del PURPOSES["look at it"]
    assert found == dict.fromkeys(found, ([], True))


def _look(request: HttpRequest, link: OneTaskLink) -> HttpResponse:
    finish(link=link, at=timezone.now())
    return redirect(request.path.replace("/page/", "/receipt/"))


def test_the_pages_of_agencies_own_sign_in_are_accessible_and_fit_a_phone(desk: Desk) -> None:
    here = house()
    user = with_app(here, "system_administrator")
    desk.sign_in(user.email)
    desk.page.get_by_label("Code").fill(code_now())
    desk.page.get_by_role("button", name="Sign in", exact=True).click()
    pages = ("/agencies/sign-in/", f"/agencies/{here.agencies['police'].pk}/sign-in/")
    found = {page: _looked_at(desk, page) for page in pages}
    desk.page.get_by_role("button", name="Save").click()
    found["with nothing in it"] = _led_to(desk, "Error: Sign-in of")
    assert found == dict.fromkeys(found, ([], True))
