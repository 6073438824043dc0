"""An empty Excel sheet to fill for one standard table, which says on a second worksheet what each column means."""

import os
import tempfile
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from safeboard.figures.exchange.workbook import CODES, EXPLAINED
from safeboard.figures.tables.declaration import Column, Kind, Table
from safeboard.figures.tables.disk import disk_problem
from safeboard.foundation.kernel.errors import BadInput, Problem

ROWS_PREPARED: Final = 2_000
"""Rows that are given their lists to choose from. More can be filled in without."""

NEEDED: Final = PatternFill("solid", fgColor="FFE699")
FORMATS: Final = {Kind.DATE: "dd/mm/yyyy", Kind.WHOLE_NUMBER: "0"}
"""How Excel shows a column; everything else is text, so that a code such as 01 stays as typed."""

HOW: Final = {
    Kind.IDENTIFIER: "Letters and digits, the same wherever the same thing is meant.",
    Kind.CODE: "One of the codes listed on the right, or its words.",
    Kind.DATE: "A date. Type it as a date, for example 31/03/2025, so that Excel shows it on the right.",
    Kind.WHOLE_NUMBER: "A whole number, 0 or more.",
    Kind.YES_NO: "Y or N.",
}


def write_template(table: Table, to: Path) -> None:
    """Writes the template for `table` as the workbook `to`. BadInput where `to` exists or cannot be written."""
    if to.exists():
        raise BadInput(
            Problem(
                message="There is a file of this name already; it may hold what somebody filled in.",
                file=str(to),
                remedy="Give another name with --out.",
            )
        )
    book = Workbook()
    sheet = book.active
    sheet.title = table.name
    _header(sheet, table)
    _lists(book, sheet, table)
    _explain(book.create_sheet(EXPLAINED), table)
    _save(book, to)


def _header(sheet: Worksheet, table: Table) -> None:
    sheet.append(list(table.names))
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        cell = sheet[f"{letter}1"]
        cell.font = Font(bold=True)
        cell.comment = Comment(f"{column.meaning}. {HOW[column.kind]}", "Safeboard")
        if column.required:
            cell.fill = NEEDED
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 2)
        sheet.column_dimensions[letter].number_format = FORMATS.get(column.kind, "@")


def _lists(book: Workbook, sheet: Worksheet, table: Table) -> None:
    """Lists to choose from, on a sheet of their own as Excel takes no long list inside a rule.

    They only help: what is typed is checked when the sheet is read.
    """
    codes = None
    place = 0
    for number, column in enumerate(table.columns, start=1):
        rule = None
        if column.codes is not None:
            codes = codes or book.create_sheet(CODES)
            place += 1
            for row, code in enumerate(column.codes, start=1):
                codes.cell(row=row, column=place, value=code).number_format = "@"
            letter = get_column_letter(place)
            rule = DataValidation("list", formula1=f"={CODES}!${letter}$1:${letter}${len(column.codes.words)}")
        elif column.kind is Kind.YES_NO:
            rule = DataValidation("list", formula1='"Y,N"')
        elif column.kind is Kind.DATE:
            rule = DataValidation("date", operator="greaterThanOrEqual", formula1="1")
        if rule is not None:
            letter = get_column_letter(number)
            rule.error = HOW[column.kind]
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{ROWS_PREPARED + 1}")
    if codes is not None:
        codes.sheet_state = "hidden"


def _explain(sheet: Worksheet, table: Table) -> None:
    sheet.append([table.title, table.meaning])
    sheet.append(["One row for each. Columns in yellow must be filled in; one that nobody collects can be deleted."])
    sheet.append([])
    sheet.append(["Column", "What it means", "What to write", "Must be filled in", "Codes"])
    for column in table.columns:
        needed = "yes" if column.required else "no"
        sheet.append([column.name, column.meaning, HOW[column.kind], needed, _codes(column)])
    for cell in (*sheet[1], *sheet[4]):
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (34, 60, 60, 18, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=5):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _codes(column: Column) -> str:
    return "\n".join(f"{code}  {word}" for code, word in column.codes.words.items()) if column.codes else ""


def _save(book: Workbook, to: Path) -> None:
    """Writes it beside its place first, so that a full disk leaves nothing."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.parent)
        os.close(descriptor)
        partial = Path(name)
        try:
            book.save(partial)
            partial.chmod(0o644)
            partial.rename(to)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(disk_problem(error, to)) from error
