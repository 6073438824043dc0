"""A backup of a house that people work in meanwhile: what it counts is what it holds."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.utils import timezone

from safeboard.site.house.backup import dumped, one_moment, restore_dump, row_counts
from tests.house.live import trail_may_be_emptied

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]
__all__ = ["trail_may_be_emptied"]
COPY = "a_house_restored"


@pytest.fixture
def empty_database() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {COPY}")
    yield COPY
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {COPY} WITH (FORCE)")


def sign_in_elsewhere() -> None:
    """Somebody else's session begins, by a connection of its own."""

    def begin() -> None:
        Session.objects.create(session_key="meanwhile", session_data="", expire_date=timezone.now())
        connection.close()

    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()


def counted_in(database: str) -> dict[str, int]:
    here = connections["default"]
    other = here.copy()
    other.settings_dict = {**here.settings_dict, "NAME": database}
    connections["default"] = other
    try:
        return row_counts()
    finally:
        other.close()
        connections["default"] = here


def test_what_changes_between_counting_and_dumping_is_in_neither(empty_database: str, tmp_path: Path) -> None:
    dump = tmp_path / "house.dump"
    with one_moment() as moment:
        counted = row_counts()
        sign_in_elsewhere()
        with dump.open("wb") as to:
            dumped(moment)(to)
    assert (counted["django_session"], Session.objects.count()) == (0, 1)
    with dump.open("rb") as held:
        restore_dump(held, empty_database, dump)
    assert counted_in(empty_database) == counted
