"""The published tables of a folder, by the short names the department gives them (c1, d6).

Which files there are decides which years and councils there are: next year's file is put beside the others, or into a
folder of its own, and is used without a change of code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from safeboard.figures.comparators.symbols import Symbol, read_cell
from safeboard.foundation.agencies.published_layout import LOCAL, PublishedRow, PublishedTable, read_published
from safeboard.foundation.kernel.errors import BadInput, Problem

SHIPPED: Final = Path(__file__).parent / "data"
"""The folder of tables that comes with the product (its PROVENANCE.md says from where)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, by their names: "d1.CPP_At31"."""

    table: str
    name: str

    @classmethod
    def parse(cls, text: str) -> "Column":
        table, _, name = text.partition(".")
        return cls(table, name)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table prints for an area and a year, and in which file."""

    value: Fraction | Symbol
    file: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables in a folder. A table's files are read when first asked for; the newest stands where years overlap."""

    folder: Path = SHIPPED

    def cell(self, column: Column, place: str, year: int) -> Cell | None:
        """The cell of a column for a place (nine-character or three-digit code) in the year ending in March of `year`.

        None where no file has the row or the column. BadInput for text that is neither a number nor a symbol.
        """
        for indexed in _indexed(self.folder, column.table):
            row = indexed.rows.get((place, year))
            if row is not None and column.name in row.cells:
                return _cell(indexed.file, row, column.name)
        return None

    def years(self, table: str) -> tuple[int, ...]:
        """The years a table has, the newest first; none where the folder does not have the table."""
        return tuple(
            sorted({year for indexed in _indexed(self.folder, table) for _, year in indexed.rows}, reverse=True)
        )


@dataclass(frozen=True, slots=True)
class _Indexed:
    file: str
    rows: Mapping[tuple[str, int], PublishedRow]


@cache
def _indexed(folder: Path, table: str) -> tuple[_Indexed, ...]:
    read = [_index(read_published(path)) for path in _files(folder, table)]
    return tuple(sorted(read, key=lambda each: max(year for _, year in each.rows), reverse=True))


def _files(folder: Path, table: str) -> list[Path]:
    # The department names its files after the table: d1_child_protection_plans_2013_to_2024.csv.
    return sorted(path for path in folder.glob(f"{table}_*") if path.name.endswith((".csv", ".csv.gz")))


def _index(table: PublishedTable) -> _Indexed:
    rows: dict[tuple[str, int], PublishedRow] = {}
    twice: list[Problem] = []
    for row in table.rows:
        for place in _places(row):
            first = rows.setdefault((place, row.year), row)
            if first is not row:
                twice.append(_twice(table, row, first))
    if twice:
        raise BadInput(dict.fromkeys(twice))
    return _Indexed(table.file, rows)


def _places(row: PublishedRow) -> Iterable[str]:
    # By the three digits too: a long code changes with a council's status or borders, and not in every table at once.
    return (row.code, row.old_code) if row.level == LOCAL and row.old_code else (row.code,)


def _twice(table: PublishedTable, row: PublishedRow, first: PublishedRow) -> Problem:
    return Problem(
        message=f"The table has two rows for {row.name} in {row.year}.",
        remedy="Keep one row for each area and year: download the table without a further breakdown.",
        file=table.file,
        line=row.line,
        found=f"another in line {first.line}",
        expected="one row",
    )


def _cell(file: str, row: PublishedRow, column: str) -> Cell:
    value = read_cell(row.cells[column])
    if value is None:
        raise BadInput(
            Problem(
                message="This is neither a number nor one of the department's symbols.",
                remedy="Give the table as published.",
                file=file,
                line=row.line,
                element=column,
                found=row.cells[column],
                expected="a number, c, k, u, x or z",
            )
        )
    return Cell(value, file)
