"""The pages of signing in name their fields as the house's own forms do, as first shown and when refused."""

import re
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.test import Client
from django.urls import reverse

from safeboard.foundation.signing_in.account_forms import WORDS
from tests.house.synthetic import house
from tests.signing_in.people import PASSWORD

pytestmark = pytest.mark.django_db


def labels(answer: Any) -> list[str]:
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "placeholder" not in page
    return [" ".join(words.split()) for words in re.findall(r"<label[^>]*>(.*?)</label>", page, re.DOTALL)]


@pytest.mark.parametrize(
    ("route", "form", "wrong"),
    [
        ("account_login", "login", {"login": "nobody@nowhere.example", "password": "not this one at all"}),
        ("account_reset_password", "reset_password", {"email": "no address"}),
    ],
)
def test_signing_in_and_a_forgotten_password(route: str, form: str, wrong: dict[str, str]) -> None:
    client, address, said = Client(), reverse(route), list(WORDS[form].values())
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


def test_every_form_of_the_library_that_is_worded_is_in_use() -> None:
    assert sorted(settings.ACCOUNT_FORMS) == sorted(WORDS)
