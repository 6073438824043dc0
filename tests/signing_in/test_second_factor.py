"""A second step is required of everybody, its secrets are encrypted, and recovery codes are seen once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.test import Client
from pytest_django import Settings

from safeboard.foundation.signing_in.encryption import decrypt, encrypt
from tests.house.synthetic import house
from tests.signing_in.people import (
    PASSWORD,
    SECRET,
    code_now,
    give_password,
    user_of,
    with_app,
    without_second_factor,
)

pytestmark = pytest.mark.django_db


def signed_in_without_second_factor() -> Client:
    client = Client()
    give_password(client, without_second_factor(house()).email)
    return client


def test_without_a_second_factor_every_page_leads_to_setting_one_up() -> None:
    client = signed_in_without_second_factor()
    for page in ("/", "/seat/"):
        answer = client.get(page)
        assert (answer.status_code, answer["Location"]) == (302, "/account/second-step/")
    assert "Set up a passkey" in client.get("/account/second-step/").content.decode()


def test_a_page_for_everybody_stays_open_without_one() -> None:
    assert signed_in_without_second_factor().get("/health/").status_code == 200


def test_the_demonstration_alone_lets_past(settings: Settings) -> None:
    client = signed_in_without_second_factor()
    settings.DEMO = True
    assert client.get("/").status_code == 200


def test_an_app_is_set_up_and_opens_the_house() -> None:
    client = signed_in_without_second_factor()
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    client.post(asked["Location"], {"password": PASSWORD})
    secret = re.findall(r"<code>(\w+)</code>", client.get("/account/2fa/totp/activate/").content.decode())[0]
    answer = client.post("/account/2fa/totp/activate/", {"code": code_now(secret)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert decrypt(stored) == secret
    assert client.get("/").status_code == 200


def test_a_wrong_code_sets_nothing_up() -> None:
    client = signed_in_without_second_factor()
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    answer = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert "There is a problem" in answer.content.decode()
    assert Authenticator.objects.count() == 0


def test_the_password_alone_does_not_sign_in_and_the_code_does() -> None:
    user, client = with_app(house()), Client()
    assert give_password(client, user.email) == 302
    assert user_of(client) is None
    assert client.get("/")["Location"] == "/account/login/?next=/"
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert user_of(client) == str(user.pk)


def test_a_code_is_good_once() -> None:
    user, code = with_app(house()), code_now()
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, user.email)
        client.post("/account/2fa/authenticate/", {"code": code})
    assert (user_of(first), user_of(second)) == (str(user.pk), None)


def test_recovery_codes_are_shown_once_and_each_signs_in_once() -> None:
    user, client = with_app(house()), Client()
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/recovery-codes/generate/")
    shown = re.findall(r"<code>(\d+)</code>", client.get("/account/2fa/recovery-codes/").content.decode())
    again = re.findall(r"<code>(\d+)</code>", client.get("/account/2fa/recovery-codes/").content.decode())
    assert (len(shown), again) == (10, [])
    assert client.get("/account/2fa/recovery-codes/download/").status_code == 403
    signed_in = []
    for _ in range(2):
        other = Client()
        give_password(other, user.email)
        other.post("/account/2fa/authenticate/", {"code": shown[0]})
        signed_in.append(user_of(other))
    assert signed_in == [str(user.pk), None]


def test_the_only_second_factor_cannot_be_removed() -> None:
    user, client = with_app(house()), Client()
    give_password(client, user.email)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").count() == 1


def test_what_is_encrypted_opens_with_an_older_key_and_with_no_other(settings: Settings) -> None:
    kept, old = encrypt(SECRET), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a newer key", [old]
    assert decrypt(kept) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        decrypt(kept)
