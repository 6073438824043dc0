"""The pages of signing in speak as the house's own forms do: in their labels, and of what is wrong."""

import re
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from safeboard.foundation.signing_in.account_forms import ForgottenPasswordForm, InOurWords, SignInForm
from tests.house.synthetic import house
from tests.signing_in.people import PASSWORD, code_now, with_app, without_second_factor

pytestmark = pytest.mark.django_db


def labels(answer: Any) -> list[str]:
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "placeholder" not in page
    return [" ".join(words.split()) for words in re.findall(r"<label[^>]*>(.*?)</label>", page, re.DOTALL)]


@pytest.mark.parametrize(
    ("route", "form", "wrong"),
    [
        ("account_login", SignInForm, {"login": "nobody@nowhere.example", "password": "not this one at all"}),
        ("account_reset_password", ForgottenPasswordForm, {"email": "no address"}),
    ],
)
def test_signing_in_and_a_forgotten_password(route: str, form: type[InOurWords], wrong: dict[str, str]) -> None:
    client, address, said = Client(), reverse(route), list(form.labels.values())
    assert (labels(client.get(address)), labels(client.post(address, wrong))) == (said, said)


def test_a_wrong_password_and_an_unknown_address_are_refused_in_the_same_words() -> None:
    user, page = house().user("chair"), reverse("account_login")
    refused = [
        Client().post(page, {"login": email, "password": "not this one at all"}).content.decode()
        for email in (user.email, "nobody@nowhere.example")
    ]
    assert ["The e-mail address or the password is not correct." in each for each in refused] == [True, True]


def test_a_new_password_by_link() -> None:
    user, client = house().user("chair"), Client()
    keys = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    shown = client.get(reverse("account_reset_password_from_key", kwargs=keys), follow=True)
    refused = client.post(shown.request["PATH_INFO"], {"password1": "three words apart", "password2": "other"})
    said = ["New password", "New password again"]
    assert (labels(shown), labels(refused)) == (said, said)


def test_another_password() -> None:
    here = house()
    user, client, address = here.user("chair"), here.client("chair"), reverse("account_change_password")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    said = ["Current password", "New password", "New password again"]
    refused = client.post(address, {"oldpassword": "wrong", "password1": "a", "password2": "b"})
    assert (labels(client.get(address)), labels(refused)) == (said, said)


def wrong(answer: Any) -> list[str]:
    """What the summary at the top of a page says is wrong."""
    assert answer.status_code == 200
    return re.findall(r'<li><a href="#[^"]*">(.*?)</a></li>', answer.content.decode())


def test_what_is_empty_or_no_address_is_refused_in_plain_words() -> None:
    client, empty = Client(), "Enter this. It cannot be empty."
    assert wrong(client.post(reverse("account_login"), {"login": "no address", "password": ""})) == [
        "E-mail address: Enter an e-mail address, for example name@example.org.",
        f"Password: {empty}",
    ]
    assert wrong(client.post(reverse("account_reset_password"), {"email": ""})) == [f"E-mail address: {empty}"]
    user = with_app(house())
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert wrong(client.post(reverse("mfa_authenticate"), {"code": ""})) == [f"Code: {empty}"]
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert wrong(client.post(reverse("account_reauthenticate"), {"password": ""})) == [f"Password: {empty}"]
    assert wrong(client.post(reverse("mfa_reauthenticate"), {"code": ""})) == [f"Code: {empty}"]


def test_an_app_without_a_code_is_refused_in_plain_words() -> None:
    user, client = without_second_factor(house()), Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    refused = client.post(reverse("mfa_activate_totp"), {"code": ""})
    assert wrong(refused) == ["Authenticator code: Enter this. It cannot be empty."]


def test_every_form_with_which_one_signs_in_is_in_our_words() -> None:
    named = {**settings.ACCOUNT_FORMS, **settings.MFA_FORMS}
    others = {name for name, form in named.items() if not issubclass(import_string(form), InOurWords)}
    assert others == {"add_webauthn"}  # its fields are the house's own
