"""The report as a tagged PDF (PDF/UA-1), the same bytes from the same records."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import typst

from safeboard.figures.reporting.document import Document
from safeboard.figures.reporting.fonts import characters, folder
from safeboard.figures.reporting.page import template


class NotSetAsMeant(Exception):
    """The typesetter warned, for example of a missing typeface; a report is not handed out with a warning open."""


def paper(report: Document, day: date, identity: str) -> bytes:
    """The report as PDF. `day` is its date: that of the records, never today's. Raises NotSetAsMeant on any warning."""
    data = _printable(asdict(report)) | {"day": [day.year, day.month, day.day], "identity": identity}
    with folder() as files:
        # Only the shipped typeface: what a machine happens to have installed must not change the report.
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[files])
        made, warnings = typst.compile_with_warnings(
            template("report.typ").encode("utf-8"),
            format="pdf",
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
            pdf_standards="ua-1",
        )
    if warnings:
        raise NotSetAsMeant("; ".join(warning.message for warning in warnings))
    return bytes(made)


def _printable(value: Any) -> Any:
    """The value with a question mark for every character that the typeface lacks: PDF/UA allows no blank box.

    Names of files and areas come from outside and may be in any script; they stand in full in the other files.
    """
    if isinstance(value, str):
        return "".join(each if ord(each) in characters("Regular") or each == "\n" else "?" for each in value)
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value
