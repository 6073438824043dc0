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
class Read:
    """One row in our own words. Agencies, owner and themes are still as written."""

    line: int
    kind: SourceKind
    source: str
    dated_on: date
    source_level: Sensitivity
    rec_number: int | None
    rec_words: str
    title: str
    words: str
    success: str
    agency: str
    contributing: tuple[str, ...]
    owner: str
    first_due_on: date
    due_on: date
    moved_because: str
    priority: Priority
    risk: Risk
    level: Sensitivity
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What a row names that the house must know. It can be looked up whatever else is wrong with the row."""

    line: int
    agency: str
    contributing: tuple[str, ...]
    owner: str
    themes: tuple[str, ...]


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

    kind = _code(cells, Titles.KIND, SourceKind, trouble)
    source, title = _title(cells, Titles.SOURCE, trouble), _title(cells, Titles.ACTION, trouble)
    if source == NOT_SEEN:
        trouble(Titles.SOURCE, "This stands in exports for a title that the reader may not see.", "Write its title.")
    dated_on = _day(cells, Titles.DATED, trouble)
    source_level = _code(cells, Titles.SOURCE_LEVEL, Sensitivity, trouble, Sensitivity.OFFICIAL)
    number = _number(cells, trouble)
    if not cells[Titles.AGENCY]:
        trouble(Titles.AGENCY, "It is empty.", "Write the agency's name as in the house.")
    first = _day(cells, Titles.FIRST_DUE, trouble)
    due = _day(cells, Titles.DUE, trouble) if cells[Titles.DUE] else first
    if first and due and first != due and not cells[Titles.MOVED]:
        trouble(Titles.MOVED, "The two due dates differ and no reason is given.", "Write why it moved.")
    priority = _code(cells, Titles.PRIORITY, Priority, trouble, Priority.MEDIUM)
    risk = _code(cells, Titles.RISK, Risk, trouble, Risk.MEDIUM)
    level = _code(cells, Titles.LEVEL, Sensitivity, trouble, Sensitivity.OFFICIAL)
    if problems or not (kind and dated_on and first and due and priority and risk):
        return None, problems
    return (
        Read(
            line=row.line,
            kind=kind,
            source=source,
            dated_on=dated_on,
            source_level=Sensitivity.OFFICIAL if source_level is None else source_level,
            rec_number=number,
            rec_words=cells[Titles.REC_WORDS],
            title=title,
            words=cells[Titles.DETAILS],
            success=cells[Titles.SUCCESS],
            agency=cells[Titles.AGENCY],
            contributing=_several(cells[Titles.CONTRIBUTING]),
            owner=cells[Titles.OWNER].casefold(),
            first_due_on=first,
            due_on=due,
            moved_because=cells[Titles.MOVED] if first != due else "",
            priority=priority,
            risk=risk,
            level=Sensitivity.OFFICIAL if level is None else level,
            themes=_several(cells[Titles.THEMES]),
        ),
        [],
    )


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


def _code(
    cells: Mapping[str, str], column: Titles, codes: type[Code], trouble: Trouble, default: Code | None = None
) -> Code | None:
    """The code whose label or value is written, in any case."""
    written = cells[column].casefold()
    if not written:
        if default is None:
            trouble(column, "It is empty.", f"Choose one of: {', '.join(str(each.label) for each in codes)}.")
        return default
    for each in codes:
        if written in (str(each.label).casefold(), str(each.value).casefold()):
            return each
    trouble(column, "It is not in the list.", f"Choose one of: {', '.join(str(each.label) for each in codes)}.")
    return None


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
