"""Reads one row of the sheet of actions: words into codes and days, each problem by its column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.spreadsheets.sheets import CellProblem, SheetRow
from safeboard.tools.actions.codes import Priority, Risk, SourceKind
from safeboard.tools.actions.layout import SEPARATOR, Titles
from safeboard.tools.actions.rules import why_not_due
from safeboard.tools.actions.selectors import NOT_SEEN

DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y")
TITLE_LENGTH: Final = 200
Code = TypeVar("Code", SourceKind, Sensitivity, Priority, Risk)
Trouble = Callable[[Titles, str, str], None]
"""Takes the column, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a row names that the house must know. It can be looked up whatever else is wrong with the row."""

    line: int
    agency: str
    contributing: tuple[str, ...]
    owner: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRead:
    """What a row says of its source."""

    kind: SourceKind
    title: str
    dated_on: date
    level: Sensitivity

    @property
    def key(self) -> tuple[str, str, date]:
        """What tells it from other sources of the area."""
        return (self.kind.value, self.title, self.dated_on)


@dataclass(frozen=True, slots=True)
class DueRead:
    """When an action is due: first, now, and why it moved ("" where it did not)."""

    first_on: date
    on: date
    moved_because: str


@dataclass(frozen=True, slots=True)
class Read:
    """One row in our own words. Its names are still as written."""

    line: int
    source: SourceRead
    rec_number: int | None
    rec_words: str
    title: str
    words: str
    success: str
    due: DueRead
    priority: Priority
    risk: Risk
    level: Sensitivity
    names: Names


def names_in(row: SheetRow) -> Names:
    """The names as written; the owner's address in small letters."""
    cells = row.cells
    return Names(
        line=row.line,
        agency=cells[Titles.AGENCY],
        contributing=_several(cells[Titles.CONTRIBUTING]),
        owner=cells[Titles.OWNER].casefold(),
        themes=_several(cells[Titles.THEMES]),
    )


def day_written(written: str) -> date | None:
    """The day that a cell says, however it is written; None where it says none."""
    for form in DAYS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def read_row(row: SheetRow) -> tuple[Read | None, list[CellProblem]]:
    """The row read, or everything that is wrong with it."""
    problems: list[CellProblem] = []
    cells = row.cells

    def trouble(column: Titles, message: str, remedy: str) -> None:
        problems.append(CellProblem(row.line, column, message, remedy, cells[column][:100]))

    source = _source(cells, trouble)
    number = _number(cells, trouble)
    title = _title(cells, Titles.ACTION, trouble)
    if not cells[Titles.AGENCY]:
        trouble(Titles.AGENCY, "It is empty.", "Write the agency's name as in the house.")
    due = _due(cells, trouble)
    priority = _code_or(Priority.MEDIUM, cells, Titles.PRIORITY, trouble)
    risk = _code_or(Risk.MEDIUM, cells, Titles.RISK, trouble)
    level = _code_or(Sensitivity.OFFICIAL, cells, Titles.LEVEL, trouble)
    if problems or source is None or due is None:
        return None, problems
    read = Read(
        line=row.line,
        source=source,
        rec_number=number,
        rec_words=cells[Titles.REC_WORDS],
        title=title,
        words=cells[Titles.DETAILS],
        success=cells[Titles.SUCCESS],
        due=due,
        priority=priority,
        risk=risk,
        level=level,
        names=names_in(row),
    )
    return read, []


def _source(cells: Mapping[str, str], trouble: Trouble) -> SourceRead | None:
    kind = _code(SourceKind, cells, Titles.KIND, trouble)
    title = _title(cells, Titles.SOURCE, trouble)
    if title == NOT_SEEN:
        trouble(Titles.SOURCE, "This stands in exports for a title that the reader may not see.", "Write its title.")
    dated_on = _day(cells, Titles.DATED, trouble)
    level = _code_or(Sensitivity.OFFICIAL, cells, Titles.SOURCE_LEVEL, trouble)
    return SourceRead(kind, title, dated_on, level) if kind and dated_on else None


def _due(cells: Mapping[str, str], trouble: Trouble) -> DueRead | None:
    """An empty second day means that the first one stands."""
    first = _day(cells, Titles.FIRST_DUE, trouble)
    now = _day(cells, Titles.DUE, trouble) if cells[Titles.DUE] else first
    if not first or not now:
        return None
    moved = first != now
    if moved and not cells[Titles.MOVED]:
        trouble(Titles.MOVED, "The two due dates differ and no reason is given.", "Write why it moved.")
    return DueRead(first, now, cells[Titles.MOVED] if moved else "")


def _several(cell: str) -> tuple[str, ...]:
    """The names in a cell, each once, in the order written."""
    return tuple(dict.fromkeys(name.strip() for name in cell.split(SEPARATOR) if name.strip()))


def _title(cells: Mapping[str, str], column: Titles, trouble: Trouble) -> str:
    text = " ".join(cells[column].split())
    if not text:
        trouble(column, "It is empty.", "Write it.")
    elif len(text) > TITLE_LENGTH:
        trouble(column, f"It is longer than {TITLE_LENGTH} characters.", "Shorten it; put the rest under Details.")
    return text


def _code(codes: type[Code], cells: Mapping[str, str], column: Titles, trouble: Trouble) -> Code | None:
    """The code whose label or value is written, in any case."""
    written = cells[column].casefold()
    for each in codes:
        if written in (str(each.label).casefold(), str(each.value).casefold()):
            return each
    wrong = "It is not in the list." if written else "It is empty."
    trouble(column, wrong, f"Choose one of: {', '.join(str(each.label) for each in codes)}.")
    return None


def _code_or(default: Code, cells: Mapping[str, str], column: Titles, trouble: Trouble) -> Code:
    """The code that is written; the default where none is, or one that there is not, which is told."""
    if not cells[column]:
        return default
    code = _code(type(default), cells, column, trouble)
    return default if code is None else code


def _day(cells: Mapping[str, str], column: Titles, trouble: Trouble) -> date | None:
    written = cells[column]
    if not written:
        trouble(column, "It is empty.", "Write a day, for example 27/03/2026.")
        return None
    day = day_written(written)
    if day is None:
        trouble(column, "It is not a day.", "Write it as 27/03/2026 or 2026-03-27.")
    elif wrong := why_not_due(day):
        trouble(column, wrong, "Correct the year.")
        return None
    return day


def _number(cells: Mapping[str, str], trouble: Trouble) -> int | None:
    written, words = cells[Titles.REC_NUMBER], cells[Titles.REC_WORDS]
    if not written:
        if words:
            trouble(Titles.REC_NUMBER, "It is empty.", "Write the number that the recommendation has in its source.")
        return None
    if not (written.isascii() and written.isdigit() and 0 < int(written[:6]) <= 9_999):
        trouble(Titles.REC_NUMBER, "It is not a number from 1 to 9999.", "Write the recommendation's number.")
        return None
    if not words:
        trouble(Titles.REC_WORDS, "It is empty.", "Write what is recommended, or take the number away.")
    return int(written)
