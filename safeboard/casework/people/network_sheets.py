"""A family picture on paper: whole on one A4 sheet where it can be read there, else cut into several. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from safeboard.casework.people.network_drawing import Drawing, Person

LABEL_UNITS: Final = 13.0
"""How high a label's letters are in the picture's units, as safeboard.css has them."""

ACROSS: Final = 785.0
"""Points across an A4 sheet on its side, within its margins."""

DOWN_BESIDE_WARNINGS: Final = 285.0
"""Points that the picture has on the first sheet, under the person's warnings and over the signs."""

DOWN: Final = 490.0
"""Points that it has on a sheet of its own, under one line of words."""

READABLE: Final = 6.0
"""Points of a label's letters below which the whole picture on one sheet is an overview only."""

LARGE: Final = 8.0
SMALLEST: Final = 7.0
"""Points of a label's letters on a sheet of its own: the most, and what a tall family may be made smaller to."""

OVERLAP: Final = 120.0
"""Units of the picture that stand on two sheets side by side: more than one person is wide, so nobody is cut in two."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the picture that one sheet shows, in the picture's units."""

    left: float
    top: float
    width: float
    height: float

    @property
    def view(self) -> str:
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"

    @property
    def points(self) -> float:
        """How high a label's letters are printed."""
        return LABEL_UNITS * min(ACROSS / self.width, DOWN / self.height)


def sheets_of(drawing: Drawing) -> list[Sheet]:
    """The sheets on which everybody can be read, row by row from the left. None where the whole fits on the first."""
    if LABEL_UNITS * min(ACROSS / drawing.width, DOWN_BESIDE_WARNINGS / drawing.height) >= READABLE:
        return []
    return [
        Sheet(left, top, width, bottom - top)
        for top, bottom in _bands(drawing)
        for left, width in _across(drawing, bottom - top)
    ]


def _bands(drawing: Drawing) -> list[tuple[float, float]]:
    """From where to where each row of sheets reaches: all generations, or as many as fit, never one cut in two."""
    end = drawing.top + drawing.height
    if drawing.height <= DOWN * LABEL_UNITS / SMALLEST:
        return [(drawing.top, end)]
    rows = sorted({person.y for person in drawing.people})
    feet = {y: max(_foot(person) for person in drawing.people if person.y == y) for y in rows}
    bands, top = [], drawing.top
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if following is None:
            bands.append((top, end))
        elif feet[following] - top > DOWN * LABEL_UNITS / LARGE:
            # The lines down to the next generation stand on both sheets.
            bands.append((top, following))
            top = feet[row]
    return bands


def _foot(person: Person) -> float:
    return max([person.bottom, *(y for y, _ in person.label)]) + 4


def _across(drawing: Drawing, height: float) -> Iterator[tuple[float, float]]:
    """Where each sheet of a row begins and how wide it is: all of one width, each over the edge of the one before."""
    most = ACROSS * LABEL_UNITS / min(LARGE, max(SMALLEST, DOWN * LABEL_UNITS / height))
    count = max(1, -(-(drawing.width - OVERLAP) // (most - OVERLAP)))
    width = (drawing.width + (count - 1) * OVERLAP) / count
    for number in range(int(count)):
        yield drawing.left + number * (width - OVERLAP), width


def whole_on(sheet: Sheet, person: Person) -> bool:
    """Whether a person's symbol and label stand on a sheet with nothing cut off."""
    half = 42.0  # of a label's line at most
    across = sheet.left <= person.x - half and person.x + half <= sheet.left + sheet.width
    return across and sheet.top <= person.y and _foot(person) <= sheet.top + sheet.height
