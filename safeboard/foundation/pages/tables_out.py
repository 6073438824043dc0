"""A register's rows as a file: an Excel workbook with typed cells or CSV, never a formula, and whose it is inside."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.spreadsheets.neutral import neutral, put_text

Rows = Iterable[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Marking:
    """What a file says of itself: how sensitive it is, who took it, when, why, and what it holds."""

    title: str
    label: str
    who: str
    at: datetime
    reason: str
    narrowed: str
    count: int

    @property
    def lines(self) -> list[tuple[str, object]]:
        return [
            ("Label", self.label),
            ("What it holds", self.title),
            ("Narrowed by", self.narrowed or "nothing"),
            ("Rows", self.count),
            ("Taken by", self.who),
            ("Taken on", self.at),
            ("Reason", self.reason),
        ]


def workbook(heads: Sequence[str], rows: Rows, marking: Marking) -> bytes:
    """The rows on one sheet under one row of headings, and the marking on another and on every printed page."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, marking.title[:31].translate({ord(sign): " " for sign in "[]:*?/\\"}), len(heads))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{marking.count + 1}"
    sheet.oddHeader.center.text = marking.label
    sheet.oddFooter.center.text = f"Taken {in_words(marking.at)}. Page &P of &N"
    sheet.append([_head(sheet, head) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    about = _sheet(book, "About this file", 2)
    for label, value in marking.lines:
        about.append([_head(about, label), _cell(about, value)])
    book.properties.creator = "Safeboard"
    book.properties.title = marking.title
    book.properties.keywords = marking.label
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def comma_separated(heads: Sequence[str], rows: Rows, marking: Marking) -> bytes:
    """The rows as CSV (UTF-8 with its mark, for Excel). Each row carries label, taker and time, as CSV has no sheet."""
    made = io.StringIO()
    lines = csv.writer(made)
    lines.writerow([*map(neutral, heads), "Label", "Taken by", "Taken on"])
    whose = (marking.label, marking.who, marking.at)
    for row in rows:
        lines.writerow([_text(value) for value in (*row, *whose)])
    return made.getvalue().encode("utf-8-sig")


def _sheet(book: Workbook, title: str, width: int) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title)
    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    return sheet


def _head(sheet: WriteOnlyWorksheet, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="12304A")
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: object) -> Any:
    match value:
        case None | "":
            return WriteOnlyCell(sheet)
        case bool():
            return _text_cell(sheet, in_words(value))
        case datetime():
            cell = WriteOnlyCell(sheet, timezone.localtime(value).replace(tzinfo=None))
            cell.number_format = "dd/mm/yyyy hh:mm"
        case date():
            cell = WriteOnlyCell(sheet, value)
            cell.number_format = "dd/mm/yyyy"
        case int() | float() | Decimal() if not hasattr(value, "label"):
            cell = WriteOnlyCell(sheet, value)
        case _:
            return _text_cell(sheet, in_words(value))
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    return cell


def _text(value: object) -> str:
    """A value for CSV: days as 2026-03-27, which sort; a text that a spreadsheet would run gets an apostrophe."""
    match value:
        case None:
            return ""
        case datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case int() | float() | Decimal() if not isinstance(value, bool) and not hasattr(value, "label"):
            return str(value)
        case "":
            return ""
    return neutral(in_words(value).replace("\0", ""))
