"""The standard tables of a snapshot, gathered child by child as a stream, ready to be written as a census return."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from safeboard.figures.exchange.census_columns import COLUMNS
from safeboard.figures.exchange.census_return import Records, Row
from safeboard.figures.exchange.census_writer import Sender, write_return
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.errors import BadInput, Problem

_ROWS_AT_ONCE: Final = 10_000
_PERSON: Final = "person of the row"


def write_census(snapshot: Snapshot, *, year: int, sender: Sender, to: Path) -> int:
    """Write the snapshot's children as the return of the census year ending in `year`; how many are in it.

    What the census does not hold (attendance, screenings and so on) is left out, and so is what belongs in another
    year's return. BadInput as `write_return`, and for rows of a child whom the person table lacks.
    """
    return write_return(records_of(snapshot), year=year, sender=sender, to=to)


def records_of(snapshot: Snapshot) -> Iterator[Records]:
    """Every child's rows of the tables a return can hold, by child identifier; rows in the order of their source."""
    tables = {table: _Rows(snapshot, table) for table in COLUMNS}
    persons = tables.pop("ssd_person")
    while (child := persons.next_person) is not None:
        yield {"ssd_person": persons.take(child), **{table: rows.take(child) for table, rows in tables.items()}}
    for table, rows in tables.items():
        if rows.next_person is not None:
            raise BadInput(_unknown_child(table, rows.next_person))


class _Rows:
    """One table's rows in order of their child, taken a child at a time."""

    def __init__(self, snapshot: Snapshot, table: str) -> None:
        self._table = table
        self._connection = snapshot.connection.cursor()
        batches = self._connection.sql(_query(table)).to_arrow_reader(_ROWS_AT_ONCE)
        self._rows: Iterator[dict[str, Any]] = (row for batch in batches for row in batch.to_pylist())
        self._next = next(self._rows, None)

    @property
    def next_person(self) -> str | None:
        """The child of the row that comes next; None after the last."""
        return None if self._next is None else str(self._next[_PERSON])

    def take(self, person: str) -> list[Row]:
        """The rows of that child, who must not come after the next one. BadInput if one before it is left."""
        taken: list[Row] = []
        while self._next is not None and self._next[_PERSON] == person:
            del self._next[_PERSON]
            taken.append(self._next)
            self._next = next(self._rows, None)
        if self._next is not None and self._next[_PERSON] < person:
            raise BadInput(_unknown_child(self._table, self._next[_PERSON]))
        return taken


def _query(table: str) -> str:
    declared = TABLES[table]
    columns = ", ".join(f't."{name}"' for name in declared.names)
    order = f'ORDER BY "{_PERSON}", t.{SOURCE_COLUMN}, t.{LINE_COLUMN}, t."{declared.key}"'
    if declared.person:
        return f'SELECT {columns}, t."{declared.person}" AS "{_PERSON}" FROM "{table}" t {order}'
    owner = next(column for column in declared.columns if column.refers_to)
    above = TABLES[owner.refers_to]
    join = f'JOIN "{above.name}" o ON t."{owner.name}" = o."{above.key}"'
    return f'SELECT {columns}, o."{above.person}" AS "{_PERSON}" FROM "{table}" t {join} {order}'


def _unknown_child(table: str, person: str) -> Problem:
    return Problem(
        message=f"The table {table} has rows of a child whom the person table lacks, so a return cannot hold them.",
        remedy="Load the person table of the same extract as well.",
        child=person,
    )
