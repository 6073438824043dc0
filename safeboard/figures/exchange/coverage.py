"""What a set of sources collects and for which days it is whole, table by table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from safeboard.figures.exchange.staged import Staged
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Kind, Table
from safeboard.figures.tables.snapshot import Coverage
from safeboard.foundation.kernel.errors import Gravity, Problem
from safeboard.foundation.kernel.periods import Period


def reporting_year(day: date) -> Period:
    """The reporting year that the day lies in."""
    return Period.year_ending(day.year if day < date(day.year, 4, 1) else day.year + 1)


def event_column(table: Table) -> str | None:
    """The column of the day on which a row of the table happened or began; None where it has no such day."""
    if table.name == "ssd_person":
        return None
    dates = [column for column in table.columns if column.kind is Kind.DATE and not column.future]
    required = [column for column in dates if column.required]
    return (required or dates)[0].name if dates else None


def collected_by_all(sources: Sequence[Staged]) -> Mapping[str, frozenset[str]]:
    """For each table the columns that every source of its rows collects.

    A source without a row for a table says nothing about it as long as another has some.
    """
    return {
        table: frozenset.intersection(*(source.collected[table] for source in _speaking(sources, table)))
        for table in TABLES
        if any(table in source.collected for source in sources)
    }


def coverage_of_all(sources: Sequence[Staged]) -> tuple[Mapping[str, Coverage], list[Problem]]:
    """For each table the newest unbroken run of days that its sources cover; a note where older days are cut off."""
    covered: dict[str, Coverage] = {}
    broken: dict[Coverage, list[str]] = {}
    for table in TABLES:
        spans = [source.coverage[table] for source in _speaking(sources, table) if table in source.coverage]
        if spans:
            covered[table] = newest_run(spans)
            if covered[table].first > min(span.first for span in spans):
                broken.setdefault(covered[table], []).append(table)
    return covered, [_gap(run, tables) for run, tables in broken.items()]


def newest_run(spans: Iterable[Coverage]) -> Coverage:
    """The spans joined from the newest back to the first day that none of them covers."""
    newest, *older = sorted(spans, key=lambda span: (span.last, span.first), reverse=True)
    first = newest.first
    for span in older:
        if span.last >= first - timedelta(days=1):
            first = min(first, span.first)
    return Coverage(first, newest.last)


def _speaking(sources: Sequence[Staged], table: str) -> list[Staged]:
    telling = [source for source in sources if table in source.collected]
    return [source for source in telling if source.row_counts.get(table)] or telling


def _gap(run: Coverage, tables: Sequence[str]) -> Problem:
    return Problem(
        message="The sources leave days out, so figures reach back only to the gap.",
        remedy="Give the returns of the years between as well.",
        element=", ".join(tables),
        found=f"every day from {run.first.isoformat()} to {run.last.isoformat()}",
        expected="years without a gap between them",
        gravity=Gravity.NOTED,
    )
