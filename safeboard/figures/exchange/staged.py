"""What reading one source leaves behind: typed rows on disk, what the source is, and what was wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from safeboard.figures.tables.snapshot import Coverage, Source
from safeboard.foundation.kernel.errors import Problem

Progress = Callable[[str, int, int | None], None] | None
"""Told what is being done, how much of it is done, and of how much (None: unknown)."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One source, read. `folder` holds a Parquet file for each table that has rows.

    `collected` and `coverage` are by table, for tables the source would fill, whether or not it has rows for them.
    """

    source: Source
    folder: Path
    row_counts: Mapping[str, int]
    collected: Mapping[str, frozenset[str]]
    coverage: Mapping[str, Coverage]
    stopping: tuple[Problem, ...] = ()
    noted: tuple[Problem, ...] = field(default=())
