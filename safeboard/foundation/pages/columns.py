"""The columns of a register, and how one plain value is written in words on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Choices
from django.utils import timezone
from django.utils.dateformat import format as written

NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `cell` gives a plain value of a row: str, int, Decimal, date, datetime, bool, a choice or None.

    `order` names the look-ups to sort by; empty, the column cannot be sorted. `opens` puts the link to the record on
    this cell. `known` shows it also for a record that the viewer may know of but not open. `tag` gives the colour of a
    tag round the words (GOV.UK's names, "" for none); the words alone must say it. `export_only`: in files only.
    `fields` are the record's fields that the cell tells of, where `order` does not name them: who may not see one in
    lists (see `access.policy.hidden_in_lists`) has no such column. `ways` says what its two orders are called, where
    what it is sorted by does not tell it (see `ordering.py`).
    """

    name: str
    title: str
    cell: Callable[[Any], object]
    order: tuple[str, ...] = ()
    numeric: bool = False
    opens: bool = False
    export_only: bool = False
    known: bool = False
    tag: Callable[[Any], str] | None = None
    fields: tuple[str, ...] = ()
    ways: tuple[str, str] | None = None

    def may_be_shown(self, hidden: frozenset[str]) -> bool:
        """Whether none of the fields it shows or sorts by is hidden from the viewer's lists."""
        shown = {*self.fields, *(look_up.partition("__")[0] for look_up in self.order)}
        return not shown & hidden


def in_words(value: object) -> str:  # noqa: PLR0911 - one line a kind of value
    """A value as a reader of the page expects it: "3 March 2026", "Yes", a choice's label, "–" for nothing."""
    match value:
        case None | "":
            return NOTHING
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return written(timezone.localtime(value), "j F Y, H:i")
        case date():
            return written(value, "j F Y")
        case Choices():
            return str(value.label)
        case list() | tuple() | set() | frozenset():
            return ", ".join(in_words(each) for each in value) or NOTHING
    return f"{value:,}" if isinstance(value, int) else str(value)
