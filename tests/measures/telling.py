"""Rows in, whole answer out: how every measure's spec is told."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import PopulationBase, keys, run
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Kind
from safeboard.figures.tables.snapshot import Coverage, Snapshot, snapshot_of_rows
from safeboard.foundation.kernel.periods import Period

Rows = Mapping[str, Iterable[Mapping[str, Any]]]

YEAR = Period.year_ending(2009)
"""1 April 2008 to 31 March 2009, unless a spec says otherwise."""

LATER = date(2010, 3, 31)
"""A reference date far enough on that nothing of YEAR is too recent to know."""

POPULATION = PopulationBase(10_000, 2008, "of the tests")
"""A population in which a rate reads like its count."""


def day(text: str) -> date:
    """A day as it is written: "2008-04-01"."""
    return date.fromisoformat(text)


def held(
    rows: Rows,
    *,
    reference_date: date = LATER,
    collected: Mapping[str, Iterable[str]] | None = None,
    coverage: Mapping[str, Coverage] | None = None,
    areas: tuple[str, ...] = (),
) -> Snapshot:
    """A snapshot of the rows; days may be written as text ("2008-04-01")."""
    dated = {table: [_dated(table, row) for row in given] for table, given in rows.items()}
    return snapshot_of_rows(dated, reference_date=reference_date, collected=collected, coverage=coverage, areas=areas)


def _dated(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    days = {column.name for column in TABLES[table].columns if column.kind is Kind.DATE}
    return {
        name: date.fromisoformat(value) if name in days and isinstance(value, str) else value
        for name, value in row.items()
    }


def answer(measure: str, rows: Rows | Snapshot, period: Period = YEAR, **how: Any) -> list[tuple[Any, ...]]:
    """The measure's whole answer: (group, numerator, denominator, shown) for every figure, in order.

    A spec compares it with `==`; the completeness test looks for exactly that.
    """
    snapshot = rows if isinstance(rows, Snapshot) else held(rows, **how)
    figures = run([MEASURES[measure]], snapshot, period, POPULATION)
    return [(each.group, each.numerator, each.denominator, each.shown) for each in figures]


def counted(
    measure: str, rows: Rows | Snapshot, period: Period = YEAR, group: str | None = None, **how: Any
) -> list[str]:
    """The keys in the numerator."""
    snapshot = rows if isinstance(rows, Snapshot) else held(rows, **how)
    return keys(MEASURES[measure], snapshot, period, group)


def why_not(measure: str, rows: Rows | Snapshot, period: Period = YEAR, **how: Any) -> str:
    """What the first figure says is missing, or must be told."""
    snapshot = rows if isinstance(rows, Snapshot) else held(rows, **how)
    return run([MEASURES[measure]], snapshot, period, POPULATION)[0].why_not


def zeros(
    column: str, labels: Iterable[str], denominator: int | None = None, shown: str = "0"
) -> list[tuple[Any, ...]]:
    """Listed labels without a row, as they appear in an answer."""
    return [(f"{column}={label}", 0, denominator, shown) for label in labels]
