"""Rows written as the CSV sheets that the loader reads, and as the templates show."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from safeboard.figures.tables.disk import disk_problem
from safeboard.foundation.kernel.errors import BadInput

Row = Mapping[str, Any]


def make_folder(out: Path) -> None:
    """The folder, made if need be. BadInput where it cannot be."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(disk_problem(error, out)) from error


def write_sheet(folder: Path, table: str, columns: Sequence[str], rows: Iterable[Row]) -> Path:
    """`folder`/`table`.csv with these columns, in UTF-8; rows are written as they come."""
    path = folder / f"{table}.csv"
    with open_sheet(path, columns) as add:
        for row in rows:
            add(row)
    return path


@contextmanager
def open_sheet(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Row], None]]:
    """A sheet to which rows can be added one by one; it appears under its name only when it is complete.

    BadInput where it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            yield lambda row: writer.writerow([_text(row.get(column)) for column in columns])
        part.replace(path)
    except OSError as error:
        raise BadInput(disk_problem(error, path)) from error
    finally:
        part.unlink(missing_ok=True)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
