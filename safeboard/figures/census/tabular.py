"""Findings as a table: CSV for programs and Excel for people, one row a finding."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from safeboard.figures.census.catalogue import edition
from safeboard.figures.census.findings import CheckResult, Fields, Finding
from safeboard.foundation.spreadsheets.neutral import neutral, put_text

COLUMNS: Final = {
    "rule": 8,
    "severity": 9,
    "level": 9,
    "child": 16,
    "episode": 12,
    "group": 22,
    "line": 9,
    "values": 44,
    "beside it": 60,
    "what is asked": 60,
    "usual cause": 40,
    "what to do": 40,
    "reason given": 30,
}
"""The columns and their widths in Excel."""

ROWS_A_SHEET: Final = 1_000_000
"""Excel holds 1,048,576 rows a sheet; further findings go to a further sheet."""


Cell = str | int | None


def rows(result: CheckResult) -> Iterator[tuple[Cell, ...]]:
    """One row for every finding, in the order of COLUMNS."""
    for place, finding in enumerate(result.findings):
        rule = edition(finding.code)
        answer = result.answers.get(place)
        yield (
            finding.code,
            finding.severity.value,
            finding.level.value,
            finding.child,
            finding.episode,
            finding.table,
            finding.line,
            values(finding.fields),
            beside(finding),
            finding.message,
            rule.usual_cause,
            rule.remedy,
            f"{answer.reason} ({answer.year})" if answer else "",
        )


def values(fields: Fields) -> str:
    """Elements and their values as one text; a missing value is a dash."""
    return "; ".join(f"{name}: {text or '–'}" for name, text in fields)


def beside(finding: Finding) -> str:
    """The related places as one text, each with its line."""
    return " | ".join(f"{place.table}, line {place.line}: {values(place.fields)}" for place in finding.related)


def write_json(result: CheckResult, path: Path) -> None:
    """The whole result as JSON, one rule and one finding a line, written as it goes."""
    head = json.dumps({"file": result.file, "year": result.year}, ensure_ascii=False)[:-1]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{head}, "rules": [\n')
        file.writelines(_json_lines(outcome.as_json() for outcome in result.outcomes))
        file.write('], "findings": [\n')
        file.writelines(_json_lines(finding.as_json() for finding in result.findings))
        file.write("]}\n")


def _json_lines(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    before = ""
    for one in objects:
        yield before + encode(one)
        before = ",\n"
    yield "\n"


def write_csv(result: CheckResult, path: Path) -> None:
    """Findings as CSV in UTF-8. A text that a spreadsheet would run as a formula has an apostrophe before it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(tuple(_harmless(cell) for cell in row) for row in rows(result))


def _harmless(cell: Cell) -> Cell:
    return neutral(cell) if isinstance(cell, str) else cell


def write_xlsx(result: CheckResult, path: Path) -> None:
    """A workbook: what became of every rule, then the findings. Every text is a text, never a formula."""
    book = Workbook(write_only=True)
    overview = book.create_sheet("Rules")
    _lay_out(overview, (8, 10, 60, 16, 9, 60))
    overview.append(_heads(overview, ("rule", "severity", "title", "status", "found", "why")))
    for outcome in result.outcomes:
        told = (
            outcome.code,
            outcome.severity.value,
            outcome.title,
            outcome.status.value,
            outcome.found,
            outcome.reason,
        )
        overview.append([_text(overview, cell) for cell in told])
    _write_findings(book, result)
    book.save(path)


def _write_findings(book: Workbook, result: CheckResult) -> None:
    sheet = None
    for number, row in enumerate(rows(result)):
        if sheet is None or number % ROWS_A_SHEET == 0:
            sheet = book.create_sheet("Findings" if sheet is None else f"Findings {number // ROWS_A_SHEET + 1}")
            _lay_out(sheet, tuple(COLUMNS.values()))
            sheet.append(_heads(sheet, tuple(COLUMNS)))
        sheet.append([_text(sheet, cell) for cell in row])


def _lay_out(sheet: WriteOnlyWorksheet, widths: tuple[int, ...]) -> None:
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + place)].width = width


def _heads(sheet: WriteOnlyWorksheet, heads: tuple[str, ...]) -> list[WriteOnlyCell]:
    cells = [_text(sheet, head) for head in heads]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _text(sheet: WriteOnlyWorksheet, value: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if not isinstance(value, str):
        cell.value = value
    else:
        put_text(cell, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
