"""Passwords: long enough, never changed by the calendar, renewed by a letter when forgotten; and no sign-up."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver

from safeboard.foundation.access.models import User
from tests.house.synthetic import house
from tests.signing_in.people import PASSWORD, code_now, give_password, user_of, with_app

pytestmark = pytest.mark.django_db

NEW = "other words that differ"


def reset_link(email: str) -> str | None:
    """What the letter after asking for a new password leads to."""
    mail.outbox.clear()
    assert Client().post("/account/password/reset/", {"email": email})["Location"] == "/account/password/reset/done/"
    found = re.search(r"http://testserver(\S+)", mail.outbox[0].body) if mail.outbox else None
    return found[1] if found else None


def test_a_forgotten_password_is_renewed_by_a_letter_and_the_second_step_is_still_asked() -> None:
    user = with_app(house())
    link, client = reset_link(user.email), Client()
    assert link is not None
    assert mail.outbox[0].subject == "Safeboard: choose a new password"
    assert user.name not in mail.outbox[0].body
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert user_of(client) is None
    assert give_password(Client(), user.email, PASSWORD) == 200
    assert give_password(client, user.email, NEW) == 302
    assert user_of(client) is None
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert user_of(client) == str(user.pk)
    again = Client().get(link, follow=True).content.decode()
    assert "This link does not work any more" in again


def test_an_unknown_or_closed_account_gets_the_same_answer_and_no_letter() -> None:
    user = with_app(house())
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert reset_link("not.known@example.org") is None
    assert reset_link(user.email) is None


@pytest.mark.parametrize("weak", ["short", "password1234", "chair.board@x99000001"])
def test_a_weak_password_is_refused(weak: str) -> None:
    user, client = with_app(house()), Client()
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    given = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert "There is a problem" in client.post("/account/password/change/", given).content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_changing_the_password_ends_other_sessions() -> None:
    here = house()
    user, elsewhere, client = with_app(here), here.client("chair"), Client()
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert client.get("/").status_code == 200
    assert elsewhere.get("/")["Location"] == "/account/login/?next=/"


def test_nobody_signs_up_and_no_page_asks_a_secret_question() -> None:
    assert Client().get("/account/signup/").status_code == 404
    assert Client().post("/account/signup/", {"email": "a@b.example", "password1": NEW}).status_code == 404
    names = str(get_resolver().reverse_dict.keys())
    assert "question" not in names


def test_who_left_cannot_sign_in_with_the_right_password() -> None:
    here = house()
    user = with_app(here)
    User.objects.filter(pk=user.pk).update(ended_on="2021-01-01")
    client = Client()
    assert (
        "This account is closed"
        in client.post("/account/login/", {"login": user.email, "password": PASSWORD}, follow=True).content.decode()
    )
    assert user_of(client) is None
