"""Returns and tables brought together: a table adds rows, and adds columns to a return's rows of the same key.

A return does not say, for example, whether an assessment was an initial or a core one; a sheet with the same
assessments under the same keys can. Where both give a value it must be the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq

from safeboard.figures.exchange.merging import merge_returns, not_repeated
from safeboard.figures.exchange.parquet_query import files_relation, write_rows
from safeboard.figures.exchange.staged import Staged
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN, Column, Table
from safeboard.foundation.kernel.errors import Problem

TOLD: Final = 1_000
"""Contradictions of one column told one by one; thousands have one cause."""


@dataclass(slots=True)
class Joined:
    """Row counts by table; `collected` by table where joining changed it; what contradicts itself."""

    counts: dict[str, int] = field(default_factory=dict)
    collected: dict[str, frozenset[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def take_over(only: Staged, to: Path) -> Joined:
    """The tables of the only source, moved into the folder `to` as they are."""
    for file in only.files.values():
        file.rename(to / file.name)
    return Joined({table: rows for table, rows in only.row_counts.items() if rows})


def join(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged], to: Path) -> Joined:
    """Brings every source's tables together in the folder `to`, one file a table.

    A table that only one source fills is moved as it is.
    """
    joined = Joined()
    returned = _returned(connection, staged, to, joined)
    for table in TABLES.values():
        own = [source for source in staged if source.source.kind != "census" and table.name in source.files]
        files = [source.files[table.name] for source in own]
        if table.name in returned and own:
            _Supplement(connection, table, returned[table.name], own, staged).join(joined, to)
        elif table.name in returned or len(files) == 1:
            file = returned[table.name] if table.name in returned else files[0]
            file.rename(to / file.name)
            joined.counts[table.name] = pq.read_metadata(to / file.name).num_rows
        elif files:
            joined.counts[table.name] = write_rows(connection, table, f"FROM {files_relation(files)}", to)
    return joined


def _returned(
    connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged], to: Path, joined: Joined
) -> Mapping[str, Path]:
    """The tables of all returns as one set."""
    returns = [(number, source) for number, source in enumerate(staged, 1) if source.source.kind == "census"]
    if len(returns) < 2:
        return returns[0][1].files if returns else {}
    merged = to.parent / "returns"
    merged.mkdir()
    files = merge_returns(connection, returns, merged)
    if "ssd_cin_episodes" in files:
        joined.problems += not_repeated(connection, staged)
    return files


@dataclass(frozen=True, slots=True)
class _Supplement:
    """One table that returns and other sources both have rows for."""

    connection: duckdb.DuckDBPyConnection
    table: Table
    returned: Path
    own: Sequence[Staged]
    staged: Sequence[Staged]

    def join(self, joined: Joined, to: Path) -> None:
        """Writes one row a key, and keeps in `joined` what that makes of the table."""
        table = self.table
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW returned AS FROM {files_relation([self.returned])}")
        files = [source.files[table.name] for source in self.own]
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW own AS FROM {files_relation(files)}")
        joined.problems += self._contradictions()
        values = [f"coalesce(returned.{name}, own.{name}) AS {name}" for name in table.names]
        both = ", ".join([*values, *(f"returned.{name}" for name in (SOURCE_COLUMN, LINE_COLUMN))])
        query = f"""
            SELECT {both} FROM returned LEFT JOIN own USING ({table.key})
            UNION ALL SELECT own.* FROM own ANTI JOIN returned USING ({table.key})"""
        joined.counts[table.name] = write_rows(self.connection, table, query, to)
        joined.collected[table.name] = self._collected()

    def _contradictions(self) -> Iterator[Problem]:
        for column in self.table.columns:
            if column.name != self.table.key:
                yield from self._contradicted(column)

    def _contradicted(self, column: Column) -> Iterator[Problem]:
        person = f"own.{self.table.person}" if self.table.person else "NULL"
        query = f"""
            SELECT {self.table.key}, {person}, CAST(own.{column.name} AS VARCHAR),
                   CAST(returned.{column.name} AS VARCHAR), own.{SOURCE_COLUMN}, own.{LINE_COLUMN},
                   returned.{SOURCE_COLUMN}, returned.{LINE_COLUMN}
            FROM returned JOIN own USING ({self.table.key}) WHERE own.{column.name} <> returned.{column.name}
            ORDER BY own.{SOURCE_COLUMN}, own.{LINE_COLUMN} LIMIT {TOLD}"""
        for key, child, found, expected, source, line, of, at in self.connection.execute(query).fetchall():
            first = self.staged[of - 1].place(self.table.name)
            yield Problem(
                message=f"{self.table.title} {key}: {first}, line {at}, says something else of it.",
                remedy="Correct whichever is wrong, or leave the column out where the return has it.",
                file=self.staged[source - 1].place(self.table.name),
                line=line,
                child=child or "",
                element=column.name,
                found=found,
                expected=expected,
            )

    def _collected(self) -> frozenset[str]:
        """The columns that are collected for every row: of a return alone, of a table alone, and of both."""
        by_returns = _common([source for source in self.staged if source.source.kind == "census"], self.table)
        by_own = _common(self.own, self.table)
        counted = f"""
            SELECT (SELECT count(*) FROM returned ANTI JOIN own USING ({self.table.key})),
                   (SELECT count(*) FROM own ANTI JOIN returned USING ({self.table.key}))"""
        alone, added = self.connection.execute(counted).fetchall()[0]
        collected = by_returns | by_own
        if alone:
            collected &= by_returns
        return collected & by_own if added else collected


def _common(sources: Sequence[Staged], table: Table) -> frozenset[str]:
    """The columns that each of the sources with rows for the table collects."""
    return frozenset.intersection(*(source.collected[table.name] for source in sources if table.name in source.files))
