"""The figures as an Excel workbook: a label first, then the figures with their exact values, never a formula."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from safeboard.figures.reporting.cells import Cell, Cells
from safeboard.figures.reporting.document import Document
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.foundation.spreadsheets.neutral import put_text

Value = str | int | float | None

WIDEST: Final = 70
"""Characters; a longer text is wrapped."""

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part inside the file, the earliest a zip can hold: the same figures make the same bytes."""


def workbook(given: ReportInput, cells: Cells, report: Document) -> bytes:
    """The workbook's bytes. Sheets: About, Figures, Comparators, Definitions, Checks, Sources."""
    book = Workbook()
    book.remove(book.active)
    _sheet(book, "About", ("What", "Statement"), _about(report))
    _sheet(book, "Figures", FIGURE_HEADS, (_figure(given, cell) for cell in cells.all))
    _sheet(book, "Comparators", COMPARATOR_HEADS, _comparators(given))
    _sheet(book, "Definitions", DEFINITION_HEADS, _definitions(given))
    _sheet(book, "Checks", ("Check", "Outcome", "Numbers"), [(c.title, c.outcome, c.statement) for c in report.checks])
    _sheet(book, "Sources", report.sources.heads, report.sources.rows)
    book.properties.creator = "Safeboard"
    book.properties.title = f"{report.title}, {report.area}, {report.period}"
    day = datetime.combine(given.manifest.reference_date, datetime.min.time())
    return _same_bytes(book, day)


FIGURE_HEADS: Final = (
    "Measure",
    "Title",
    "Period",
    "Group",
    "Label",
    "Numerator",
    "Denominator",
    "Exact value",
    "Shown",
    "Unit",
    "Status",
    "Children in numerator",
    "Population",
    "Edition",
    "Note",
)
COMPARATOR_HEADS: Final = (
    "Measure",
    "Title",
    "Group",
    "Kind",
    "Name",
    "Period",
    "Same period",
    "Shown",
    "Unit",
    "Source",
    "Method",
    "Note",
)
DEFINITION_HEADS: Final = (
    "Measure",
    "Title",
    "Meaning",
    "Numerator",
    "Denominator",
    "Counted in",
    "When",
    "Better if",
    "Source",
    "Edition",
    "Definition",
    "Choice made",
)


def _about(report: Document) -> list[tuple[Value, ...]]:
    return [
        ("Report", report.title),
        ("Area", report.area),
        ("Period", f"{report.period}: {report.span}"),
        *report.about,
        *(("Note", note) for note in report.notes),
        ("Exact value", "A fraction, so that nothing is lost by rounding; Shown is rounded half up."),
        ("Status", "known, hidden (a small number), not collected (never to be read as 0), or nothing to count"),
    ]


def _figure(given: ReportInput, cell: Cell) -> tuple[Value, ...]:
    figure = cell.figure
    return (
        cell.measure,
        given.measures[cell.measure].title,
        cell.period.label,
        cell.column,
        cell.label,
        figure.numerator,
        figure.denominator,
        "" if figure.value is None else str(figure.value),
        cell.shown,
        cell.unit.value,
        _status(cell),
        figure.children[0],
        figure.population_vintage,
        figure.edition,
        figure.why_not,
    )


def _status(cell: Cell) -> str:
    if cell.hidden:
        return "hidden"
    if not cell.figure.collected:
        return "not collected"
    return "known" if cell.known else "nothing to count"


def _comparators(given: ReportInput) -> Iterable[tuple[Value, ...]]:
    for measure, others in given.comparators.items():
        for each in others:
            same = "yes" if each.same_period else "no"
            what = (measure, given.measures[measure].title, each.group or "", each.kind.value, each.name)
            yield (*what, each.period_label, same, each.shown, each.unit.value, each.source, each.method, each.note)


def _definitions(given: ReportInput) -> Iterable[tuple[Value, ...]]:
    for each in given.measures.values():
        counted = (each.counting.value, each.moment.value, each.polarity.value)
        said = (each.id, each.title, each.meaning, each.numerator, each.denominator)
        yield (*said, *counted, each.source, each.edition, each.mark.value, each.choice)


def _sheet(book: Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    sheet: Worksheet = book.create_sheet(name)
    widths = [len(head) for head in heads]
    for line, row in enumerate([heads, *rows], start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet, line, column, value)
            widths[column - 1] = max(widths[column - 1], len(str(value or "")))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, WIDEST)
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E5F")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(sheet: Worksheet, line: int, column: int, value: Value) -> None:
    if value in (None, ""):
        return
    cell = sheet.cell(line, column)
    if isinstance(value, str):
        put_text(cell, value)
        cell.alignment = Alignment(wrap_text=len(value) > WIDEST, vertical="top")
    else:
        cell.value = value
        cell.number_format = "#,##0"


def _same_bytes(book: Workbook, day: datetime) -> bytes:
    """The saved workbook with every date of its making set to the records' own."""
    saved = io.BytesIO()
    book.save(saved)
    book.properties.created = book.properties.modified = day
    made = io.BytesIO()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for name in parts.namelist():
            core = name == "docProps/core.xml"
            content = tostring(book.properties.to_tree()) if core else parts.read(name)
            again.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
