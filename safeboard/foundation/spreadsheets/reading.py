"""Reads a filled sheet, .xlsx or .csv. Formulas, programs, bombs and entities are refused before anything is used."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from operator import is_not
from pathlib import PurePath
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.exceptions import InvalidFileException

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.spreadsheets.neutral import STARTS_A_FORMULA, without_guard
from safeboard.foundation.spreadsheets.sheets import (
    LARGEST,
    LARGEST_INSIDE,
    LAST_ROW,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    CellProblem,
    Reading,
    SheetLayout,
    SheetRow,
)

BY_VALUE: Final = "Replace it with its value: copy the cell, then paste as values."
SAVE_AGAIN: Final = "Open it in Excel and save it as .xlsx without a password, or as CSV UTF-8."
Line = tuple[int, Sequence[str]]


def read_sheet(content: bytes, name: str, layout: SheetLayout) -> Reading:
    """The filled rows, and a problem for each cell that cannot be used. Empty rows are left out.

    BadInput, about the field `file`, where the file as a whole cannot be used.
    """
    if len(content) > LARGEST:
        raise _refused("The file is larger than 5 MB.", "Leave out what is not needed, or send it in parts.")
    reading = Reading()
    match PurePath(name).suffix.lower():
        case ".xlsx":
            lines = _workbook_lines(content, layout, reading)
        case ".csv":
            lines = _csv_lines(content, reading)
        case _:
            raise _refused("Only .xlsx and .csv files are read.", SAVE_AGAIN)
    _read(lines, layout, reading)
    return reading


def _refused(message: str, remedy: str, **more: Any) -> BadInput:
    return BadInput(Problem(message, remedy, element="file", **more))


def _read(lines: Iterator[Line], layout: SheetLayout, reading: Reading) -> None:
    header = [cell.strip() for cell in next(lines, (1, ()))[1]]
    while header and not header[-1]:
        header.pop()
    columns = _columns(header, layout)
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(reading.rows) == MOST_ROWS:
            raise _refused(f"There are more than {MOST_ROWS:,} rows.", "Send them in parts.")
        beyond = [cell for cell in cells[len(header) :] if cell.strip()]
        if beyond:
            reading.problems.append(CellProblem(line, "", "There is a cell without a column title.", "Empty it."))
        given = dict(zip(columns, cells, strict=False))
        reading.rows.append(SheetRow(line, {title: _text(given.get(title, "")) for title in layout.titles}))
    for row in reading.rows:
        reading.problems += [
            _too_long(row.line, title) for title, text in row.cells.items() if len(text) > LONGEST_CELL
        ]
    if not reading.rows:
        raise _refused("There is no row under the header.", "Fill in at least one.")


def _text(cell: str) -> str:
    return cell.replace("\r\n", "\n").strip()


def _too_long(line: int, title: str) -> CellProblem:
    return CellProblem(line, title, f"It is longer than {LONGEST_CELL:,} characters.", "Shorten it.")


def _columns(header: Sequence[str], layout: SheetLayout) -> list[str]:
    """The layout's title for each column of the file, in the file's order."""
    known = {title.casefold(): title for title in (*layout.titles, *layout.ignored)}
    found = [known.get(title.casefold(), "") for title in header]
    unknown = [title for title, column in zip(header, found, strict=True) if not column]
    twice = sorted({column for column in found if column and found.count(column) > 1})
    missing = [column.title for column in layout.columns if column.required and column.title not in found]
    wrong = [
        (unknown, "These columns are not known", "Use the titles of the template in the first row."),
        (twice, "These columns are there twice", "Keep one of them."),
        (missing, "These columns are missing", "Download the template and copy your rows into it."),
    ]
    problems = [
        Problem(f"{message}: {', '.join(map(_quoted, titles))}.", remedy, element="file")
        for titles, message, remedy in wrong
        if titles
    ]
    if problems:
        raise BadInput(problems)
    return found


def _quoted(title: str) -> str:
    return f"'{title}'"


def _csv_lines(content: bytes, reading: Reading) -> Iterator[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("This CSV file is not in UTF-8.", SAVE_AGAIN) from None
    if "\0" in text:
        raise _refused("This file holds characters that no text has.", SAVE_AGAIN)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            yield number, [_without_guard(cell, number, reading) for cell in cells[:MOST_COLUMNS]]
    except csv.Error:
        raise _refused("This CSV file is damaged: a quotation mark is not closed.", SAVE_AGAIN) from None


def _without_guard(cell: str, line: int, reading: Reading) -> str:
    """The cell without the apostrophe that our exports put before what a spreadsheet would take for a formula."""
    if (bare := without_guard(cell)) != cell:
        return bare
    if cell.strip().startswith(STARTS_A_FORMULA):
        reading.problems.append(
            CellProblem(line, "", "It begins as a formula does.", "Write words, or an apostrophe before it.", cell[:50])
        )
    return cell


def _workbook_lines(content: bytes, layout: SheetLayout, reading: Reading) -> Iterator[Line]:
    with _opened(content) as book:
        for number, cells in _rows(_sheet(book, layout)):
            yield number, [_cell(cell, number, reading) for cell in cells]


def lines_of_every_sheet(content: bytes) -> Iterator[Line]:
    """Every row of a workbook that holds something, as text, with its number in its sheet. Formulas come as they are.

    BadInput, about the field `file`, where the workbook cannot be used.
    """
    with _opened(content) as book:
        for sheet in book.worksheets:
            for number, cells in _rows(sheet):
                yield number, [text_of(cell.value) for cell in cells]


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    _refuse_dangerous(content)
    try:
        yield load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except BadInput:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError):
        raise _refused("This workbook cannot be read: it is damaged.", SAVE_AGAIN) from None


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Every row with its number that holds something, and the first. ValueError for one beyond where rows end."""
    sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
    empty = (EMPTY_CELL,) * MOST_COLUMNS
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > LAST_ROW:
            raise ValueError(number)
        if number == 1 or any(map(is_not, cells, empty)):
            yield number, cells


def _sheet(book: Any, layout: SheetLayout) -> Any:
    """The sheet named as the template names it, else the only one that there is."""
    sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
    if layout.name.casefold() in sheets:
        return sheets[layout.name.casefold()]
    if len(sheets) == 1:
        return next(iter(sheets.values()))
    raise _refused(f"No sheet of this workbook is called {layout.name}.", f"Call the sheet to load {layout.name}.")


def _cell(cell: Any, line: int, reading: Reading) -> str:
    if cell.data_type == "f":
        where = f"column {cell.column_letter}"
        reading.problems.append(CellProblem(line, where, "It is a formula.", BY_VALUE, str(cell.value)[:50]))
        return ""
    if cell.data_type == "e":
        reading.problems.append(CellProblem(line, f"column {cell.column_letter}", "It shows an error.", BY_VALUE))
        return ""
    return text_of(cell.value)


def text_of(value: object) -> str:
    """A cell's value as text: 4 for 4.0, a date as yyyy-mm-dd."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | datetime():
            return value.isoformat()
        case _:
            return str(value)


def _refuse_dangerous(content: bytes) -> None:
    """BadInput for a workbook that is none, holds a program, unpacks to far more than it is, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            if "xl/workbook.xml" not in names:
                raise _refused("This is not an Excel workbook.", SAVE_AGAIN)
            if holds_program(names):
                raise _refused("This workbook holds a program (macros).", "Save it as .xlsx, without macros.")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
                raise _refused("This workbook unpacks to far more than a list.", "Send the rows alone.")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")) and _declares_entities(packed, part):
                    raise _refused("This workbook is not as Excel writes them.", SAVE_AGAIN)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError):
        raise _refused("This workbook is damaged, or protected by a password.", SAVE_AGAIN) from None


def holds_program(names: Iterable[str]) -> bool:
    """Whether a packed office file has macros, by the names of its parts in small letters."""
    return any(name.endswith("vbaproject.bin") or "macrosheets/" in name for name in names)


def _declares_entities(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    # Reading stops at the size that the archive claims, which the sum above has limited.
    return b"<!DOCTYPE" in packed.read(part)
