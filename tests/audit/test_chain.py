"""The trail: written by the database, refused any change, and any tampering found."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.audit.chain import verify
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.audit.trail import acts, note
from tests.house.synthetic import house

pytestmark = pytest.mark.django_db


def tamper(sql: str) -> None:
    """What a person with the database owner's rights could do by hand."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_trailentry DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_trailentry ENABLE TRIGGER USER")


def three_readings() -> int:
    acts(who="7", seat="3", agency="2", purpose="duty")
    for number in range(3):
        note(Did.OPENED, "person", number)
    acts(who="")
    return TrailEntry.objects.order_by("number").values_list("number", flat=True).get(kind="person", object_id="1")


def test_an_update_of_many_rows_is_noted_row_by_row() -> None:
    house()
    TrailEntry.objects.count()
    Agency.objects.filter(kind__in=["police", "health"]).update(ended_on=date(2026, 3, 31))
    changed = TrailEntry.objects.filter(kind="agencies_agency", did=Did.CHANGED)
    assert [entry.details for entry in changed] == [{"ended_on": [None, "2026-03-31"]}] * 2


def test_a_reading_holds_who_seat_agency_and_purpose() -> None:
    three_readings()
    entry = TrailEntry.objects.get(kind="person", object_id="1")
    assert (entry.who, entry.seat, entry.agency, entry.purpose, entry.did) == ("7", "3", "2", "duty", "opened")


def test_an_untouched_trail_verifies() -> None:
    three_readings()
    assert verify().wrong == ()


def test_the_database_refuses_to_change_or_remove_an_entry() -> None:
    number = three_readings()
    for sql in (
        f"UPDATE audit_trailentry SET who = '8' WHERE number = {number}",
        f"DELETE FROM audit_trailentry WHERE number = {number}",
        "TRUNCATE audit_trailentry",
    ):
        with (
            pytest.raises(DatabaseError, match="only ever added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_changed_entry_is_found() -> None:
    number = three_readings()
    tamper(f"UPDATE audit_trailentry SET who = '8' WHERE number = {number}")
    assert verify().wrong == ((number, "was changed after it was written"),)


def test_a_removed_entry_is_found() -> None:
    number = three_readings()
    tamper(f"DELETE FROM audit_trailentry WHERE number = {number}")
    assert verify().wrong == ((number, f"entries {number} to {number} are missing"),)


def test_removed_newest_entries_are_found() -> None:
    number = three_readings()
    tamper(f"DELETE FROM audit_trailentry WHERE number > {number}")
    assert verify().wrong == ((number, "the newest entries are missing, or were added by hand"),)


def test_a_password_is_noted_as_changed_without_its_value() -> None:
    user = house().user("chair")
    user.set_password("another long password")
    user.save()
    entry = TrailEntry.objects.filter(kind="access_user", did=Did.CHANGED).first()
    assert entry is not None
    assert entry.details == {"password": ["hidden", "hidden"]}
