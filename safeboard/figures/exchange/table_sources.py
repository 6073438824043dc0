"""Files of tables opened, matched to standard tables, and staged one source a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from safeboard.figures.exchange.census_load import sha256_of
from safeboard.figures.exchange.coverage import event_column, reporting_year
from safeboard.figures.exchange.extract import Extract
from safeboard.figures.exchange.sources import Form, Given
from safeboard.figures.exchange.ssd_forms import standard_form
from safeboard.figures.exchange.staged import Progress, Staged
from safeboard.figures.exchange.table_load import Matched, days_of, matched, stage_table, table_named
from safeboard.figures.exchange.table_text import TableText, csv_table, parquet_table
from safeboard.figures.exchange.workbook import worksheets
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.parquet import Staging
from safeboard.figures.tables.reading import Bounds, Style
from safeboard.figures.tables.snapshot import Coverage, Source
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

ALONE: Final = timedelta(days=366)
"""A day with no other event in so long before it is taken for a typing error, not for the last day of an extract."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose tables have been found, and what was noted on the way."""

    given: Given
    tables: tuple[Matched, ...]
    noted: tuple[Problem, ...]


def open_tables(given: Given) -> Opened:
    """The standard tables in the file. BadInput where it cannot be read, or a header does not fit its table."""
    texts = [standard_form(text) for text in _texts(given)]
    found = [(text, table) for text in texts if (table := table_named(text.name)) is not None]
    unknown = [text for text in texts if table_named(text.name) is None]
    if not found and len(texts) == 1 and (table := table_named(given.path.stem)) is not None:
        found, unknown = [(texts[0], table)], []
    faults = [fault for text, _ in found for fault in text.faults]
    if faults:
        raise BadInput(faults)
    if not found and not given.folder:
        raise BadInput(_no_table(given, [text.name for text in texts]))
    tables = tuple(matched(text, table) for text, table in found)
    noted = tuple(problem for table in tables for problem in table.noted)
    return Opened(given, tables, noted + tuple(_left_out(text) for text in unknown))


def _texts(given: Given) -> list[TableText]:
    if given.form is Form.CSV:
        return [csv_table(given.path, given.name)]
    if given.form is Form.PARQUET:
        return [parquet_table(given.path, given.name)]
    known = {name for table in TABLES.values() for name in table.names}
    return worksheets(given.path, given.name, known)


def _no_table(given: Given, names: Sequence[str]) -> Problem:
    return Problem(
        message="Nothing in the file is named as a standard table.",
        file=given.name,
        found=", ".join(names) or "no worksheet with anything on it",
        expected="one of " + ", ".join(TABLES),
        remedy="Name the file, or the worksheet, as the table that it holds.",
    )


def _left_out(text: TableText) -> Problem:
    return Problem(
        message="This is no standard table, so it is left out.",
        file=text.place,
        found=text.name,
        expected="one of " + ", ".join(TABLES),
        remedy="Nothing needs doing if it is not wanted; else name it as its table.",
        gravity=Gravity.NOTED,
    )


def last_day(opened: Sequence[Opened]) -> date | None:
    """The last day on which something happened, for sources that do not say up to which day they are.

    A day more than a year after every other is left out: taken as the end, it would make its own error true.
    """
    days = {day for file in opened for table in file.tables for found in days_of(table).values() for day in found}
    ordered = sorted(days)
    while len(ordered) > 1 and ordered[-1] - ordered[-2] > ALONE:
        ordered.pop()
    return ordered[-1] if ordered else None


def stage_tables(
    opened: Opened, extract: Extract, reference_date: date, *, number: int, folder: Path, progress: Progress = None
) -> Staged:
    """Writes the file's tables into `folder` as source `number`."""
    workbook = opened.given.form is Form.WORKBOOK
    bounds = Bounds(reference_date)
    problems = list(opened.noted)
    collected = {}
    with Staging(folder, TABLES) as staging:
        for place, given in enumerate(opened.tables):
            if progress:
                progress(f"Reading {opened.given.name}", place, len(opened.tables))
            style = Style.WORKSHEET if workbook else Style.TABLE
            read = stage_table(given, number=number, style=style, bounds=bounds, staging=staging)
            problems += read.problems
            collected[given.table.name] = read.collected
    ssd = any(given.table.ssd for given in opened.tables)
    return Staged(
        source=Source(
            name=opened.given.name,
            kind="ssd" if ssd and not workbook else "sheet",
            sha256=sha256_of(opened.given.path),
            reference_date=reference_date,
            area=extract.area,
        ),
        folder=folder,
        row_counts=staging.row_counts,
        collected=collected,
        coverage=_coverage(opened, extract, reference_date),
        problems=tuple(problems),
        worksheets=_worksheets(opened.tables) if workbook else {},
    )


def _worksheets(tables: Sequence[Matched]) -> dict[str, str]:
    """By table the place of its rows; of both where one worksheet has the table's name and another its title."""
    places: dict[str, str] = {}
    for given in tables:
        first = places.get(given.table.name)
        places[given.table.name] = f"{first} or {given.text.name}" if first else given.text.place
    return places


def _coverage(opened: Opened, extract: Extract, reference_date: date) -> dict[str, Coverage]:
    """From the day the extract names; else from 1 April of the reporting year of a table's earliest event.

    A table without a day of its own, or without any event, is left to `undated`.
    """
    covered = {}
    for given in opened.tables:
        first = extract.first_day
        column = event_column(given.table)
        if first is None and column is not None:
            events = days_of(given).get(column)
            first = reporting_year(min(events)).start if events else None
        if first is not None and first <= reference_date:
            covered[given.table.name] = Coverage(first, reference_date)
    return covered


def undated(staged: Sequence[Staged], reference_date: date) -> dict[str, Coverage]:
    """For tables that say nothing of their own days: those of the tables they came with, else the last year."""
    tables = [source for source in staged if source.source.kind != "census"]
    spans = [span for source in tables for span in source.coverage.values()]
    first = min((span.first for span in spans), default=reporting_year(reference_date).start)
    missing = {name for source in tables for name in source.collected if name not in source.coverage}
    return dict.fromkeys(sorted(missing), Coverage(first, reference_date))
