"""A small table on a page: headings and cells of plain values, some of them links. For lists that need no register."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from safeboard.foundation.pages.columns import in_words


@dataclass(frozen=True, slots=True)
class Link:
    """A value that leads somewhere."""

    value: object
    address: str

    @property
    def words(self) -> str:
        return in_words(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values or `Link`s under their headings; `numeric` names the headings of numbers.

    Shown by `{% include "pages/table.html" %}`. `empty` is said where there is no row.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    empty: str = "There is none."
    numeric: frozenset[str] = field(default_factory=frozenset)

    @property
    def lines(self) -> list[list[tuple[str, str, str, bool]]]:
        """(heading, words, address, numeric) of every cell."""
        return [[self._cell(title, cell) for title, cell in zip(self.headings, row, strict=True)] for row in self.rows]

    @property
    def titles(self) -> list[tuple[str, bool]]:
        return [(title, title in self.numeric) for title in self.headings]

    def _cell(self, title: str, cell: object) -> tuple[str, str, str, bool]:
        words = cell.words if isinstance(cell, Link) else in_words(cell)
        return title, words, cell.address if isinstance(cell, Link) else "", title in self.numeric
