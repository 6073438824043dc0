"""The disk is full, really: the page says so, nothing is half stored, and with room again the same post is taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from safeboard.foundation.audit.chain import verify
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.signing_in.models import Invitation
from tests.bad_days.small_disk import NEEDS_A_DISK, fill, small_disk
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house

__all__ = ["trail_may_be_emptied"]

pytestmark = [
    NEEDS_A_DISK,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trail_may_be_emptied"),
]


@contextmanager
def on_small_disk(table: str) -> Iterator[Path]:
    """The table's rows lie on a disk of their own."""
    with small_disk() as disk, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        cursor.execute(f"ALTER TABLE {table} SET TABLESPACE small")
        try:
            yield disk
        finally:
            cursor.execute(f"ALTER TABLE {table} SET TABLESPACE pg_default")
            cursor.execute("DROP TABLESPACE small")


def administrator() -> Client:
    client = house().client("agency_administrator", "police")
    client.raise_request_exception = False
    return client


def posted(client: Client, number: int) -> HttpResponse:
    answer = client.post("/invitations/", {"email": f"person{number}@police.example", "role": "practitioner"})
    assert isinstance(answer, HttpResponse)
    return answer


def stored() -> tuple[int, int]:
    """Invitations, and entries in the trail that one was made."""
    made = TrailEntry.objects.filter(kind="signing_in_invitation", did=Did.ADDED)
    return Invitation.objects.count(), made.count()


@pytest.mark.parametrize("table", ["signing_in_invitation", "audit_trailentry"])
def test_the_databases_disk_is_full(table: str) -> None:
    """Whether the record finds no room or its entry in the trail: neither is stored without the other."""
    client = administrator()
    with on_small_disk(table) as disk:
        filling = fill(disk)
        answers = list(
            takewhile(lambda answer: answer.status_code == 302, (posted(client, number) for number in range(100)))
        )
        refused = posted(client, 101)
        said = refused.content.decode()
        assert (refused.status_code, "There is no room left to store anything" in said) == (507, True)
        assert 'name="email" rows="2">\nperson101@police.example</textarea>' in said
        assert stored() == (len(answers), len(answers))
        filling.unlink()
        assert posted(client, 101).status_code == 302
    assert (stored(), verify().wrong) == ((len(answers) + 1, len(answers) + 1), ())
