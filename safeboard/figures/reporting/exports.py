"""The figures as data: a JSON file, and the list of problems as CSV."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from safeboard.figures.comparators.comparing import Comparator
from safeboard.figures.reporting.cells import Cells
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.foundation.kernel.errors import Problem
from safeboard.foundation.spreadsheets.neutral import neutral

"""What makes a spreadsheet run a cell of a CSV file as a formula (OWASP, CSV injection)."""

PROBLEM_COLUMNS: Final = (
    "gravity",
    "message",
    "remedy",
    "file",
    "line",
    "child",
    "element",
    "found",
    "expected",
)


def figures_json(given: ReportInput, cells: Cells) -> str:
    """A list of objects, one a figure. Figures of the report's own period carry their comparators."""
    return json.dumps(list(_figures(given, cells)), indent=1, ensure_ascii=False) + "\n"


def _figures(given: ReportInput, cells: Cells) -> Iterator[dict[str, object]]:
    for cell in cells.all:
        beside = given.comparators.get(cell.measure, ()) if cell.period == given.period else ()
        yield {
            **cell.as_json(),
            "title": given.measures[cell.measure].title,
            "comparators": [_comparator(other) for other in beside if other.group == cell.figure.group],
        }


def _comparator(other: Comparator) -> dict[str, object]:
    return {
        "kind": other.kind.value,
        "name": other.name,
        "period": other.period_label,
        "same_period": other.same_period,
        "value": None if other.value is None else float(other.value),
        "shown": other.shown,
        "unit": other.unit.value,
        "source": other.source,
        "method": other.method,
        "note": other.note,
    }


def problems_csv(problems: Sequence[Problem], threshold: int) -> str:
    """Every problem, one a line, with a heading. Child, line and what was found are left out of a published report."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(PROBLEM_COLUMNS)
    for problem in problems:
        kept = replace(problem, child="", line=None, found="") if threshold else problem
        writer.writerow([neutral(_text(getattr(kept, column))) for column in PROBLEM_COLUMNS])
    return made.getvalue()


def _text(value: object) -> str:
    return "" if value is None else str(value)
