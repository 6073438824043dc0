"""A census return read for checking: nothing stops the reading, and every row keeps its text and its own child.

A load must refuse what it cannot use; a check must show it. So here a child without an identifier is a child like any
other, two children with one identifier stay two, both birth dates are kept, the sex is as written and not read from
the gender, and a group of reviews without a date leaves a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from safeboard.figures.exchange.census_columns import COLUMNS
from safeboard.figures.exchange.census_reader import CensusReader, Rows
from safeboard.figures.exchange.census_structure import Note, Places
from safeboard.figures.exchange.xml import Element

_PERSON: Final = COLUMNS["ssd_person"]
_SEX: Final = _PERSON.index("pers_sex") - len(_PERSON) - 2
_GENDER: Final = _PERSON.index("pers_gender") - len(_PERSON) - 2
"""Where the last child's sex and gender stand, counted from the end of the rows."""

MANY: Final = 20_000
"""Children a batch: four times what a load takes, for here each batch costs a query a table."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of some children, numbered from `first` to `last` in the order of the file.

    A row's key is a running number over the whole file, the batch's first being `first_key`; `children` has for every
    key of the batch, in order, the number of its child. The rows of `ssd_person` have no key: there is one for each
    child. `review_groups` numbers, for every row of `ssd_cp_reviews`, the group of reviews it stands in.
    """

    first: int
    last: int
    rows: Rows
    first_key: int
    children: list[int]
    review_groups: list[int]

    def column(self, table: str, place: int) -> list[str | int | None]:
        """One column of the rows of a table: a place in `COLUMNS`, -1 for the line."""
        width = len(COLUMNS[table]) + 2
        return self.rows[table][place % width :: width]


@dataclass(slots=True)
class _Numbers:
    """Running numbers of one reading: children, keys with their child, groups of reviews."""

    child: int = 0
    key: int = 0
    children: list[int] = field(default_factory=list)
    group: int = 0
    review_groups: list[int] = field(default_factory=list)


class CheckReader(CensusReader):
    """Reads a return for checking. Use `checked_batches`."""

    def __init__(self, path: Path, year: int, note: Note) -> None:
        super().__init__(path, year, note)
        self._numbers = _Numbers()

    def checked_batches(self, size: int = MANY) -> Iterator[Batch]:
        """The return's children in batches. BadInput where the XML breaks; what stood before has then been given."""
        numbers, first, first_key = self._numbers, 1, 1
        for _, rows in self.batches(size):
            yield Batch(first, numbers.child, rows, first_key, numbers.children, numbers.review_groups)
            first, first_key = numbers.child + 1, numbers.key + 1
            numbers.children, numbers.review_groups = [], []

    def _child(self, element: Element) -> None:
        self._numbers.child += 1
        super()._child(element)

    def _person(self, child: Element, identifiers: list[Element] | None, traits: list[Element] | None) -> None:
        super()._person(child, identifiers, traits)
        people = self._rows["ssd_person"]
        if people[_GENDER] is not None and identifiers:
            people[_SEX] = identifiers[0].findtext("Sex")

    def _both_births(self, identifiers: list[Element] | None, who: Places) -> None:
        """Keeps both: rule 8525Q asks about them."""

    def _texts(self, groups: list[Element] | None, name: str) -> list[tuple[str, int]]:
        if name != "Reviews":
            return super()._texts(groups, name)
        found = []
        for group in groups or ():
            dates = super()._texts([group], name) or [("", group.sourceline)]
            self._numbers.group += 1
            self._numbers.review_groups += [self._numbers.group] * len(dates)
            found += dates
        return found

    def _key(self, name: str) -> str:
        numbers = self._numbers
        numbers.children.append(numbers.child)
        numbers.key += 1
        return str(numbers.key)
