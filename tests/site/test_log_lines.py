"""No address stands in the log: the tokens of one-task links and calendars would open what they lead to."""

import logging
from collections.abc import Iterator
from io import StringIO
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the house's own handler writes, as the settings make it."""
    before = logging.root.handlers[:]
    dictConfig({**settings.LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}})
    (made,) = [each for each in logging.root.handlers if each not in before]
    written = StringIO()
    made.setStream(written)  # type: ignore[attr-defined]
    yield written
    logging.root.handlers = before


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/calendar/synthetic-token/actions.ics", "actions:calendar"),
        ("/task/synthetic-token/receipt/", "signing_in:task-receipt"),
        ("/people/synthetic-token/", "an address that leads nowhere"),
    ],
)
def test_the_log_names_the_page_and_not_its_address(client: Client, log: StringIO, address: str, page: str) -> None:
    assert client.get(address).status_code == 404
    assert [line.partition("django.request ")[2] for line in log.getvalue().splitlines()] == [f"Not Found: {page}"]


def test_a_refused_form_is_logged_by_its_page(log: StringIO) -> None:
    assert Client(enforce_csrf_checks=True).post("/task/synthetic-token/").status_code == 403
    said = log.getvalue()
    assert ("synthetic-token" in said, said.count("signing_in:task")) == (False, 1)
