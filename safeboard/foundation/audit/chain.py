"""Whether the trail is as it was written: every entry's hash, every block's, the chain of blocks, and its head."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

START = "0" * 64
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class State:
    """The chain up to a block: kept elsewhere, it shows later that nothing before it was rewritten."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"

    @classmethod
    def parsed(cls, said: str) -> "State":
        """A state as it was printed. Raises ValueError for anything else."""
        number, kept = said.split()
        return cls(int(number), kept)


BEGINNING = State(0, START)


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries were read, the state they lead to, and each thing wrong as (entry or block, number, words)."""

    entries: int
    state: State
    wrong: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class _Block:
    key: int
    number: int
    text: str
    entries: int
    digest: str
    previous: str
    hash: str


def verify(since: State = BEGINNING) -> Verified:
    """Read the trail after `since` in order and work every hash out again, outside the database.

    What this transaction wrote is closed first, so that a caller can verify it. Others may go on writing meanwhile.
    """
    with transaction.atomic():
        _close_open_block()
        head, read = _head(), 0
        wrong: list[tuple[str, int, str]] = []
        state = State(since.number, _hash_of_block(since.number)) if since != BEGINNING else BEGINNING
        if state != since:
            wrong.append(("block", since.number, "is not what it was: the trail was rewritten"))
        for blocks in _blocks(since.number, head.number):
            found = _read_entries(blocks, wrong)
            for block in blocks:
                wrong += _wrong_of_block(block, state)
                wrong += _wrong_of_entries(block, found[block.key])
                state = State(block.number, block.hash)
            read += sum(each.entries for each in found.values())
        if head != state:
            wrong.append(("block", head.number, "was the newest; the newest blocks are missing or were added by hand"))
        wrong += [("entry", number, "was added by hand: it belongs to no block") for number in _in_no_block()]
        wrong += [("block", number, "was added by hand") for number in _beyond_head()]
        return Verified(read, state, tuple(wrong))


def _wrong_of_block(block: _Block, before: State) -> Iterator[tuple[str, int, str]]:
    if block.number != before.number + 1:
        yield ("block", before.number + 1, f"is missing: blocks {before.number + 1} to {block.number - 1}")
    elif block.previous != before.hash:
        yield ("block", block.number, "does not follow from the block before it")
    if _sha256(block.text) != block.hash:
        yield ("block", block.number, "was changed after it was closed")


def _wrong_of_entries(block: _Block, found: "_Found") -> Iterator[tuple[str, int, str]]:
    if found.entries != block.entries:
        yield ("block", block.number, f"was closed with {block.entries} entries and holds {found.entries}")
    elif found.digest.hexdigest() != block.digest:
        yield ("block", block.number, "holds other entries than it was closed with")


@dataclass(slots=True)
class _Found:
    """What a block really holds."""

    entries: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


def _read_entries(blocks: Sequence[_Block], wrong: list[tuple[str, int, str]]) -> Mapping[int, _Found]:
    found = {block.key: _Found() for block in blocks}
    for block, number, text, kept in _entries(list(found)):
        if _sha256(text) != kept:
            wrong.append(("entry", number, "was changed after it was written"))
        found[block].digest.update(kept.encode())
        found[block].entries += 1
    return found


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _blocks(after: int, to: int) -> Iterator[Sequence[_Block]]:
    """The closed blocks numbered above `after`, up to `to` inclusive, some thousands at once."""
    while after < to:
        rows = _asked(
            "SELECT key, number, audit_text(block), entries, digest, previous, hash FROM audit_trailblock AS block "
            "WHERE number > %s AND number <= %s ORDER BY number LIMIT %s",
            [after, to, AT_ONCE],
        )
        if not rows:
            return
        yield [_Block(*row) for row in rows]
        after = rows[-1][1]


def _entries(blocks: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
    """The entries of these blocks by block and number, however many there are."""
    after = (0, 0)
    while True:
        rows = _asked(
            "SELECT block, number, audit_text(entry), hash FROM audit_trailentry AS entry "
            "WHERE block = ANY(%s) AND (block, number) > (%s, %s) ORDER BY block, number LIMIT %s",
            [list(blocks), *after, AT_ONCE],
        )
        for row in rows:
            yield row[0], row[1], row[2], row[3]
        if len(rows) < AT_ONCE:
            return
        after = (rows[-1][0], rows[-1][1])


def _in_no_block() -> list[int]:
    rows = _asked(
        "SELECT number FROM audit_trailentry AS entry WHERE NOT EXISTS (SELECT FROM audit_trailblock AS block "
        "WHERE block.key = entry.block AND block.number IS NOT NULL) ORDER BY number LIMIT %s",
        [AT_ONCE],
    )
    return [number for (number,) in rows]


def _beyond_head() -> list[int]:
    rows = _asked(
        "SELECT number FROM audit_trailblock "
        "WHERE number > coalesce((SELECT number FROM audit_trailhead WHERE id = 1), 0) ORDER BY number LIMIT %s",
        [AT_ONCE],
    )
    return [number for (number,) in rows]


def _hash_of_block(number: int) -> str:
    rows = _asked("SELECT hash FROM audit_trailblock WHERE number = %s", [number])
    return str(rows[0][0]) if rows else ""


def _head() -> State:
    rows = _asked("SELECT number, hash FROM audit_trailhead WHERE id = 1", [])
    return State(*rows[0]) if rows else BEGINNING


def _close_open_block() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_close IMMEDIATE")
        cursor.execute("SET CONSTRAINTS audit_close DEFERRED")


def _asked(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
