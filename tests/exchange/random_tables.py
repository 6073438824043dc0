"""Random standard tables of any kind, drawn from the declarations, and every way of writing them that can be read."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import EARLIEST_DATE, Column, Kind, Table
from safeboard.figures.tables.schema import arrow_schema

Tables = dict[str, list[dict[str, Any]]]

LAST = date(2025, 3, 31)
IDENTIFIERS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=6).filter(
    lambda text: text != "-1"
)


@st.composite
def standard_tables(draw: st.DrawFn) -> Tables:
    """Some of the tables with a few rows each, every row with its required columns and some of the others."""
    names = draw(st.sets(st.sampled_from([*TABLES]), min_size=1))
    tables: Tables = {}
    for name in [*TABLES]:
        if name in names | {"ssd_person"}:
            keys = draw(st.lists(IDENTIFIERS, min_size=1, max_size=3, unique=True))
            tables[name] = [row for key in keys if (row := _row(draw, TABLES[name], key, tables)) is not None]
    if "ssd_cp_plans" in tables:
        children = {row["cppl_person_id"]: row for row in tables["ssd_cp_plans"]}
        tables["ssd_cp_plans"] = [*children.values()]
    return {name: rows for name, rows in tables.items() if rows and _refers(TABLES[name], rows, tables)}


def _refers(table: Table, rows: list[dict[str, Any]], tables: Tables) -> bool:
    """Whether every reference still finds its row."""
    return all(
        row.get(column.name) in {None, *(other[TABLES[column.refers_to].key] for other in tables[column.refers_to])}
        for column in table.columns
        if column.refers_to in tables
        for row in rows
    )


def _row(draw: st.DrawFn, table: Table, key: str, tables: Tables) -> dict[str, Any] | None:
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name == table.key:
            row[column.name] = key
        elif column.refers_to:
            known = [other[TABLES[column.refers_to].key] for other in tables.get(column.refers_to, [])]
            if column.required and not known:
                return None
            row[column.name] = draw(st.sampled_from(known) if column.required else st.sampled_from([None, *known]))
        else:
            row[column.name] = draw(_values(column) if column.required else st.none() | _values(column))
    return _in_order(row, table, tables)


def _in_order(row: dict[str, Any], table: Table, tables: Tables) -> dict[str, Any]:
    for start, end in table.periods:
        if row[start] and row[end]:
            row[start], row[end] = sorted((row[start], row[end]))
    if table.name == "ssd_cp_reviews":
        plan = next(plan for plan in tables["ssd_cp_plans"] if plan["cppl_cp_plan_id"] == row["cppr_cp_plan_id"])
        row["cppr_cp_review_date"] = max(row["cppr_cp_review_date"], plan["cppl_cp_plan_start_date"])
    return row


def _values(column: Column) -> st.SearchStrategy[Any]:
    match column.kind:
        case Kind.DATE:
            return st.dates(EARLIEST_DATE, LAST + timedelta(days=731 if column.future else 0))
        case Kind.YES_NO:
            return st.booleans()
        case Kind.WHOLE_NUMBER:
            return st.integers(0, 999_999_999)
        case Kind.CODE if column.codes:
            return st.sampled_from([*column.codes])
        case _:
            return IDENTIFIERS


def write_folder(draw: st.DrawFn, tables: Tables, folder: Path) -> None:
    """The tables as files of an extract, each as CSV or Parquet, each value in one of the ways it can be written."""
    (folder / "extract.csv").write_text(f"reference_date\n{LAST}\n")
    for name, rows in tables.items():
        if draw(st.booleans()):
            pq.write_table(pa.Table.from_pylist(rows, arrow_schema(TABLES[name])), folder / f"{name}.parquet")
        else:
            _write_csv(draw, TABLES[name], rows, folder / f"{name}.csv")


def _write_csv(draw: st.DrawFn, table: Table, rows: list[dict[str, Any]], path: Path) -> None:
    columns = draw(st.permutations(table.columns))
    with path.open("w", encoding=draw(st.sampled_from(["utf-8", "utf-8-sig"])), newline="") as file:
        writer = csv.writer(file, lineterminator=draw(st.sampled_from(["\n", "\r\n"])))
        writer.writerow([column.name for column in columns])
        writer.writerows([[draw(_texts(column, row)) for column in columns] for row in rows])


def _texts(column: Column, row: Mapping[str, Any]) -> st.SearchStrategy[str]:
    value = row[column.name]
    match value:
        case None:
            return st.sampled_from(["", " ", "-1"] if column.refers_to else ["", " "])
        case bool():
            return st.sampled_from(["Y", "true", "1"] if value else ["N", "false", "0"])
        case date():
            slashes = f"{value.day:02d}/{value.month:02d}/{value.year}"
            return st.sampled_from([str(value), f"{value} 00:00:00", slashes])
        case str() if column.codes:
            return st.sampled_from([value, column.codes.words[value], column.codes.words[value].upper()])
        case _:
            return st.just(str(value))
