"""One table from a file onto disk as a standard table: columns matched by name, text read by the declaration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from safeboard.figures.exchange.census_problems import more_problems
from safeboard.figures.exchange.ssd_forms import Placeholders
from safeboard.figures.exchange.table_text import TableText
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.checking import Checker, Finding
from safeboard.figures.tables.declaration import Kind, Table
from safeboard.figures.tables.parquet import Staging
from safeboard.figures.tables.reading import Bounds, Style, read_table_date
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

MOST_TOLD = 10_000
"""Problems of one table told one by one; beyond them only their number is told."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A file's table and the standard table it is. `places` gives each collected column's place in the header."""

    text: TableText
    table: Table
    places: dict[str, int]
    noted: tuple[Problem, ...]


def table_named(name: str) -> Table | None:
    """The standard table of that name or title, whatever its case."""
    wanted = name.strip().casefold()
    for table in TABLES.values():
        if wanted in (table.name, table.title.casefold()):
            return table
    return None


def matched(text: TableText, table: Table) -> Matched:
    """The header matched to the table's columns. BadInput where a required column is missing or one stands twice."""
    names = [name.strip().casefold() for name in text.header]
    problems = [
        Problem(
            message=f"The column stands twice in the header of {table.name}.",
            file=text.place,
            line=text.header_line,
            element=name,
            remedy="Keep one of the two.",
        )
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    problems += [
        Problem(
            message=f"A column is missing without which {table.name} means nothing.",
            file=text.place,
            line=text.header_line,
            element=column.name,
            found=", ".join(text.header)[:200],
            expected=column.name,
            remedy=f"Add the column: {column.meaning}.",
        )
        for column in table.columns
        if column.required and column.name not in names
    ]
    if problems:
        raise BadInput(problems)
    places = {name: names.index(name) for name in table.names if name in names}
    return Matched(text, table, places, tuple(_unknown(text, table, names)))


def _unknown(text: TableText, table: Table, names: Sequence[str]) -> list[Problem]:
    unknown = [name for name in names if name and name not in table.names]
    if not unknown:
        return []
    return [
        Problem(
            message=f"Columns that {table.name} does not have are left out.",
            file=text.place,
            line=text.header_line,
            found=", ".join(unknown)[:200],
            expected="columns of the table",
            remedy="Nothing needs doing if they are not wanted; else check the spelling.",
            gravity=Gravity.NOTED,
        )
    ]


@dataclass(frozen=True, slots=True)
class Read:
    """A table as read: the columns that it really collects, and every problem in it."""

    collected: frozenset[str]
    problems: tuple[Problem, ...]


def stage_table(given: Matched, *, number: int, style: Style, bounds: Bounds, staging: Staging) -> Read:
    """Writes the rows to the staging folder as source `number`."""
    checker = Checker(given.table, style=style, bounds=bounds, source_number=number)
    placeholders = Placeholders()
    problems: list[Problem] = []
    found = 0
    try:
        for batch in given.text.batches:
            texts = {name: placeholders.without(name, batch.columns[place]) for name, place in given.places.items()}
            checked = checker.check(texts, batch.lines)
            found += len(checked.findings)
            told = checked.findings[: MOST_TOLD - len(problems)]
            problems += [_problem(given, texts, finding) for finding in told]
            staging.write(given.table.name, checked.rows)
    except BadInput as bad:
        problems += bad.problems
    if found > MOST_TOLD:
        problems.append(more_problems(found - MOST_TOLD, given.text.place))
    collected = frozenset(given.places) - placeholders.columns
    return Read(collected, (*problems, *placeholders.noted(given.text.place)))


def _problem(given: Matched, texts: dict[str, pa.Array], found: Finding) -> Problem:
    person = texts.get(given.table.person)
    return Problem(
        message=found.fault.message,
        remedy=found.fault.remedy,
        file=given.text.place,
        line=found.line,
        child=(person[found.row].as_py() or "") if person is not None else "",
        element=found.column.name,
        found=found.text[:60],
        expected=found.fault.expected,
        gravity=found.fault.gravity,
    )


def days_of(given: Matched) -> dict[str, set[date]]:
    """Every day that can be read in each date column, for a source that does not say up to which day it is."""
    days: dict[str, set[date]] = {}
    dates = [column for column in given.table.columns if column.kind is Kind.DATE and not column.future]
    for batch in given.text.batches:
        for column in dates:
            if column.name in given.places:
                texts = batch.columns[given.places[column.name]].unique().to_pylist()
                read = (read_table_date(text.strip()) for text in texts if text and text.strip())
                days.setdefault(column.name, set()).update(day for day in read if isinstance(day, date))
    return days
