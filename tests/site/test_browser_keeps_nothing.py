"""A browser keeps no page of the house, and drops what it shows when somebody signs out."""

import pytest
from django.conf import settings
from django.test import Client

from tests.house.synthetic import house

pytestmark = pytest.mark.django_db


def kept(client: Client, address: str) -> str:
    return str(client.get(address)["Cache-Control"])


def test_no_page_is_kept() -> None:
    pages = [("/", house().client("chair")), ("/account/login/", Client()), ("/nowhere/", Client())]
    assert all("no-store" in kept(client, address) for address, client in pages)


def test_signing_out_clears_the_browser() -> None:
    client = house().client("chair")
    assert "Clear-Site-Data" not in client.get("/").headers
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache", "storage"'


def test_so_does_being_signed_out() -> None:
    client = house().client("chair")
    client.get("/")
    session = client.session
    session["seen"] -= settings.IDLE_SIGN_OUT + 1
    session.save()
    assert client.get("/")["Clear-Site-Data"] == '"cache", "storage"'
