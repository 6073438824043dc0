"""Five wrong tries, of the password or of the code, then an hour's wait, told plainly; nobody's address is logged."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client

from tests.house.synthetic import house
from tests.signing_in.people import code_now, give_password, user_of, with_app

pytestmark = pytest.mark.django_db


def wrong_passwords(email: str, times: int) -> list[int]:
    return [give_password(Client(), email, "not the password") for _ in range(times)]


def test_the_fifth_wrong_password_locks_and_the_right_one_does_not_open() -> None:
    email = with_app(house()).email
    assert wrong_passwords(email, 5) == [200, 200, 200, 200, 429]
    assert give_password(Client(), email) == 429


def test_the_page_says_until_when() -> None:
    email = with_app(house()).email
    wrong_passwords(email, 4)
    answer = Client().post("/account/login/", {"login": email, "password": "not the password"})
    assert "so it is locked until" in answer.content.decode()


def test_another_account_is_not_locked() -> None:
    here = house()
    wrong_passwords(with_app(here).email, 5)
    assert give_password(Client(), with_app(here, "analyst").email) == 302


def test_after_an_hour_the_account_opens_again() -> None:
    email = with_app(house()).email
    wrong_passwords(email, 5)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(hours=1, seconds=1))
    assert give_password(Client(), email) == 302


def test_wrong_codes_count_too() -> None:
    email, client = with_app(house()).email, Client()
    wrong_passwords(email, 3)
    give_password(client, email)
    answers = [client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code for _ in range(2)]
    assert answers == [200, 429]
    assert client.post("/account/2fa/authenticate/", {"code": code_now()}).status_code == 429
    assert user_of(client) is None


def test_signing_in_forgets_wrong_tries() -> None:
    user, client = with_app(house()), Client()
    wrong_passwords(user.email, 4)
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert user_of(client) == str(user.pk)
    assert AccessAttempt.objects.count() == 0


def test_no_address_is_in_the_log_or_the_table_of_tries(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    email = with_app(house()).email
    wrong_passwords(email, 5)
    wrong_passwords("not.known@example.org", 1)
    rows = str(list(AccessAttempt.objects.values()))
    assert "axes" in {record.name.split(".")[0] for record in caplog.records}
    for address in (email, "not.known@example.org"):
        assert address not in caplog.text
        assert address not in rows
