"""Rows written as the CSV sheets that the loader reads, and as the templates show."""

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from errno import EISDIR
from os import strerror
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from safeboard.figures.tables.disk import disk_problem
from safeboard.foundation.kernel.errors import BadInput, Problem

Row = Mapping[str, Any]

_SOURCES: Final = frozenset({".xml", ".csv", ".parquet", ".xlsx"})
_NAMED: Final = 3


@contextmanager
def whole_folder(out: Path, names: Collection[str]) -> Iterator[Path]:
    """A folder to write the files `names` into; they appear in `out` together, once the work inside is done.

    Where it comes to nothing, `out` is as it was. BadInput where it cannot be written, or holds other sources: a city
    beside another's returns would be loaded as one.
    """
    _refuse_others(out, names)
    made = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in names:
            if (out / name).is_dir():
                raise IsADirectoryError(EISDIR, strerror(EISDIR), name)
        with TemporaryDirectory(prefix=".city-", dir=out) as part:
            yield Path(part)
            for name in names:
                (Path(part) / name).replace(out / name)
    except BaseException as error:
        for folder in made:
            if folder.exists():
                folder.rmdir()
        if isinstance(error, OSError):
            raise BadInput(disk_problem(error, out)) from error
        raise


def _refuse_others(out: Path, names: Collection[str]) -> None:
    there = sorted(path.name for path in out.glob("*") if path.suffix in _SOURCES and path.name not in names)
    if there:
        raise BadInput(
            Problem(
                message="The folder holds other sources, which would be taken for this city's.",
                file=str(out),
                found=", ".join(there[:_NAMED]) + (" and more" if len(there) > _NAMED else ""),
                expected="a new or empty folder, or one with this city alone",
                remedy="Name another folder with --out, or take those files away.",
            )
        )


def write_sheet(folder: Path, table: str, columns: Sequence[str], rows: Iterable[Row]) -> Path:
    """`folder`/`table`.csv with these columns, in UTF-8; rows are written as they come. OSError where not."""
    path = folder / f"{table}.csv"
    with open_sheet(path, columns) as add:
        for row in rows:
            add(row)
    return path


@contextmanager
def open_sheet(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Row], None]]:
    """A sheet to which rows can be added one by one; it appears under its name only when it is complete.

    OSError where it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            yield lambda row: writer.writerow([_text(row.get(column)) for column in columns])
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
