"""Workbooks of actions for tests."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from safeboard.tools.actions.layout import LAYOUT, Titles

GOOD: Mapping[str, Any] = {
    Titles.KIND: "Audit",
    Titles.SOURCE: "Audit of files",
    Titles.DATED: "2026-09-01",
    Titles.ACTION: "Brief the sergeants",
    Titles.AGENCY: "Reference City police",
    Titles.FIRST_DUE: "01/12/2026",
}


def row(**changes: Any) -> dict[str, Any]:
    """A good row with some cells changed, named as the titles are in code."""
    return {**GOOD, **{Titles[name]: value for name, value in changes.items()}}


def workbook(*rows: Mapping[str, Any], titles: Sequence[str] | None = None, name: str = "Actions") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = name
    titles = titles or LAYOUT.titles
    sheet.append(list(titles))
    for each in rows:
        sheet.append([each.get(title) for title in titles])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read_back(content: bytes) -> list[dict[str, Any]]:
    """The rows of the first sheet by column title."""
    lines = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    return [dict(zip([str(title) for title in lines[0]], line, strict=True)) for line in lines[1:]]
