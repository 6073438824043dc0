"""Readings: in the trail before the page leaves, outside its transaction, and no page without its entry."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from safeboard.foundation.audit.chain import verify
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.audit.reading import noted
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.urls("tests.audit.reading_pages")]


def entries() -> list[tuple[str, str]]:
    return [(entry.did, entry.object_id) for entry in TrailEntry.objects.filter(kind="test").order_by("number")]


@pytest.mark.django_db
def test_what_a_page_notes_is_in_the_trail_under_who_acts() -> None:
    client, user = house().client("chair"), house().user("chair")
    answer = client.get("/opened/")
    assert (answer.content, entries()) == (b"what the record says", [("opened", "1"), ("searched", "")])
    entry = TrailEntry.objects.get(kind="test", object_id="1")
    seat = user.seats.get()
    assert (entry.who, entry.seat, entry.agency) == (str(user.pk), str(seat.pk), str(seat.agency_id))
    assert verify().wrong == ()


@pytest.mark.django_db
def test_all_readings_of_a_page_are_written_by_one_statement() -> None:
    client = house().client("chair")
    client.get("/opened/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/opened/")
    assert [query["sql"] for query in asked if "audit_note" in query["sql"]] == [asked[-1]["sql"]]


@pytest.mark.django_db
def test_a_refusal_is_written_though_the_page_is_not_found() -> None:
    assert house().client("chair").get("/refused/").status_code == 404
    assert entries() == [("refused", "2")]


@pytest.mark.django_db
def test_a_reading_outside_a_request_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="while the page is made"):
        noted(RequestFactory().get("/"), Did.OPENED, "test", 1)


@pytest.mark.django_db
def test_a_reading_after_the_answer_is_an_error() -> None:
    answer = house().client("chair").get("/opened/")
    with pytest.raises(RuntimeError, match="while the page is made"):
        noted(answer.wsgi_request, Did.OPENED, "test", 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_it_is_written_when_the_views_transaction_is_over() -> None:
    """A page that fails rolls its own work back; what it had read stays noted."""
    client = house().client("chair")
    client.raise_request_exception = False
    assert client.get("/failed/").status_code == 500
    assert entries() == [("opened", "3")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_where_the_trail_cannot_be_written_the_page_is_not_shown() -> None:
    client = house().client("chair")
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_trailentry RENAME TO away")
    try:
        answer = client.get("/opened/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO audit_trailentry")
    assert (answer.status_code, b"what the record says" in answer.content) == (503, False)
    assert client.get("/opened/").status_code == 200


@pytest.mark.django_db
def test_a_nul_typed_into_a_search_is_noted_as_what_it_is() -> None:
    assert Client().get("/with-nul/").status_code == 200
    assert TrailEntry.objects.get(kind="test").details == {"words": ["a\ufffdb"], "on": "2026-11-02"}
