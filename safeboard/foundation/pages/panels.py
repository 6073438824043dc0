"""Panels of the first page: what waits for somebody, said by each area and put together in `site/first_page.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeboard.foundation.pages.columns import in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits: its words as a link, the day by which, and what is said of that day ("overdue", say)."""

    words: str
    address: str
    day: date | None = None
    said: str = ""
    urgent: bool = False

    @property
    def shown_day(self) -> str:
        return in_words(self.day) if self.day else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A few lines under one heading, the most pressing first, and where all of them are.

    `empty` is said where there are none; a panel that then says nothing of use is best not made at all.
    """

    title: str
    lines: Sequence[Line]
    address: str = ""
    address_words: str = ""
    empty: str = "Nothing waits here."
