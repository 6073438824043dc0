"""Several returns as one set of tables: the newest return is believed, older ones add what it does not repeat.

A return holds its own year: an assessment authorised the year before, or a plan that ended then, is in the older return
only, although the episode is in both. So rows are joined by their keys, newest first, and an older row that a newer
return of the same episode does not repeat is kept if it was over by then. If it was still open, the newer return would
have had to repeat it; that it does not means that the record was corrected, and the older row is dropped.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from safeboard.figures.exchange.parquet_query import files_relation, write_rows
from safeboard.figures.exchange.staged import Staged
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN, Table
from safeboard.foundation.kernel.errors import Gravity, Problem

OPEN_WHILE_EMPTY: Final = {
    "ssd_cin_assessments": "cina_assessment_auth_date",
    "ssd_cp_plans": "cppl_cp_plan_end_date",
    "ssd_cin_plans": "cinp_cin_plan_end_date",
}
"""Tables of a return whose rows go on from year to year, and the column that is empty for so long."""

REFERRAL_COLUMN: Final = {
    "ssd_cin_assessments": "cina_referral_id",
    "ssd_cp_plans": "cppl_referral_id",
    "ssd_cin_plans": "cinp_referral_id",
}


def merge_returns(
    connection: duckdb.DuckDBPyConnection, returns: Sequence[tuple[int, Staged]], to: Path
) -> dict[str, Path]:
    """The tables of several returns, each with its source number, as one set in `to`; the file of each table."""
    newest_first = sorted(returns, key=lambda numbered: _recency(numbered[1]), reverse=True)
    connection.execute("CREATE OR REPLACE TEMP TABLE ranks (number SMALLINT, rank SMALLINT)")
    for rank, (number, _) in enumerate(newest_first):
        connection.execute("INSERT INTO ranks VALUES (?, ?)", [number, rank])
    merged = {}
    for table in TABLES.values():
        files = [source.files[table.name] for _, source in returns if table.name in source.files]
        if files:
            given = f'CREATE OR REPLACE TEMP VIEW "given_{table.name}" AS SELECT * FROM {files_relation(files)}'
            connection.execute(given)
            if write_rows(connection, table, _kept(table), to):
                merged[table.name] = to / f"{table.name}.parquet"
    return merged


def not_repeated(connection: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> Iterator[Problem]:
    """A note for each return whose open episodes the next ones do not repeat: they are counted as open still.

    A referral without further action opens nothing and belongs in the return of its own year alone.
    """
    query = f"""
        SELECT {SOURCE_COLUMN}, count(*), min({LINE_COLUMN}), arg_min(cine_person_id, {LINE_COLUMN})
        FROM ({_winners(TABLES["ssd_cin_episodes"])})
        WHERE rank > 0 AND cine_close_date IS NULL AND NOT coalesce(cine_referral_nfa, false)
        GROUP BY 1 ORDER BY 1"""
    for number, count, line, child in connection.execute(query).fetchall():
        yield Problem(
            message="Open episodes of this return are in no later one and so count as open still: "
            f"{count:,}, the first of them here.",
            remedy="Close them in the record, or give the return in which they closed.",
            file=staged[number - 1].source.name,
            line=line,
            child=child,
            element="CINclosureDate",
            expected="each open episode in the next return too",
            gravity=Gravity.NOTED,
        )


def _recency(source: Staged) -> tuple[int, date]:
    return source.source.census_year or 0, source.source.reference_date or date.min


def _kept(table: Table) -> str:
    """The query for the rows of a table that a merged set of returns keeps, in the order of their sources."""
    if table.name == "ssd_disability":
        return _of_kept(table, "disa_person_id", "ssd_person")
    if table.name == "ssd_assessment_factors":
        return _of_kept(table, "cinf_assessment_id", "ssd_cin_assessments")
    if table.name in OPEN_WHILE_EMPTY:
        return f"""
            SELECT given.* EXCLUDE (rank) FROM ({_winners(table)}) given
            JOIN ({_newest(TABLES["ssd_cin_episodes"])}) episode ON episode.key = given.{REFERRAL_COLUMN[table.name]}
            WHERE given.rank = episode.rank OR given.{OPEN_WHILE_EMPTY[table.name]} IS NOT NULL"""
    if table.name == "ssd_cp_reviews":
        return f"""
            SELECT given.* EXCLUDE (rank) FROM ({_winners(table)}) given
            WHERE given.cppr_cp_plan_id IN (SELECT cppl_cp_plan_id FROM ({_kept(TABLES["ssd_cp_plans"])}))"""
    return f"SELECT * EXCLUDE (rank) FROM ({_winners(table)})"


def _winners(table: Table) -> str:
    """For every key the row of the newest return that has it, with that return's rank."""
    return f"""
        SELECT * EXCLUDE (number) FROM "given_{table.name}" JOIN ranks ON number = {SOURCE_COLUMN}
        QUALIFY row_number() OVER (PARTITION BY {table.key} ORDER BY rank, {LINE_COLUMN}) = 1"""


def _newest(table: Table) -> str:
    """For every key the rank of the newest return that has it."""
    return f"""
        SELECT {table.key} AS key, min(rank) AS rank
        FROM "given_{table.name}" JOIN ranks ON number = {SOURCE_COLUMN} GROUP BY 1"""


def _of_kept(table: Table, column: str, owner: str) -> str:
    """Rows that have no life of their own: those given together with the kept row of their owner."""
    return f"""
        SELECT given.* FROM "given_{table.name}" given JOIN ({_kept(TABLES[owner])}) owner
        ON owner.{TABLES[owner].key} = given.{column} AND owner.{SOURCE_COLUMN} = given.{SOURCE_COLUMN}"""
