"""Reads an agency's list of its present staff, typed, pasted or in a file, into e-mail addresses."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.spreadsheets.reading import lines_of_every_sheet

BIGGEST_FILE: Final = 2 * 1024 * 1024
"""Bytes."""
MOST_PROBLEMS: Final = 20


def from_text(typed: str) -> frozenset[str]:
    """The addresses in typed or pasted text, in lower case. Raises BadInput naming each line that holds a wrong one."""
    return _addresses(_rows_of_text(typed, ""), "")


def from_file(name: str, content: bytes) -> frozenset[str]:
    """The addresses in a CSV or Excel file, from any column. Raises BadInput naming file and row."""
    if len(content) > BIGGEST_FILE:
        raise _unreadable(name, "It is bigger than 2 MB.")
    if content.startswith(b"PK"):
        return _addresses(_rows_of_workbook(name, content), name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(name, "It is neither Excel nor text in UTF-8.") from None
    return _addresses(_rows_of_text(text, name), name)


def _between(text: str) -> str:
    """What stands between cells: pasted from a worksheet it is a tab, and some countries' Excel writes semicolons."""
    return max((",", ";", "\t"), key=text.count)


def _rows_of_workbook(name: str, content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        yield from lines_of_every_sheet(content)
    except BadInput as wrong:
        raise _unreadable(name, wrong.problems[0].message) from None


def _rows_of_text(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from enumerate(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=_between(text)), 1)
    except csv.Error:
        raise _unreadable(file, "It has a cell that is too long to read.") from None


def _addresses(rows: Iterable[tuple[int, Sequence[str]]], file: str) -> frozenset[str]:
    good, problems = set(), []
    for number, row in rows:
        for cell in (_bare(cell) for cell in row if "@" in cell):
            try:
                validate_email(cell)
                good.add(cell.lower())
            except ValidationError:
                problems.append(_wrong(number, file, cell))
    if problems:
        raise BadInput(problems[:MOST_PROBLEMS])
    if not good:
        raise BadInput(Problem("There is no e-mail address in it.", "Give everybody who works there now.", file=file))
    return frozenset(good)


def _bare(cell: str) -> str:
    """The address alone of what a mail program pastes: `A Name <a@b.example>`."""
    return cell.rpartition("<")[2].rstrip("> \t\r\n").strip()


def _wrong(line: int, file: str, found: str) -> Problem:
    message, remedy = f"Row {line} holds what is not an e-mail address.", "Put it right, then send the list again."
    return Problem(message, remedy, file=file, line=line, found=found[:60])


def _unreadable(name: str, why: str) -> BadInput:
    return BadInput(Problem(why, "Save the list as CSV or Excel (.xlsx) and try again.", file=name))
