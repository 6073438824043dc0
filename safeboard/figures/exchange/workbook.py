"""Tables on Excel worksheets as text, with whatever a spreadsheet can hide in them refused in plain words."""

import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from safeboard.figures.exchange.table_text import Batch, TableText, batches_of
from safeboard.figures.exchange.xml import elements
from safeboard.foundation.kernel.errors import BadInput, Problem

SUFFIXES: Final = (".xlsx", ".xlsm")

EXPLAINED: Final = "How to fill"
CODES: Final = "Codes"
OWN_SHEETS: Final = (EXPLAINED, CODES)
"""The worksheets on which our templates explain their columns and keep their lists to choose from."""

Cell = int | float | str | bool | time | date | datetime | timedelta

MOST_CELLS: Final = 30_000_000
"""Of a worksheet's area, from A1 to its last row and column: the fast reader holds a place for each of them."""

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a worksheet under its header, which is its first row."""

    rows: Sequence[Sequence[Cell]]
    width: int

    def __iter__(self) -> Iterator[Batch]:
        return batches_of(self._texts(), self.width)

    def _texts(self) -> Iterator[tuple[int, Sequence[str]]]:
        for line, row in enumerate(self.rows[1:], start=2):
            cells = [cell_text(cell) for cell in row[: self.width]]
            if any(cells):
                yield line, cells


def cell_text(cell: Cell) -> str:
    """A cell as the text that a CSV file would hold: 4 for 4.0, a date as yyyy-mm-dd."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def worksheets(path: Path, place: str, known: Collection[str]) -> list[TableText]:
    """Every worksheet of the workbook as a table named as the worksheet, empty ones and our templates' own left out.

    `known` are the column names that any table has; they tell a header from a title. A table's faults are a header that
    is merged or does not stand in the first row, and cells with an error. BadInput where the workbook cannot be read.
    """
    faulty = _cells_without_value(path, place)
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names if name not in OWN_SHEETS]
    except CalamineError as error:
        raise BadInput(_unreadable(place)) from error
    filled = [(sheet, rows) for sheet in sheets if (rows := sheet.to_python(skip_empty_area=False))]
    return [_table(sheet, rows, place, known, faulty.get(sheet.name, [])) for sheet, rows in filled]


def _table(
    sheet: CalamineSheet, rows: Sequence[Sequence[Cell]], place: str, known: Collection[str], faulty: list[Problem]
) -> TableText:
    header = [cell_text(cell) for cell in rows[0]]
    while header and not header[-1]:
        header.pop()
    place = f"{place}, worksheet {sheet.name}"
    found = _header_problem(sheet, rows, place, known)
    faults = (found, *faulty) if found else tuple(faulty)
    return TableText(place, sheet.name, tuple(header), 1, SheetRows(rows, len(header)), faults)


def _header_problem(
    sheet: CalamineSheet, rows: Sequence[Sequence[Cell]], place: str, known: Collection[str]
) -> Problem | None:
    merged = [area for area in sheet.merged_cell_ranges or () if area[0][0] == 0]
    if merged:
        first, last = (f"{get_column_letter(column + 1)}1" for _, column in merged[0])
        return Problem(
            message="The header has merged cells.",
            file=place,
            line=1,
            element=first,
            found=f"{first} to {last} merged",
            expected="one cell with one column name for each column, in row 1",
            remedy="Unmerge the cells and write each column's name in its own cell.",
        )
    at = _header_row(rows, known)
    if at > 1:
        return Problem(
            message="The header does not stand in the first row.",
            file=place,
            line=at,
            found=f"the header in row {at}",
            expected="the header in row 1",
            remedy="Delete the rows above the header.",
        )
    return None


def _header_row(rows: Sequence[Sequence[Cell]], known: Collection[str]) -> int:
    """The row (from 1) among the first twenty that has the most known column names; 1 where none has any."""
    hits = [sum(cell_text(cell).casefold() in known for cell in row) for row in rows[:20]]
    return hits.index(max(hits)) + 1


def _unreadable(place: str) -> Problem:
    return Problem(
        message="This workbook cannot be read: it is damaged, protected by a password, or no Excel workbook.",
        file=place,
        remedy="Open it in Excel and save it again as .xlsx without a password, or as CSV UTF-8.",
    )


@dataclass(slots=True)
class _Area:
    """How far the cells of a worksheet reach."""

    letters: set[str] = field(default_factory=lambda: {"A"})
    last_row: int = 1

    def reach(self, reference: str | None) -> None:
        """Hold this cell too. One without a reference stands beside the one before it. ValueError where it is none."""
        if reference:
            letters = reference.rstrip("0123456789")
            self.letters.add(letters)
            self.last_row = max(self.last_row, int(reference[len(letters) :]))

    @property
    def last_column(self) -> int:
        return max(int(column_index_from_string(each)) for each in self.letters)

    @property
    def cells(self) -> int:
        return self.last_row * self.last_column


def _far_away(place: str, sheet: str, area: _Area) -> Problem:
    return Problem(
        message="A cell stands too far from the others for the worksheet to be read.",
        file=f"{place}, worksheet {sheet}",
        found=f"{area.last_row:,} rows and {area.last_column:,} columns",
        expected=f"at most {MOST_CELLS:,} cells, empty ones among them",
        remedy="Delete every row and column beyond the table, then save the workbook again.",
    )


def _cells_without_value(path: Path, place: str) -> dict[str, list[Problem]]:
    """By worksheet a Problem for each cell that shows an error, or holds a formula that was never worked out.

    The fast reader gives both as empty cells, and an empty cell would be taken as a missing value.
    """
    found: dict[str, list[Problem]] = defaultdict(list)
    try:
        with zipfile.ZipFile(path) as book:
            for name, member in _members(book).items():
                with book.open(member) as file:
                    area = _Area()
                    for cell in elements(file, tags=(f"{MAIN}c",)):
                        area.reach(cell.get("r"))
                        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
                        if cell.get("t") == "e":
                            found[name].append(_cell_problem(place, name, cell.get("r"), value.text, "shows an error"))
                        elif formula is not None and cell.get("t") != "str" and (value is None or not value.text):
                            text = f"={formula.text}"
                            found[name].append(
                                _cell_problem(place, name, cell.get("r"), text, "has a formula without value")
                            )
                        cell.clear()
                if area.cells > MOST_CELLS:
                    raise BadInput(_far_away(place, name, area))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise BadInput(_unreadable(place)) from error
    return found


def _members(book: zipfile.ZipFile) -> dict[str, str]:
    """The file inside the workbook that holds each worksheet, by the worksheet's name."""
    with book.open("xl/_rels/workbook.xml.rels") as file:
        targets = {relation.get("Id"): relation.get("Target") for relation in elements(file) if relation.get("Id")}
    with book.open("xl/workbook.xml") as file:
        sheets = {sheet.get("name"): targets[sheet.get(RELATION)] for sheet in elements(file, tags=(f"{MAIN}sheet",))}
    return {
        name: target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        for name, target in sheets.items()
        if "worksheets/" in target
    }


def _cell_problem(place: str, sheet: str, reference: str, found: str, what: str) -> Problem:
    return Problem(
        message=f"The cell {reference} {what}.",
        file=f"{place}, worksheet {sheet}",
        line=int("".join(filter(str.isdigit, reference))),
        element=reference,
        found=found,
        expected="a value",
        remedy="Replace the formula with its value (copy, paste special, values).",
    )
