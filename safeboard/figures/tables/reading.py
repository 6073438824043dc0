"""One text to one value: dates, codes, yes or no, whole numbers, and plain words for a text that is none.

A date is never guessed: `05/11/2021` is 5 November where slashes are allowed at all, and nothing month first.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from safeboard.figures.tables.declaration import EARLIEST_DATE, Column, Kind
from safeboard.foundation.kernel.code_lists import CodeList
from safeboard.foundation.kernel.errors import Gravity

Value = date | bool | int | str


class Style(StrEnum):
    """How a source's text is read: as the census schema has it, as systems write tables, or as a worksheet holds it.

    A worksheet has cells that are dates. A text such as 25/12/2024 among them is a date that Excel could not take the
    month-first way it was set to, so its neighbours with lower days have been turned round already: it is refused.
    """

    CENSUS = "census"
    TABLE = "table"
    WORKSHEET = "worksheet"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no value of its column. `expected` and `remedy` are for the person who gave it."""

    message: str
    expected: str
    remedy: str
    gravity: Gravity = Gravity.STOPS


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days that can be true in one source: up to `reference_date`, or two years on where a column looks ahead.

    `firm` false: the source's own last day is not to be trusted as an end, so a later date is noted and kept.
    """

    reference_date: date
    firm: bool = True

    def last(self, column: Column) -> date:
        return self.reference_date + LOOKS_AHEAD if column.future else self.reference_date


LOOKS_AHEAD: Final = timedelta(days=731)
"""How far a planned day can lie ahead: a birth within nine months, a review within six; two years leaves room."""

YES_NO_CENSUS: Final = {"true": True, "TRUE": True, "True": True, "1": True} | {
    "false": False,
    "FALSE": False,
    "False": False,
    "0": False,
}
"""The forms the census schema allows, and the one Python-made files hold."""

YES_NO_TABLE: Final = (
    YES_NO_CENSUS
    | {"Y": True, "y": True, "yes": True, "Yes": True, "YES": True}
    | {
        "N": False,
        "n": False,
        "no": False,
        "No": False,
        "NO": False,
    }
)

CLOCK: Final = re.compile(r"[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$")
ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
SLASHES: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
WHOLE: Final = re.compile(r"\d{1,9}", re.ASCII)
LISTED_CODES: Final = 25


def read_iso_date(text: str) -> date | Fault:
    """`2024-05-01`; anything else, and a day that no calendar has, is a Fault."""
    match = ISO.fullmatch(text)
    return _day(match[1], match[2], match[3]) if match else UNREADABLE_ISO


def read_table_date(text: str) -> date | Fault:
    """`2024-05-01` or `01/05/2024` (day first); a time of day after it is left off."""
    day = CLOCK.sub("", text)
    if match := ISO.fullmatch(day):
        return _day(match[1], match[2], match[3])
    match = SLASHES.fullmatch(day)
    return _day(match[3], match[2], match[1]) if match else UNREADABLE_DATE


def read_worksheet_date(text: str) -> date | Fault:
    """`2024-05-01`, as a date cell gives it too; a time of day after it is left off."""
    match = ISO.fullmatch(CLOCK.sub("", text))
    return _day(match[1], match[2], match[3]) if match else TEXT_DATE


def _day(year: str, month: str, day: str) -> date | Fault:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return NO_SUCH_DAY


UNREADABLE_ISO: Final = Fault(
    "This date cannot be read.", "a day as yyyy-mm-dd", "Correct the date where the record is kept and export again."
)
UNREADABLE_DATE: Final = Fault(
    "This date cannot be read.",
    "a day as yyyy-mm-dd or dd/mm/yyyy",
    "Write the day so, or format the cell as a date.",
)
TEXT_DATE: Final = Fault(
    "This cell holds text where a date should stand.",
    "a cell that Excel shows as a date, or a day as yyyy-mm-dd",
    "Format the column as dates and type the day again; check the other dates too, day and month may be exchanged.",
)
NO_SUCH_DAY: Final = Fault(
    "This day does not exist in the calendar.",
    "a day of the calendar, such as 2024-02-29",
    "Correct the date where the record is kept and export again.",
)
MISSING: Final = Fault(
    "A value is missing without which the record has no meaning.",
    "a value",
    "Fill it in where the record is kept and export again.",
)


def read_number(text: str) -> int | Fault:
    """A whole number of zero or more. `2.0`, as spreadsheets write 2, is one too."""
    plain = text.removesuffix(".0")
    if WHOLE.fullmatch(plain):
        return int(plain)
    return Fault("This is not a whole number.", "0 or a whole number above it", "Correct the number and export again.")


def _bounded(read: Callable[[str], date | Fault], column: Column, bounds: Bounds) -> Callable[[str], date | Fault]:
    last = bounds.last(column)
    expected = f"a day from {EARLIEST_DATE.isoformat()} to {last.isoformat()}"
    early = Fault("This date is too early to be true.", expected, "Correct the year and export again.")
    late = Fault(
        "This date lies too far ahead to be true." if column.future else "This date lies after the reference date.",
        expected,
        "Correct the year, or give the return or extract that reaches so far.",
    )

    def bounded(text: str) -> date | Fault:
        day = read(text)
        if isinstance(day, Fault):
            return day
        if day < EARLIEST_DATE:
            return early
        return late if day > last and bounds.firm else day

    return bounded


def _yes_no(forms: dict[str, bool], expected: str) -> Callable[[str], bool | Fault]:
    fault = Fault("This is neither yes nor no.", expected, "Correct the value and export again.")
    return lambda text: forms.get(text, fault)


def _code(codes: CodeList, style: Style) -> Callable[[str], str | Fault]:
    """In a table a code may be in its words, in any case, with noughts before it, or with a list after a colon.

    The Standard Safeguarding Dataset has gender 01 and "Multiple: neglect, physical abuse".
    """
    listed = [*codes][:LISTED_CODES]
    fault = Fault(
        f"This is not a code of the list “{codes.name}”.",
        "one of " + ", ".join(listed) + (" and others" if len(codes.words) > LISTED_CODES else ""),
        "Correct the code where the record is kept and export again.",
    )
    if style is Style.CENSUS:
        return lambda text: text if text in codes else fault
    known = _folded(codes)

    def read_code(text: str) -> str | Fault:
        word = _fold(text)
        plain = str(int(word)) if word.isdecimal() else word.split(":")[0]
        return known[word] if word in known else known.get(plain, fault)

    return read_code


def _folded(codes: CodeList) -> dict[str, str]:
    words = {_fold(word): code for code, word in codes.words.items()}
    return words | {_fold(code): code for code in codes}


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


DATES: Final = {
    Style.CENSUS: read_iso_date,
    Style.TABLE: read_table_date,
    Style.WORKSHEET: read_worksheet_date,
}


def reader_of(column: Column, style: Style, bounds: Bounds) -> Callable[[str], Value | Fault] | None:
    """What turns one stripped, non-empty text of the column into its value; None where the text is the value."""
    match column.kind:
        case Kind.DATE:
            return _bounded(DATES[style], column, bounds)
        case Kind.WHOLE_NUMBER:
            return read_number
        case Kind.YES_NO if style is Style.CENSUS:
            return _yes_no(YES_NO_CENSUS, "true, false, 1 or 0")
        case Kind.YES_NO:
            return _yes_no(YES_NO_TABLE, "Y or N")
        case Kind.CODE if column.codes is not None:
            return _code(column.codes, style)
        case _:
            return None
