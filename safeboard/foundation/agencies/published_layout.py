"""Reads a table in the layout of the department's explore-education-statistics service.

One row an area and year: `time_period`, `geographic_level`, the area's codes and names, then the indicator columns.
Columns are found by name, so a later year's file, a new authority or a new column needs no change here.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safeboard.foundation.kernel.errors import BadInput, Problem

NEEDED: Final = ("time_period", "geographic_level", "country_code")

PLACE_COLUMNS: Final = frozenset(
    {
        *NEEDED,
        "time_identifier",
        "country_name",
        "region_code",
        "region_name",
        "old_la_code",
        "new_la_code",
        "la_name",
    }
)
"""Columns that say where and when; all others hold indicators or split the table further."""

NATIONAL: Final = "National"
REGIONAL: Final = "Regional"
LOCAL: Final = "Local authority"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One area in one year. `year` is that in which the period ends (2024: the year to 31 March 2024, or mid-2024).

    `code` is the nine-character code of the area at the row's own level; `level` as printed. `cells` holds every column
    as text without surrounding blanks.
    """

    line: int
    year: int
    level: str
    code: str
    old_code: str
    name: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as read. `indicators` are its columns beyond place and time, in the file's order."""

    file: str
    indicators: tuple[str, ...]
    rows: tuple[PublishedRow, ...]


class NotThisLayout(BadInput):
    """A readable file that is some other table: its header lacks the columns every table of the layout has."""


def read_published(path: Path) -> PublishedTable:
    """The table in a CSV file, plain or compressed (.gz). BadInput, with every problem, for anything else."""
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    lines = ((reader.line_num, values) for values in reader)
    try:
        _, header = next(lines, (0, []))
        _check_header(path, header)
        problems: list[Problem] = []
        rows = tuple(_rows(path, header, lines, problems))
    except csv.Error as error:
        raise _refused(path, "This is not a CSV file.", found=str(error)) from error
    if problems:
        raise BadInput(problems)
    if not rows:
        raise _refused(path, "The table has a header and no row.", found="1 line")
    return PublishedTable(path.name, tuple(name for name in header if name not in PLACE_COLUMNS), rows)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except IsADirectoryError as error:
        raise _refused(path, "This is a folder.", expected="a CSV file") from error
    except UnicodeDecodeError as error:
        raise _refused(path, "This is not text in UTF-8.", found=f"byte {error.start + 1} is not") from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise _refused(path, "This compressed file is damaged.") from error
    except OSError as error:
        raise _refused(path, "This file cannot be read.", found=error.strerror or "") from error


def _check_header(path: Path, header: Sequence[str]) -> None:
    if not header:
        raise _refused(path, "The file is empty.", expected="a header and a row for every area and year")
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise NotThisLayout(
            _problem(
                path,
                "This is not a table in the department's layout.",
                line=1,
                found=", ".join(header[:6])[:80],
                expected=f"a header with the columns {', '.join(missing)}",
            )
        )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise _refused(path, "A column name stands twice in the header.", line=1, found=", ".join(twice))


def _rows(
    path: Path, header: Sequence[str], lines: Iterator[tuple[int, list[str]]], problems: list[Problem]
) -> Iterator[PublishedRow]:
    for line, values in lines:
        if not any(values):
            continue
        if len(values) != len(header):
            problems.append(
                _problem(
                    path,
                    "This line does not have a value for every column.",
                    line=line,
                    found=f"{len(values)} values",
                    expected=f"{len(header)}",
                )
            )
            continue
        cells = dict(zip(header, (value.strip() for value in values), strict=True))
        year = year_of(cells["time_period"])
        if year is None:
            problems.append(
                _problem(
                    path,
                    "This is not a year.",
                    line=line,
                    element="time_period",
                    found=cells["time_period"] or "nothing",
                    expected="2024 or 202324",
                )
            )
            continue
        yield _row(line, year, cells)


def _row(line: int, year: int, cells: Mapping[str, str]) -> PublishedRow:
    place = {
        NATIONAL: ("country_code", "country_name"),
        REGIONAL: ("region_code", "region_name"),
    }.get(cells["geographic_level"], ("new_la_code", "la_name"))
    code, name = (cells.get(column, "") for column in place)
    return PublishedRow(line, year, cells["geographic_level"], code, cells.get("old_la_code", ""), name, cells)


def year_of(time_period: str) -> int | None:
    """The year in which a time period ends: 2024 for "2024" and for "202324". None for anything else."""
    if re.fullmatch(r"(19|20)\d\d", time_period):
        return int(time_period)
    if re.fullmatch(r"(19|20)\d{4}", time_period):
        ends = int(time_period[:4]) + 1
        return ends if ends % 100 == int(time_period[4:]) else None
    return None


def _refused(path: Path, message: str, **more: str | int) -> BadInput:
    return BadInput(_problem(path, message, **more))


def _problem(path: Path, message: str, **more: str | int) -> Problem:
    remedy = "Give the CSV file as downloaded from explore-education-statistics."
    return Problem(message=message, remedy=remedy, file=path.name, **more)  # type: ignore[arg-type]
