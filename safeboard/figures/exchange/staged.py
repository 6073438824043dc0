"""What reading one source leaves behind: typed rows on disk, what the source is, and what was wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from safeboard.figures.tables.declaration import Column
from safeboard.figures.tables.snapshot import Coverage, Source
from safeboard.foundation.kernel.errors import Problem

Progress = Callable[[str, int, int | None], None] | None
"""Told what is being done, how much of it is done, and of how much (None: unknown)."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One source, read. `folder` holds a Parquet file for each table that has rows.

    `collected` and `coverage` are by table, for tables the source would fill, whether or not it has rows for them.
    `worksheets` name, by table, the worksheets of a workbook.
    `suspicious` is false only where the source cannot contradict itself across rows.
    """

    source: Source
    folder: Path
    row_counts: Mapping[str, int]
    collected: Mapping[str, frozenset[str]]
    coverage: Mapping[str, Coverage]
    problems: tuple[Problem, ...] = ()
    suspicious: bool = True
    worksheets: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> Mapping[str, Path]:
        """The file of each table that has rows."""
        return {table: self.folder / f"{table}.parquet" for table, rows in self.row_counts.items() if rows}

    def place(self, table: str) -> str:
        """How messages name the place of the table's rows: the file, and in a workbook the worksheet."""
        return self.worksheets.get(table, self.source.name)

    def element(self, column: Column) -> str:
        """What the source calls the column: in a return the element that fills it."""
        return column.census if self.source.kind == "census" and column.census else column.name

    def covering(self, spans: Mapping[str, Coverage]) -> Self:
        """The same, with these spans for the tables it collects without saying which days it covers."""
        own = {table: spans[table] for table in self.collected if table in spans}
        return replace(self, coverage={**own, **self.coverage})
