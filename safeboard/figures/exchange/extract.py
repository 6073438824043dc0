"""What a folder of tables may say of itself in `extract.csv`: its last day, its first day, its area."""

import csv
from dataclasses import dataclass
from datetime import date

from safeboard.figures.exchange.sources import EXTRACT, Given
from safeboard.figures.tables.reading import Fault, read_table_date
from safeboard.foundation.kernel.errors import BadInput, Problem

COLUMNS = ("reference_date", "first_day", "area")


@dataclass(frozen=True, slots=True)
class Extract:
    """`reference_date` is the last day the tables know of; `first_day` the first from which they hold every event."""

    reference_date: date | None = None
    first_day: date | None = None
    area: str = ""


def read_extract(given: Given) -> Extract:
    """What the file says. BadInput where it has not one header and one row of the columns it may have."""
    header, row = _header_and_row(given)
    said = dict(zip(header, row, strict=True))
    return Extract(_day(given, said, "reference_date"), _day(given, said, "first_day"), said.get("area", ""))


def _day(given: Given, said: dict[str, str], column: str) -> date | None:
    text = said.get(column, "")
    if not text:
        return None
    day = read_table_date(text)
    if isinstance(day, Fault):
        raise BadInput(
            Problem(
                message=day.message,
                file=given.name,
                line=2,
                element=column,
                found=text,
                expected=day.expected,
                remedy=day.remedy,
            )
        )
    return day


def _header_and_row(given: Given) -> tuple[list[str], list[str]]:
    try:
        with given.path.open(encoding="utf-8-sig", newline="") as file:
            lines = [[cell.strip() for cell in cells] for cells in csv.reader(file)]
        header, *rows = [cells for cells in lines if any(cells)]
    except (ValueError, csv.Error) as error:
        raise BadInput(_malformed(given, f"{EXTRACT} cannot be read as a table.", 1)) from error
    unknown = [column or "one without a name" for column in header if column not in COLUMNS]
    twice = [column for column in dict.fromkeys(header) if header.count(column) > 1]
    if unknown or twice:
        message = f"{EXTRACT} has a column that it may not have." if unknown else f"{EXTRACT} has a column twice."
        raise BadInput(_malformed(given, message, 1, ", ".join(unknown or twice)))
    if len(rows) != 1:
        raise BadInput(_malformed(given, f"{EXTRACT} has {len(rows)} rows below its header, not one.", 1))
    if len(rows[0]) != len(header):
        message = f"{EXTRACT} has {len(rows[0])} values under its {len(header)} columns."
        raise BadInput(_malformed(given, message, 2))
    return header, rows[0]


def _malformed(given: Given, message: str, line: int, columns: str = "") -> Problem:
    return Problem(
        message=message,
        file=given.name,
        line=line,
        element=columns,
        found=columns,
        expected=f"a header with any of {', '.join(COLUMNS)}, and one row",
        remedy="Correct the file, or remove it: it is not needed.",
    )
