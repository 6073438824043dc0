"""A page that fails gives back what was typed, ready to be sent again, and never a secret."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]

TYPED = '<script>alert("1")</script> & łąka'


def failing(client: Client, address: str, typed: dict[str, str]) -> str:
    """The page that answers a post while the table of invitations is gone."""
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE signing_in_invitation RENAME TO away")
        try:
            answer = client.post(address, typed)
        finally:
            cursor.execute("ALTER TABLE away RENAME TO signing_in_invitation")
    assert answer.status_code == 500
    return answer.content.decode()


def test_what_was_typed_comes_back() -> None:
    client = house().client("agency_administrator", "police")
    said = failing(client, "/invitations/", {"email": "new@police.example", "role": TYPED})
    given = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', said, re.DOTALL)
    assert [(name, unescape(text)) for name, text in given] == [("email", "new@police.example"), ("role", TYPED)]
    assert "<script>" not in said


def test_no_password_comes_back() -> None:
    typed = {"name": "Synthetic", "way": "password", "password": "three words that differ"}
    said = failing(Client(), "/invitation/none/", typed)
    assert re.findall(r'<textarea [^>]*name="(\w+)"', said) == ["name", "way"]
    assert "three words" not in said
