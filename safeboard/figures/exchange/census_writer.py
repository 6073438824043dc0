"""Standard tables written as a children in need census return of a given year, streamed child by child.

The elements, their order and the columns behind them are those of `census_layout`, which the reader reads too: what
is written here and read back gives the same rows.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from safeboard.figures.exchange.census_layout import CHILD, Block, Leaf, layout
from safeboard.figures.exchange.census_reader import SEX_OF_GENDER
from safeboard.figures.exchange.census_return import UNBORN_GENDER, Records, Row, as_returned
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Kind
from safeboard.figures.tables.disk import disk_problem
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period

_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GENDER_OF_SEX: Final = {"M": "1", "F": "2", "U": UNBORN_GENDER}

_Linked = Mapping[tuple[str, str, str], Sequence[Row]]
"""Rows by the table of the row they belong to, their own table and that row's identifier."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a return, for its header. `authority` is the council's three-digit number."""

    authority: str
    software: str = "Safeboard"
    release: str = "1"
    serial: str = "001"


def write_return(children: Iterable[Records], *, year: int, sender: Sender, to: Path) -> int:
    """Write the children who belong in the return of the census year ending in `year`; how many they are.

    Each child's rows hold the whole history; what belongs in this return is chosen by `as_returned`. Children are
    taken one at a time and never kept. The file appears under its name only when it is complete. BadInput where a
    value cannot stand in XML, a row has no episode, or the file cannot be written.
    """
    try:
        with open_return(to, year=year, sender=sender) as add:
            return sum(map(add, children))
    except OSError as error:
        raise BadInput(disk_problem(error, to)) from error


@contextmanager
def open_return(to: Path, *, year: int, sender: Sender) -> Iterator[Callable[[Records], bool]]:
    """A return to which children can be added one by one, each with all its rows; as `write_return` otherwise.

    Adding says whether the child belongs in this return. OSError where the file cannot be written.
    """
    part = to.with_name(to.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:

            def add(child: Records) -> bool:
                returned = as_returned(child, year)
                if returned is not None:
                    file.write(child_element(returned, year))
                return returned is not None

            file.write(opening(year, sender))
            yield add
            file.write(CLOSING)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def opening(year: int, sender: Sender) -> str:
    """Everything of a return before its first child."""
    values = {
        "Collection": "CIN",
        "Year": str(year),
        "ReferenceDate": Period.year_ending(year).end.isoformat(),
        "SourceLevel": "L",
        "LEA": sender.authority,
        "SoftwareCode": sender.software,
        "Release": sender.release,
        "SerialNo": sender.serial,
    }
    header = _fixed(layout(year).block("Header"), values)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n{header}<Children>\n'


CLOSING: Final = "</Children>\n</Message>\n"
"""Everything of a return after its last child."""


def _fixed(block: Block, values: Mapping[str, str]) -> str:
    """A block whose leaves have given values; what has none is left out."""
    inside = ""
    for member in block.members:
        if isinstance(member, Block):
            inside += _fixed(member, values)
        elif member.element in values:
            inside += f"<{member.element}>{_text(values[member.element])}</{member.element}>\n"
    return f"<{block.element}>\n{inside}</{block.element}>\n" if inside else ""


def child_element(child: Records, year: int) -> str:
    """The Child element of a return of that year, one line an element, from rows that all belong in it."""
    person = child["ssd_person"][0]
    try:
        return _write(_plan_of(year), person, _linked(child))
    except _Unwritable as error:
        raise BadInput(
            Problem(
                message="This value holds a character that XML cannot hold.",
                remedy="Correct it in the source.",
                child=str(person["pers_person_id"]),
                element=error.element,
                found=repr(error.value),
            )
        ) from None


class _Unwritable(Exception):
    def __init__(self, value: str, element: str = "") -> None:
        super().__init__(value)
        self.value, self.element = value, element

    def at(self, element: str) -> "_Unwritable":
        return _Unwritable(self.value, element)


@dataclass(frozen=True, slots=True)
class _Part:
    """How to write one member of a block: a leaf of the same row, leaves of linked rows, or a block.

    `linked` is the table whose rows are written, "" for the row at hand; they are found by the table at hand, `owner`,
    and the value of its `key`.
    """

    opening: str
    closing: str
    element: str
    value: Callable[[Row], str | None] | None = None
    inside: tuple["_Part", ...] = ()
    linked: str = ""
    owner: str = ""
    key: str = ""


@lru_cache
def _plan_of(year: int) -> _Part:
    """The layout of a child in that year, made ready for writing."""
    return _block_part(layout(year).block(CHILD.element), "ssd_person")


def _block_part(block: Block, table: str) -> _Part:
    inner = block.table or table
    inside = tuple(
        _block_part(member, inner) if isinstance(member, Block) else _leaf_part(member, inner)
        for member in block.members
    )
    linked = inner if inner != table else ""
    tags = f"<{block.element}>\n", f"</{block.element}>\n"
    return _Part(*tags, block.element, None, inside, linked, table, TABLES[table].key)


def _leaf_part(leaf: Leaf, table: str) -> _Part:
    linked = leaf.table if leaf.table != table else ""
    tags = f"<{leaf.element}>", f"</{leaf.element}>\n"
    return _Part(*tags, leaf.element, _value_of(leaf), (), linked, table, TABLES[table].key)


def _write(part: _Part, row: Row, linked: _Linked) -> str:
    """The element for this row, or for every linked row; "" where it would be empty."""
    if part.linked:
        rows = linked.get((part.owner, part.linked, row[part.key]), ())
        return "".join([_element(part, other, linked) for other in rows])
    return _element(part, row, linked)


def _element(part: _Part, row: Row, linked: _Linked) -> str:
    if part.value is None:
        inside = "".join([_write(member, row, linked) for member in part.inside])
        return f"{part.opening}{inside}{part.closing}" if inside else ""
    try:
        value = part.value(row)
    except _Unwritable as error:
        raise error.at(part.element) from None
    return "" if value is None else f"{part.opening}{value}{part.closing}"


def _text(value: str) -> str:
    """The value as XML text. _Unwritable where XML has no way to write one of its characters."""
    if value.isalnum():
        return value
    if _NOT_IN_XML.search(value):
        raise _Unwritable(value)
    return escape(value).replace("\r", "&#13;")


def _value_of(leaf: Leaf) -> Callable[[Row], str | None]:
    """How the leaf's text is made of a row, by the kind of its column."""
    column = leaf.column
    if column == "pers_gender":
        return lambda row: row.get("pers_gender") or _GENDER_OF_SEX.get(row.get("pers_sex") or "")
    if column == "pers_sex":
        return lambda row: row.get("pers_sex") or SEX_OF_GENDER.get(row.get("pers_gender") or "")
    to_text = _TO_TEXT[TABLES[leaf.table].column(column).kind]

    def value(row: Row) -> str | None:
        found = row.get(column)
        return None if found is None else to_text(found)

    return value


_TO_TEXT: Final[Mapping[Kind, Callable[[Any], str]]] = {
    Kind.IDENTIFIER: _text,
    Kind.CODE: _text,
    Kind.DATE: lambda day: day.isoformat(),
    Kind.WHOLE_NUMBER: str,
    Kind.YES_NO: lambda yes: "true" if yes else "false",
}


def _linked(child: Records) -> _Linked:
    """The child's rows by what they belong to. A conference that has an enquiry belongs to it, not to the episode."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for table, owners in _owners().items():
        for row in child.get(table, ()):
            owner = next(((other, row[column]) for other, column in owners if row.get(column) is not None), None)
            if owner is None:
                raise BadInput(_homeless(table, row, owners[-1][1]))
            found.setdefault((owner[0], table, owner[1]), []).append(row)
    return found


@lru_cache
def _owners() -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each table, the tables its rows may belong to and the column that says to which row, innermost first."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for owner, table in _nested(CHILD, "ssd_person"):
        column = next(column.name for column in TABLES[table].columns if column.refers_to == owner)
        if (owner, column) not in owners.setdefault(table, []):
            owners[table].append((owner, column))
    return owners


def _nested(block: Block, table: str) -> Iterator[tuple[str, str]]:
    """Every pair of tables of which the layout writes the second inside the first; the deepest first."""
    inner = block.table or table
    for member in block.blocks():
        yield from _nested(member, inner)
    if inner != table:
        yield table, inner
    yield from ((inner, leaf.table) for leaf in block.leaves() if leaf.table != inner)


def _homeless(table: str, row: Row, column: str) -> Problem:
    key = TABLES[table].key
    return Problem(
        message=f"The {TABLES[table].within_sentence} {row[key]} belongs to no referral, so a return cannot hold it.",
        remedy=f"Fill in {column} in its source.",
        child=str(row.get(TABLES[table].person, "")),
        element=column,
    )
