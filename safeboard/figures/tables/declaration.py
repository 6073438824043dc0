"""What a standard table is: said once, read by loaders, checks, templates, documentation and synthetic data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from safeboard.foundation.kernel.code_lists import CodeList


class Kind(StrEnum):
    """How a column's text is read. The value is the word templates and error messages use."""

    IDENTIFIER = "identifier"
    CODE = "code"
    DATE = "date"
    WHOLE_NUMBER = "whole number"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `ssd` is true where the Standard Safeguarding Dataset has this very name; others are ours.

    `census` names the element of the children in need census that fills it, "" if none does. `future` admits dates
    after the reference date (an expected birth). `refers_to` names the table whose key this column holds.
    """

    name: str
    kind: Kind
    meaning: str
    codes: CodeList | None = None
    required: bool = False
    census: str = ""
    ssd: bool = True
    future: bool = False
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One standard table. `key` is the identifying column; `person` the column naming the child, "" if none.

    `periods` lists (start, end) column pairs: an end before its start stops a load.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: str
    person: str
    periods: tuple[tuple[str, str], ...] = ()
    ssd: bool = True

    def column(self, name: str) -> Column:
        """The column of that name. KeyError if the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def within_sentence(self) -> str:
        """The title as it reads inside a sentence: "initial conference", but "MAPPA case"."""
        return self.title if self.title[1:2].isupper() else self.title[:1].lower() + self.title[1:]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


EARLIEST_DATE: Final = date(1900, 1, 1)
"""No living child, nor any adult whose childhood records are held, has an earlier date; 1028 is a typing error."""

SCHEMA_VERSION: Final = 1
"""Raised whenever a table or column changes meaning, so that a snapshot says which declaration it was written by."""

SOURCE_COLUMN: Final = "source_number"
"""Every row's source, as its place (from 1) in the manifest's list."""

LINE_COLUMN: Final = "source_line"
"""Every row's line (from 1) in that source; for a worksheet its row."""
