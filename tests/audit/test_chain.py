"""The trail: written by the database, refused any change, and any tampering found."""

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.foundation.audit.chain import BEGINNING, State, verify
from safeboard.foundation.audit.models import Did, TrailBlock, TrailEntry
from safeboard.foundation.audit.trail import note
from tests.audit.tampering import block_of, tamper, three_readings

pytestmark = pytest.mark.django_db

COLUMNS = "number, at, who, seat, agency, purpose, did, kind, object_id, details, block, hash"


def test_a_reading_holds_who_seat_agency_and_purpose() -> None:
    entry = three_readings()[1]
    assert (entry.who, entry.seat, entry.agency, entry.purpose, entry.did) == ("7", "3", "2", "duty", "opened")


def test_an_untouched_trail_verifies_and_tells_its_state() -> None:
    three_readings()
    newest = TrailBlock.objects.earliest("-number")
    assert newest.number is not None
    verified = verify()
    assert (verified.wrong, verified.state) == ((), State(newest.number, newest.hash))
    assert verified.entries == TrailEntry.objects.count()


def test_an_empty_trail_is_whole() -> None:
    tamper("DELETE FROM audit_trailentry; DELETE FROM audit_trailblock; DELETE FROM audit_trailhead")
    assert (verify().wrong, verify().state) == ((), BEGINNING)


@pytest.mark.parametrize("table", ["audit_trailentry", "audit_trailblock"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET hash = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_or_remove_even_for_its_owner(table: str, sql: str) -> None:
    three_readings()
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))
    assert verify().wrong == ()


@pytest.mark.parametrize(
    "column",
    ["at", "who", "seat", "agency", "purpose", "did", "kind", "object_id", "details"],
)
def test_a_changed_entry_is_found_whatever_was_changed(column: str) -> None:
    entry = three_readings()[1]
    value = {"at": "at - interval '1 microsecond'", "details": "'{\"other\": 1}'"}.get(column, "'8'")
    tamper(f"UPDATE audit_trailentry SET {column} = {value} WHERE number = {entry.number}")
    assert verify().wrong == (("entry", entry.number, "was changed after it was written"),)


def test_an_entry_changed_together_with_its_hash_is_found() -> None:
    entry = three_readings()[1]
    tamper(
        f"UPDATE audit_trailentry SET who = '8' WHERE number = {entry.number}; UPDATE audit_trailentry AS entry "
        f"SET hash = audit_sha256(audit_text(entry)) WHERE number = {entry.number}"
    )
    assert verify().wrong == (("block", block_of(entry).number, "holds other entries than it was closed with"),)


def test_a_removed_entry_is_found() -> None:
    entry = three_readings()[1]
    number = block_of(entry).number
    tamper(f"DELETE FROM audit_trailentry WHERE number = {entry.number}")
    assert verify().wrong == (("block", number, "was closed with 1 entries and holds 0"),)


def test_an_entry_slipped_into_an_old_block_is_found() -> None:
    first, second, _ = three_readings()
    tamper(
        f"INSERT INTO audit_trailentry ({COLUMNS})"
        f" SELECT {COLUMNS.replace('number', 'number + 1000000').replace('block', str(second.block))}"
        f" FROM audit_trailentry WHERE number = {first.number};"
        " UPDATE audit_trailentry AS entry SET hash = audit_sha256(audit_text(entry)) WHERE number > 1000000"
    )
    assert verify().wrong == (("block", block_of(second).number, "was closed with 1 entries and holds 2"),)


def test_an_entry_added_by_hand_is_found() -> None:
    entry = three_readings()[2]
    tamper(
        f"INSERT INTO audit_trailentry ({COLUMNS})"
        f" SELECT {COLUMNS.replace('number', '1000001').replace('block', '1000001')}"
        f" FROM audit_trailentry WHERE number = {entry.number};"
        " UPDATE audit_trailentry AS entry SET hash = audit_sha256(audit_text(entry)) WHERE number = 1000001"
    )
    assert verify().wrong == (("entry", 1000001, "was added by hand: it belongs to no block"),)


def test_a_removed_block_is_found() -> None:
    entry = three_readings()[1]
    number = block_of(entry).number
    assert number is not None
    tamper(
        f"DELETE FROM audit_trailentry WHERE block = {entry.block}; "
        f"DELETE FROM audit_trailblock WHERE key = {entry.block}"
    )
    assert verify().wrong == (("block", number, f"is missing: blocks {number} to {number}"),)


def test_a_removed_block_is_found_though_the_rest_is_numbered_anew() -> None:
    entry = three_readings()[1]
    number = block_of(entry).number
    tamper(
        f"DELETE FROM audit_trailentry WHERE block = {entry.block}; "
        f"DELETE FROM audit_trailblock WHERE key = {entry.block};"
        f"UPDATE audit_trailblock SET number = number - 1 WHERE number > {number};"
        "UPDATE audit_trailhead SET number = number - 1"
    )
    assert verify().wrong == (
        ("block", number, "does not follow from the block before it"),
        ("block", number, "was changed after it was closed"),
    )


def test_two_blocks_that_changed_places_are_found() -> None:
    first, second, _ = three_readings()
    one, two = block_of(first).number, block_of(second).number
    tamper(
        f"UPDATE audit_trailblock SET number = -1 WHERE number = {one};"
        f"UPDATE audit_trailblock SET number = {one} WHERE number = {two};"
        f"UPDATE audit_trailblock SET number = {two} WHERE number = -1"
    )
    wrong = verify().wrong
    assert {number for what, number, _ in wrong if what == "block"} == {one, two, (two or 0) + 1}


def test_removed_newest_blocks_are_found() -> None:
    newest = three_readings()[2]
    number = block_of(newest).number
    tamper(
        f"DELETE FROM audit_trailentry WHERE block = {newest.block}; "
        f"DELETE FROM audit_trailblock WHERE key = {newest.block}"
    )
    assert verify().wrong == (("block", number, "was the newest; the newest blocks are missing or were added by hand"),)


def test_a_removed_head_is_found() -> None:
    three_readings()
    tamper("DELETE FROM audit_trailhead")
    assert [words for _, _, words in verify().wrong] == ["was added by hand"] * TrailBlock.objects.count()


def test_a_chain_written_anew_is_found_by_a_state_kept_elsewhere() -> None:
    entry = three_readings()[1]
    kept = verify().state
    anew = (
        "UPDATE audit_trailentry AS entry SET hash = audit_sha256(audit_text(entry));"
        "DO $$ DECLARE block audit_trailblock; previous text := repeat('0', 64); BEGIN "
        "FOR block IN SELECT * FROM audit_trailblock ORDER BY number LOOP "
        "block.previous := previous; SELECT audit_sha256(string_agg(hash, '' ORDER BY number)) INTO block.digest "
        "FROM audit_trailentry WHERE audit_trailentry.block = block.key; "
        "block.hash := audit_sha256(audit_text(block)); previous := block.hash; "
        "UPDATE audit_trailblock SET previous = block.previous, digest = block.digest, hash = block.hash "
        "WHERE key = block.key; END LOOP; UPDATE audit_trailhead SET hash = previous; END $$"
    )
    tamper(f"UPDATE audit_trailentry SET who = '8' WHERE number = {entry.number}; {anew}")
    assert verify().wrong == ()
    assert verify(kept).wrong == (("block", kept.number, "is not what it was: the trail was rewritten"),)


def test_since_a_state_only_what_came_after_is_read() -> None:
    three_readings()
    kept = verify().state
    note(Did.OPENED, "person", 9)
    verified = verify(kept)
    assert (verified.entries, verified.state.number, verified.wrong) == (1, kept.number + 1, ())


def test_a_state_that_never_was_is_refused() -> None:
    three_readings()
    after = verify().state.number + 5
    assert verify(State(after, "0" * 64)).wrong[0] == (
        "block",
        after,
        "is not what it was: the trail was rewritten",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    kind=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=100),
    said=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
)
def test_whatever_is_noted_verifies(kind: str, said: str) -> None:
    note(Did.SEARCHED, kind, details={"words": said})
    verified = verify()
    entry = TrailEntry.objects.earliest("-number")
    assert (verified.wrong, entry.kind, entry.details) == ((), kind, {"words": said})


def test_what_is_written_after_constraints_were_checked_is_in_a_block_too() -> None:
    """Checking constraints at once, as some loads do, closes the block early: the next entries get another."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    three_readings()
    assert verify().wrong == ()
