"""Loading in tests: what comes out as rows, what is refused, and that a refusal leaves nothing behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from safeboard.figures.exchange.load import Loaded, load
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.kernel.errors import BadInput, Problem

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Result:
    """What a load made: the report of it, and every table that has rows, without empty columns."""

    loaded: Loaded
    tables: dict[str, Rows]

    def keys(self, table: str) -> list[str]:
        """The first column of each row, sorted."""
        return sorted(next(iter(row.values())) for row in self.tables.get(table, []))


def loaded(*sources: Path, places: bool = False) -> Result:
    """The sources loaded and opened again. `places` keeps the columns that say where each row came from."""
    to = sources[0].parent / "made" / "test.snapshot"
    to.parent.mkdir(exist_ok=True)
    to.unlink(missing_ok=True)
    report = load(sources, to=to)
    with open_snapshot(to) as snapshot:
        counts = {name: count for name, count in snapshot.manifest.row_counts.items() if count}
        tables = {name: _rows(snapshot.connection.table(name).to_arrow_table().to_pylist(), places) for name in counts}
    return Result(report, tables)


def _rows(rows: Rows, places: bool) -> Rows:
    hidden = () if places else ("source_number", "source_line")
    return [{name: value for name, value in row.items() if value is not None and name not in hidden} for row in rows]


def refused(*sources: Path, to: Path | None = None) -> Sequence[Problem]:
    """The problems for which the sources are refused; asserts that nothing is left behind."""
    target = to or sources[0].parent / "out" / "test.snapshot"
    target.parent.mkdir(exist_ok=True)
    before = sorted(target.parent.iterdir())
    with pytest.raises(BadInput) as bad:
        load(sources, to=target)
    assert sorted(target.parent.iterdir()) == before
    return bad.value.problems


def told(problem: Problem) -> dict[str, Any]:
    """What a problem says, without what it leaves out."""
    said = {name: getattr(problem, name) for name in ("file", "line", "child", "element", "found", "expected")}
    return {name: value for name, value in said.items() if value}
