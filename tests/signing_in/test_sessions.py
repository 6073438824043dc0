"""Somebody sees where they are signed in, ends it there, and nobody else's; and ended sessions are not kept."""

import re
from datetime import UTC, datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.signing_in.demo import demo_link
from safeboard.foundation.signing_in.devices import BROWSERS, SYSTEMS, device_in_words
from safeboard.foundation.signing_in.invitations import invite
from safeboard.foundation.signing_in.sessions import delete_expired, places_of
from tests.house.synthetic import House, confirmed, house
from tests.signing_in.people import PASSWORD, code_now, give_password, user_of, with_app

PAGE, END_OTHERS = "/account/sessions/", "/account/sessions/others/end/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148 Safari/604.1"


def key_in_list(client: Client) -> int:
    return UserSession.objects.get(session_key=client.session.session_key).pk


def listed(here: House, client: Client) -> list[tuple[str, bool]]:
    return [
        (place.device, place.is_this)
        for place in places_of(here.user("chair"), client.session.session_key, timezone.now())
    ]


def noted() -> list[tuple[str, str, str, object]]:
    rows = TrailEntry.objects.filter(kind="sign-in", did="signed out").order_by("number")
    return [(row.did, row.who, row.object_id, row.details) for row in rows]


@pytest.mark.django_db
def test_each_place_is_shown_in_plain_words_with_this_one_first(settings: Settings) -> None:
    settings.DEMO = True
    user = house().user("chair")
    phone = Client(HTTP_USER_AGENT=SAFARI, REMOTE_ADDR="192.0.2.7")
    desk = Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="198.51.100.9")
    for client in (phone, desk):
        client.get(demo_link(user))
    page = desk.get(PAGE).content.decode()
    assert page.index("Firefox on Windows") < page.index("This one") < page.index("Safari on an iPhone")
    assert (page.count("This one"), page.count("Sign out there"), page.count("Mozilla")) == (1, 1, 0)
    first, second = places_of(user, desk.session.session_key, timezone.now())
    assert (first.is_this, second.is_this, second.ip) == (True, False, "192.0.2.7")
    begun = datetime.fromtimestamp(phone.session["begun"], UTC)
    assert (second.begun_at, second.seen_at) == (begun, begun)
    assert Client().get(PAGE)["Location"] == f"/account/login/?next={PAGE}"


@pytest.mark.django_db
def test_every_way_of_signing_in_is_listed(settings: Settings) -> None:
    settings.DEMO = True
    here = house()
    demo, invited, typed = Client(), Client(), Client()
    demo.get(demo_link(here.user("chair")))
    with TestCase.captureOnCommitCallbacks(execute=True):
        invite(
            email="new@school.example",
            role="practitioner",
            agency=here.agencies["school"],
            by=here.viewer("system_administrator", at=timezone.now()),
            address="http://testserver",
        )
    link = re.findall(r"http://testserver(\S+)", str(mail.outbox[-1].body))[0]
    invited.post(link, {"name": "Somebody New", "way": "password", "password": "other words that differ"})
    user = with_app(here, "practitioner")
    give_password(typed, user.email)
    typed.post("/account/2fa/authenticate/", {"code": code_now()})
    keys = {client.session.session_key: user_of(client) for client in (demo, invited, typed)}
    assert len(keys) == 3
    assert {row.session_key: str(row.user_id) for row in UserSession.objects.all()} == keys


@pytest.mark.django_db
def test_one_other_is_ended_and_the_rest_go_on() -> None:
    here = house()
    asking, other, third = (confirmed(here.client("chair")) for _ in range(3))
    other_key = other.session.session_key
    answer = asking.post(f"{PAGE}{key_in_list(other)}/end/")
    assert answer["Location"] == PAGE
    assert "You are signed out there" in asking.get(PAGE).content.decode()
    assert other.get("/")["Location"] == "/account/login/?next=/"
    assert [client.get("/").status_code for client in (asking, third)] == [200, 200]
    assert (Session.objects.filter(pk=other_key).count(), len(listed(here, asking))) == (0, 2)
    key = str(here.user("chair").pk)
    assert noted() == [("signed out", key, key, {"sessions": 1, "why": "ended by its user elsewhere"})]


@pytest.mark.django_db
def test_all_others_are_ended_and_nobody_elses() -> None:
    here = house()
    asking, other, third = (confirmed(here.client("chair")) for _ in range(3))
    somebody = here.client("board_member")
    assert asking.post(END_OTHERS)["Location"] == PAGE
    assert [client.get("/").status_code for client in (asking, other, third, somebody)] == [200, 302, 302, 200]
    assert "You are signed in nowhere else" in asking.get(PAGE).content.decode()
    key = str(here.user("chair").pk)
    assert noted() == [("signed out", key, key, {"sessions": 2, "why": "ended by their user elsewhere"})]
    asking.post(END_OTHERS)
    assert len(noted()) == 1


@pytest.mark.django_db
def test_what_is_not_ones_own_is_not_found_and_this_one_is_ended_by_signing_out() -> None:
    here = house()
    asking, somebody = confirmed(here.client("chair")), here.client("board_member")
    for key in (key_in_list(somebody), key_in_list(asking), 0):
        assert asking.post(f"{PAGE}{key}/end/").status_code == 404
    assert asking.get(f"{PAGE}{key_in_list(asking)}/end/").status_code == 405
    assert Client().post(END_OTHERS)["Location"] == f"/account/login/?next={END_OTHERS}"
    assert [client.get("/").status_code for client in (asking, somebody)] == [200, 200]
    assert noted() == []


@pytest.mark.django_db
def test_ending_asks_again_who_it_is_and_is_then_done() -> None:
    here = house()
    user, client, other = with_app(here), here.client("chair"), here.client("chair")
    asked = client.post(END_OTHERS)
    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    assert other.get("/").status_code == 200
    assert client.post(asked["Location"], {"password": "not the password"}).status_code == 200
    assert other.get("/").status_code == 200
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == PAGE
    assert (other.get("/").status_code, client.get("/").status_code) == (302, 200)
    assert user_of(client) == str(user.pk)


@pytest.mark.django_db
def test_what_has_ended_is_neither_listed_nor_kept(settings: Settings) -> None:
    here = house()
    asking, out, idle, old, expired = (here.client("chair") for _ in range(5))
    out.post("/account/logout/")
    for client, moment, seconds in ((idle, "seen", settings.IDLE_SIGN_OUT), (old, "begun", 8 * 60 * 60)):
        session = client.session
        session[moment] -= seconds + 5
        session.save()
    Session.objects.filter(pk=expired.session.session_key).update(expire_date=timezone.now())
    assert UserSession.objects.count() == 4
    assert len(listed(here, asking)) == 1
    delete_expired(timezone.now())
    assert (UserSession.objects.count(), Session.objects.filter(pk=expired.session.session_key).count()) == (3, 0)
    for client in (idle, old):
        client.get("/")
    assert [row.session_key for row in UserSession.objects.all()] == [asking.session.session_key]


@pytest.mark.django_db
def test_what_an_old_password_opened_is_not_listed_after_it_changed() -> None:
    here = house()
    user, asking, other = with_app(here), confirmed(here.client("chair")), here.client("chair")
    words = {"oldpassword": PASSWORD, "password1": "other words that differ", "password2": "other words that differ"}
    asking.post("/account/password/change/", words)
    user.refresh_from_db()
    assert [place.is_this for place in places_of(user, asking.session.session_key, timezone.now())] == [True]
    assert (asking.get("/").status_code, other.get("/").status_code) == (200, 302)


@pytest.mark.django_db
def test_the_page_asks_as_often_for_fifty_and_no_page_writes_the_list() -> None:
    here, counts = house(), []
    client = here.client("chair")
    for more in (1, 49):
        for _ in range(more):
            here.client("chair")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PAGE).content.decode()
        counts.append((len(queries), page.count("Sign out there")))
    assert (counts[0][0], counts[1][0] < 12) == (counts[1][0], True)
    assert [shown for _, shown in counts] == [1, 50]
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert [each["sql"] for each in queries if "usersession" in each["sql"]] == []


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.6 Safari/605.1.15", "Safari on a Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/142.0 Safari/537.36", "Chrome on ChromeOS"),
        ("curl on Windows", "A browser on Windows that is not known here"),
        ("Firefox/1", "Firefox on a system that is not known here"),
        ("", "A browser that is not known here"),
        ("<script>alert(1)</script>", "A browser that is not known here"),
    ],
)
def test_a_browser_is_told_in_words(sent: str, words: str) -> None:
    assert device_in_words(sent) == words


KNOWN = {f"{browser} on {system}" for _, browser in BROWSERS for _, system in SYSTEMS}


@given(st.text() | st.lists(st.sampled_from([sign for sign, _ in (*BROWSERS, *SYSTEMS)])).map(" ".join))
def test_nothing_of_what_a_browser_sends_is_repeated(sent: str) -> None:
    words = device_in_words(sent)
    assert words in KNOWN or words.endswith("not known here")


@pytest.mark.django_db
def test_a_long_word_of_a_browser_is_cut_and_signs_in_all_the_same() -> None:
    user, client = with_app(house()), Client(HTTP_USER_AGENT="Firefox/" + "x" * 5000 + "Ж")
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert (user_of(client), len(UserSession.objects.get().user_agent)) == (str(user.pk), 200)
