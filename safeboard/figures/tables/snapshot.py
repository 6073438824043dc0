"""A snapshot as measures see it: frozen standard tables, and what their sources collected and cover."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import pyarrow as pa

from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import SCHEMA_VERSION
from safeboard.figures.tables.schema import arrow_schema

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days (both inclusive) for which a table holds every event. A count outside them would be a fragment.

    A stock (plans open on a day) can be counted on any covered day; a flow needs its whole period covered.
    """

    first: date
    last: date

    def includes(self, first: date, last: date) -> bool:
        return self.first <= first and last <= self.last


@dataclass(frozen=True, slots=True)
class Source:
    """One file or folder that was read. `sha256` is of its bytes; `kind` is "census", "ssd" or "sheet".

    `census_year` is the year in which the return's reporting year ends, as its header says.
    """

    name: str
    kind: str
    sha256: str
    reference_date: date | None = None
    area: str = ""
    census_year: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds and where it came from.

    `areas` are codes as the sources give them. `collected` names, for each table, the columns every source of its rows
    collects; a table absent from it was collected by none. `coverage` likewise.
    """

    reference_date: date
    sources: tuple[Source, ...] = ()
    areas: tuple[str, ...] = ()
    row_counts: Mapping[str, int] = field(default_factory=dict)
    collected: Mapping[str, frozenset[str]] = field(default_factory=dict)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Opened standard tables on one embedded DuckDB connection: one relation for every table, named as the table."""

    identity: str
    manifest: Manifest
    connection: duckdb.DuckDBPyConnection

    def table(self, name: str) -> nw.LazyFrame[Any]:
        """The table as a lazy frame; empty, with its columns, where no source holds it."""
        return nw.from_native(self.connection.table(name))

    def collects(self, table: str, column: str) -> bool:
        return column in self.manifest.collected.get(table, frozenset())


def snapshot_of_rows(
    rows: Mapping[str, Iterable[Row]],
    *,
    reference_date: date,
    collected: Mapping[str, Iterable[str]] | None = None,
    coverage: Mapping[str, Coverage] | None = None,
    areas: tuple[str, ...] = (),
) -> Snapshot:
    """A snapshot held in memory, from rows as dictionaries; columns left out are empty.

    Unless said otherwise every column of every table given counts as collected, and as covering all time.
    """
    connection = duckdb.connect()
    counts = {}
    for table in TABLES.values():
        given = [dict(row) for row in rows.get(table.name, ())]
        unknown = {name for row in given for name in row} - set(table.names)
        if unknown:
            raise KeyError(f"{table.name} has no column {sorted(unknown)}")
        arrow = pa.Table.from_pylist(given, schema=arrow_schema(table))
        connection.register("given", arrow)
        connection.execute(f'CREATE TABLE "{table.name}" AS SELECT * FROM given')
        connection.unregister("given")
        counts[table.name] = len(given)
    whole = {name: frozenset(TABLES[name].names) for name in rows}
    ever = {name: Coverage(date.min, date.max) for name in rows}
    manifest = Manifest(
        reference_date=reference_date,
        areas=areas,
        row_counts=counts,
        collected={name: frozenset(columns) for name, columns in collected.items()} if collected is not None else whole,
        coverage=dict(coverage) if coverage is not None else ever,
    )
    return Snapshot(identity="rows", manifest=manifest, connection=connection)
