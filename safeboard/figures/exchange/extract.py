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
    try:
        with given.path.open(encoding="utf-8-sig", newline="") as file:
            header, row, *more = [[cell.strip() for cell in cells] for cells in csv.reader(file) if any(cells)]
    except (ValueError, csv.Error) as error:
        raise BadInput(_malformed(given)) from error
    if more or len(header) != len(row) or not set(header) <= set(COLUMNS):
        raise BadInput(_malformed(given))
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


def _malformed(given: Given) -> Problem:
    return Problem(
        message=f"{EXTRACT} does not say what it should.",
        file=given.name,
        line=1,
        expected=f"a header with any of {', '.join(COLUMNS)}, and one row",
        remedy="Correct the file, or remove it: it is not needed.",
    )
