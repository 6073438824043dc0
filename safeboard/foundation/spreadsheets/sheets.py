"""What a sheet to be filled looks like: its columns, and the rows read from it as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

MOST_ROWS: Final = 1_000
MOST_COLUMNS: Final = 100
LAST_ROW: Final = 1_048_576
"""Of any worksheet. A file may claim a row beyond it, and what is passed over on the way there takes as long."""
LARGEST: Final = 5 * 1024 * 1024
"""The largest file that is read, in bytes."""
LARGEST_INSIDE: Final = 50 * 1024 * 1024
"""What a workbook may unpack to, in bytes."""
MOST_PARTS: Final = 500
LONGEST_CELL: Final = 10_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its title, what to write in it, and the words to choose from where there is a list."""

    title: str
    explained: str
    required: bool = False
    choices: Sequence[str] = ()
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet to be filled. `ignored`: columns of our exports that are there to be read only."""

    name: str
    columns: Sequence[SheetColumn]
    ignored: frozenset[str] = frozenset()

    @property
    def titles(self) -> Sequence[str]:
        return [column.title for column in self.columns]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as text by column title. `line` is the row's number in the file, the header being 1."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell: the row, the column, what was found, and what to do."""

    line: int
    column: str
    message: str
    remedy: str
    found: str = ""


@dataclass(slots=True)
class Reading:
    """The rows read so far and what is wrong with cells of them."""

    rows: list[SheetRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
