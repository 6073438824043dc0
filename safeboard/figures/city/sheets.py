"""Rows written as the CSV sheets that the loader reads, and as the templates show."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def write_sheet(folder: Path, table: str, columns: Sequence[str], rows: Iterable[Row]) -> Path:
    """`folder`/`table`.csv with these columns, in UTF-8; rows are written as they come."""
    path = folder / f"{table}.csv"
    with open_sheet(path, columns) as add:
        for row in rows:
            add(row)
    return path


@contextmanager
def open_sheet(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Row], None]]:
    """A sheet to which rows can be added one by one."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        yield lambda row: writer.writerow([_text(row.get(column)) for column in columns])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
