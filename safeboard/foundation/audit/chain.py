"""Whether the trail is as it was written: every entry's hash, the chain from one to the next, and its head."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

START = "0" * 64
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries were read, and each thing wrong as (entry number, in words)."""

    entries: int
    wrong: tuple[tuple[int, str], ...]


def verify() -> Verified:
    """Read the whole trail in order and work every hash out again, outside the database."""
    wrong: list[tuple[int, str]] = []
    expected, previous = 1, START
    for number, text, before, kept in _entries():
        if number != expected:
            wrong.append((expected, f"entries {expected} to {number - 1} are missing"))
        elif before != previous:
            wrong.append((number, "does not follow from the entry before it"))
        if hashlib.sha256(text.encode()).hexdigest() != kept:
            wrong.append((number, "was changed after it was written"))
        expected, previous = number + 1, kept
    last = expected - 1
    if _head() != (last, previous):
        wrong.append((last, "the newest entries are missing, or were added by hand"))
    return Verified(last, tuple(wrong))


def _entries() -> Iterator[tuple[int, str, str, str]]:
    number = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT number, audit_text(entry), previous, hash FROM audit_trailentry AS entry "
                "WHERE number > %s ORDER BY number LIMIT %s",
                [number, AT_ONCE],
            )
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        number = rows[-1][0]


def _head() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM audit_trailhead WHERE id = 1")
        return cursor.fetchone() or (0, START)
