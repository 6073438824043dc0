"""Pages for trouble: plain words, and what was typed is not lost, nor shown where it should not be, nor logged."""

import html
import re

import pytest
from django.conf import settings as settings_of_house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import path
from pytest_django import Settings

from safeboard.foundation.access.doors import signed_in_door
from safeboard.site.urls import handler400, handler404, handler500
from tests.house.synthetic import house
from tests.pages.test_forms import hidden
from tests.pages.trial import urls as trial
from tests.pages.trial.away import away, failing, with_file
from tests.pages.trial.models import Task

__all__ = ["handler400", "handler404", "handler500", "signed_in_door"]
urlpatterns = [
    path("away/", away),
    path("failing/", failing),
    path("file/", with_file),
    *trial.urlpatterns,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.test_trouble")]
TYPED = {"name": '<Ó\'Brien> & "co"', "words": "\n first line\nsecond", "password": "never again", "tick": ["a", "b"]}


@pytest.fixture
def client() -> Client:
    client = house().client("business_manager")
    client.raise_request_exception = False
    return client


def kept(text: str) -> list[tuple[str, str]]:
    """What the page would send again."""
    return [
        (name, html.unescape(value).removeprefix("\n"))
        for name, value in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.S)
    ]


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [("/away/", 503, "The records cannot be reached just now"), ("/failing/", 500, "Something went wrong")],
)
def test_what_was_typed_can_be_sent_again(
    client: Client, address: str, status: int, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.post(f"{address}?step=2", TYPED)
    text = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"], f'<h1 class="govuk-heading-l">{title}</h1>' in text) == (
        status,
        "no-store",
        True,
    )
    assert kept(text) == [("name", TYPED["name"]), ("words", TYPED["words"]), ("tick", "a"), ("tick", "b")]
    assert f'action="{address}?step=2"' in text
    assert "but for passwords and codes" in text
    assert [word for word in ("Brien", "first line", "never again") if word in caplog.text] == []


def test_a_page_that_was_only_opened_offers_another_try(client: Client) -> None:
    text = client.get("/away/").content.decode()
    assert ('href="/away/">Try again<' in text, kept(text)) == (True, [])


def test_a_form_with_an_old_token_can_be_sent_again_from_our_own_page_only() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house().user("business_manager"), backend="django.contrib.auth.backends.ModelBackend")
    own = client.post("/tasks/add/", {"title": "Kept"}, headers={"origin": "http://testserver"})
    assert (own.status_code, dict(kept(own.content.decode()))["title"]) == (403, "Kept")
    again = dict(kept(own.content.decode())) | {"stage": "open"}
    assert client.post("/tasks/add/", again, headers={"origin": "http://testserver"}).status_code == 302
    assert Task.objects.get().title == "Kept"
    for headers in ({"origin": "https://elsewhere.example"}, {}):
        foreign = client.post("/tasks/add/", {"title": "Foreign"}, headers=headers)
        assert (foreign.status_code, kept(foreign.content.decode())) == (403, [])


def test_a_form_sent_without_a_session_is_given_back_and_taken_after_signing_in(client: Client) -> None:
    carried = hidden(client.get("/tasks/add/").content.decode())
    answer = Client().post("/tasks/add/", {**carried, "title": "Kept", "stage": "open"})
    assert (answer.status_code, "You are signed out" in answer.content.decode()) == (403, True)
    assert client.post("/tasks/add/", dict(kept(answer.content.decode()))).status_code == 302
    assert Task.objects.get().title == "Kept"


def test_a_form_without_a_draft_that_comes_after_the_time_out_is_given_back(client: Client) -> None:
    carried = hidden(client.get("/file/").content.decode())
    session = client.session
    session["seen"] -= settings_of_house.IDLE_SIGN_OUT + 1
    session.save()
    answer = client.post("/file/", {**carried, "words": "Kept"})
    assert (answer.status_code, dict(kept(answer.content.decode()))["words"]) == (403, "Kept")
    assert client.get("/")["Location"] == "/account/login/?next=/"


def test_too_much_text_is_told(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post("/tasks/add/", {"title": "x" * 1001})
    assert (answer.status_code, "This is too large to be sent" in answer.content.decode()) == (413, True)


@pytest.mark.parametrize(("size", "kept_file"), [(100_000, True), (100_001, False)])
def test_a_file_too_large_does_not_take_the_rest_with_it(
    client: Client, settings: Settings, size: int, kept_file: bool
) -> None:
    settings.LARGEST_UPLOAD = 100_000
    file = SimpleUploadedFile("census.xml", b"x" * size)
    answer = client.post("/file/", {"words": "Typed with care", "file": file})
    if kept_file:
        assert answer.content == b"100000 Typed with care"
        return
    text = answer.content.decode()
    assert "The file is larger than 0 MB, so it was not taken. Send a smaller one." in text
    assert "Typed with care" in text


def test_not_found_is_said_plainly(client: Client) -> None:
    answer = client.get("/nothing/here/")
    assert (answer.status_code, "There is nothing at this address that you may see." in answer.content.decode()) == (
        404,
        True,
    )
