"""The workbook to fill: one sheet with the columns, one that explains each, with lists to choose from."""

import io
from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from safeboard.foundation.spreadsheets.neutral import put_text
from safeboard.foundation.spreadsheets.sheets import MOST_ROWS, SheetLayout

EXPLAINED: Final = "How to fill"
LISTS: Final = "Lists"
HEADER: Final = PatternFill("solid", fgColor="DDE3EA")


def template(layout: SheetLayout, lists: Mapping[str, Sequence[str]]) -> bytes:
    """An empty workbook of the layout. `lists`: further words to choose from by column title (agencies, say)."""
    book = Workbook()
    sheet = book.active
    sheet.title = layout.name
    explained, words = book.create_sheet(EXPLAINED), book.create_sheet(LISTS)
    _write_header(sheet, layout.titles)
    _write_header(explained, ("Column", "Needed", "What to write"))
    _write_header(words, layout.titles)
    for number, column in enumerate(layout.columns, start=1):
        choices = [*column.choices, *lists.get(column.title, ())]
        explained.append((column.title, "yes" if column.required else "", column.explained))
        for line, choice in enumerate(choices, start=2):
            _write(words, line, number, choice)
        letter = get_column_letter(number)
        if column.choices:
            allowed = DataValidation("list", formula1=f"={LISTS}!${letter}$2:${letter}${len(choices) + 1}")
            allowed.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(allowed)
        if column.is_date:
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
    explained.column_dimensions["C"].width = 100
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_header(sheet: Worksheet, titles: Sequence[str]) -> None:
    sheet.append(list(titles))
    sheet.freeze_panes = "A2"
    for number, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill, cell.alignment = Font(bold=True), HEADER, Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = 24


def _write(sheet: Worksheet, line: int, number: int, text: str) -> None:
    put_text(sheet.cell(line, number), text)
