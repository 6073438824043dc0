"""Checks that need more than one row: keys given twice, references to nothing, reviews and plans that contradict.

They run as queries over the staged Parquet files, within a fixed share of memory, whatever the size of the return.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from safeboard.figures.exchange.parquet_query import files_relation
from safeboard.figures.exchange.staged import Staged
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Column, Table
from safeboard.foundation.kernel.errors import Gravity, Problem

TOLD: Final = 1_000
"""Problems of one kind told one by one; thousands have one cause."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The files under check, and the sources their rows came from, of which the first is number 1."""

    connection: duckdb.DuckDBPyConnection
    files: Mapping[str, Sequence[Path]]
    sources: Sequence[Staged]

    def of(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query in which every {table} stands for that table's file."""
        found: list[tuple[Any, ...]] = self.connection.execute(
            query.format_map({name: files_relation(paths) for name, paths in self.files.items()})
        ).fetchall()
        return found

    def source(self, number: int) -> Staged:
        """The source of that number."""
        return self.sources[number - 1]


def repeated_keys(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> Iterator[Problem]:
    """Keys given more than once, by one source or by two that are not returns.

    In a return only a child can be: the reader makes all other keys. Two returns may well have the same child, and a
    table may add to a return's rows.
    """
    for source in staged:
        if source.source.kind == "census" and "ssd_person" in source.files:
            files = {"ssd_person": [source.files["ssd_person"]]}
            yield from _duplicates(Rows(connection, files, staged), TABLES["ssd_person"])
    for table in TABLES.values():
        own = [source for source in staged if source.source.kind != "census"]
        paths = [source.files[table.name] for source in own if table.name in source.files]
        if paths:
            yield from _duplicates(Rows(connection, {table.name: paths}, staged), table)


def relations(rows: Rows, *, only_returns: bool) -> Iterator[Problem]:
    """What contradicts itself across the joined tables. A return cannot name a row that it does not hold."""
    for table in TABLES.values():
        for column in table.columns:
            if column.refers_to and not only_returns:
                yield from _unknown(rows, table, column)
    yield from _early_reviews(rows)
    yield from _plans_at_once(rows)


def _duplicates(rows: Rows, table: Table) -> Iterator[Problem]:
    """A Problem for each key on more than one row of the table, at the second of them."""
    query = f"""
        SELECT {table.key}, list(source_number ORDER BY source_number, source_line),
               list(source_line ORDER BY source_number, source_line)
        FROM {{{table.name}}} WHERE {table.key} IS NOT NULL
        GROUP BY 1 HAVING count(*) > 1
        ORDER BY min(source_number), min(source_line), 1 LIMIT {TOLD}"""
    for key, sources, lines in rows.of(query):
        first, source = (rows.source(number) for number in sources[:2])
        at = f"line {lines[0]}" + (f" of {first.place(table.name)}" if first is not source else "")
        child = key if table.key == table.person else ""
        many = f"{len(lines)} rows have this identifier"
        said = f"The child is given {len(lines)} times" if child else f"{table.title}: {many}"
        yield Problem(
            message=f"{said}; the first is in {at}.",
            remedy="Give it once, with everything that belongs to it.",
            file=source.place(table.name),
            line=lines[1],
            child=child,
            element=source.element(table.column(table.key)),
            found=key,
            expected="each identifier once",
        )


def _unknown(rows: Rows, table: Table, column: Column) -> Iterator[Problem]:
    """A Problem for each row whose `column` names a row that its table does not have.

    It stops a load only where the row means nothing without the other. Our own tables tell of children whom social
    care need not know, so a child missing there is only noted.
    """
    if table.name not in rows.files:
        return
    to = TABLES[column.refers_to]
    known = f"SELECT {to.key} FROM {{{to.name}}}" if to.name in rows.files else "SELECT NULL WHERE false"
    person = table.person or "NULL"
    query = f"""
        SELECT {column.name}, {person}, source_number, source_line, count(*) OVER ()
        FROM {{{table.name}}} WHERE {column.name} IS NOT NULL AND {column.name} NOT IN ({known})
        ORDER BY source_number, source_line LIMIT {TOLD}"""
    stops = column.required and (table.ssd or to.name != "ssd_person")
    found = rows.of(query)
    for key, child, source, line, count in found if stops else found[:1]:
        often = "" if stops or count == 1 else f" So in {count:,} rows, first here."
        yield Problem(
            message=f"{table.title}: the {to.within_sentence} that it names is not among those given.{often}",
            remedy=f"Give the row in {to.name} as well, or correct the identifier.",
            file=rows.source(source).place(table.name),
            line=line,
            child=child or "",
            element=column.name,
            found=key,
            expected=f"a {to.key} of {to.name}",
            gravity=Gravity.STOPS if stops else Gravity.NOTED,
        )


def _early_reviews(rows: Rows) -> Iterator[Problem]:
    """A Problem for each review held before its plan began."""
    if not {"ssd_cp_reviews", "ssd_cp_plans"} <= rows.files.keys():
        return
    query = f"""
        SELECT review.cppr_person_id, review.cppr_cp_review_date, plan.cppl_cp_plan_start_date,
               review.source_number, review.source_line
        FROM {{ssd_cp_reviews}} review JOIN {{ssd_cp_plans}} plan ON review.cppr_cp_plan_id = plan.cppl_cp_plan_id
        WHERE review.cppr_cp_review_date < plan.cppl_cp_plan_start_date
        ORDER BY review.source_number, review.source_line LIMIT {TOLD}"""
    for child, held, began, source, line in rows.of(query):
        yield Problem(
            message="The review was held before its plan began.",
            remedy="Correct whichever of the two dates is wrong, or move the review to its own plan.",
            file=rows.source(source).place("ssd_cp_reviews"),
            line=line,
            child=child,
            element=rows.source(source).element(TABLES["ssd_cp_reviews"].column("cppr_cp_review_date")),
            found=held.isoformat(),
            expected=f"a day on or after the plan's first day, {began.isoformat()}",
        )


def _plans_at_once(rows: Rows) -> Iterator[Problem]:
    """A Problem for each plan open at the same time as an earlier one of the same child.

    It stops where both are still open, as a child has one plan; two that overlap and have ended are noted.
    """
    if "ssd_cp_plans" not in rows.files:
        return
    query = f"""
        WITH plan AS (
            SELECT cppl_person_id AS child, cppl_cp_plan_start_date AS began, cppl_cp_plan_end_date AS ended,
                   source_number, source_line,
                   lag(cppl_cp_plan_start_date) OVER earlier AS began_before,
                   max(coalesce(cppl_cp_plan_end_date, 'infinity'::DATE)) OVER
                       (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until,
                   count(*) FILTER (cppl_cp_plan_end_date IS NULL) OVER
                       (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS open_before
            FROM {{ssd_cp_plans}}
            WINDOW earlier AS (
                PARTITION BY cppl_person_id
                ORDER BY cppl_cp_plan_start_date, cppl_cp_plan_end_date NULLS LAST, source_number, source_line))
        SELECT child, began, began_before, source_number, source_line, ended IS NULL AND open_before > 0
        FROM plan WHERE until > began ORDER BY 6 DESC, source_number, source_line LIMIT {TOLD}"""
    for child, began, before, source, line, both_open in rows.of(query):
        yield Problem(
            message="The child has two plans open at once."
            if both_open
            else "The child has two plans that overlap in time; both are counted as given.",
            remedy="End the earlier plan on the day it ended, or remove the one that was recorded twice.",
            file=rows.source(source).place("ssd_cp_plans"),
            line=line,
            child=child,
            element=rows.source(source).element(TABLES["ssd_cp_plans"].column("cppl_cp_plan_start_date")),
            found=f"a plan from {began.isoformat()} beside one from {before.isoformat()}",
            expected="one plan at a time",
            gravity=Gravity.STOPS if both_open else Gravity.NOTED,
        )
