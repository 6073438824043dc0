"""Demonstration links: once, and only in the demonstration."""

import pytest
from django.test import Client
from pytest_django import Settings

from safeboard.foundation.signing_in.demo import OnlyInTheDemonstration, demo_link
from safeboard.foundation.signing_in.models import DemoLink
from tests.house.synthetic import house

pytestmark = pytest.mark.django_db


def test_a_link_signs_in_once(settings: Settings) -> None:
    settings.DEMO = True
    user = house().user("chair")
    link = demo_link(user)
    client = Client()
    answer = client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Client().get(link).status_code == 404


def test_an_unknown_link_is_not_found(settings: Settings) -> None:
    settings.DEMO = True
    assert Client().get("/demo/not-a-token/").status_code == 404


def test_a_link_is_not_found_outside_the_demonstration(settings: Settings) -> None:
    settings.DEMO = True
    link = demo_link(house().user("chair"))
    settings.DEMO = False
    client = Client()
    assert client.get(link).status_code == 404
    assert "_auth_user_id" not in client.session


def test_no_link_is_made_outside_the_demonstration() -> None:
    with pytest.raises(OnlyInTheDemonstration):
        demo_link(house().user("chair"))
    assert DemoLink.objects.count() == 0


def test_the_link_itself_is_not_kept(settings: Settings) -> None:
    settings.DEMO = True
    link = demo_link(house().user("chair"))
    token = link.removeprefix("/demo/").removesuffix("/")
    assert DemoLink.objects.get().token_digest not in (token, "")
    assert len(DemoLink.objects.get().token_digest) == 64
