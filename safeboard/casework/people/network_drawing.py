"""The family network picture: symbols, labels, lines and boxes with their places, before they are SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from string import ascii_uppercase
from typing import Final
from uuid import UUID

from safeboard.casework.people.codes import PersonKind
from safeboard.casework.people.known import Shown
from safeboard.casework.people.network import Member, Network, Together
from safeboard.casework.people.network_order import PITCH, Standing, stand
from safeboard.casework.people.network_routes import Line, Mark, Routes, Rows, crosses
from safeboard.casework.people.network_words import NOT_SHOWN
from safeboard.foundation.kernel.months import completed_years

SYMBOL: Final = 44.0
LINE: Final = 15.0
LINES: Final = 4
LATIN: Final = 0x24F
LABEL: Final = 84.0
"""How wide a label's line may be: what leaves room between two people."""

NARROW: Final = "iljtfrI.,'’ -"
WIDE: Final = "mwMWQGOÖØ@"
WIDTHS: Final = (5.4, 8.4, 10.0, 13.0)
"""Of narrow letters, common ones, capitals and wide ones in a wide common font at the label's size. Of other scripts,
the widest."""

LETTERS: Final = ascii_uppercase
"""One for each household. More than so many in a family of forty are not drawn; the words have them all."""

LETTER: Final = 12.0
"""How wide a household's letter is."""

MARGIN: Final = 66.0


@dataclass(frozen=True, slots=True)
class Person:
    """One symbol with its label; `x` is its middle, `y` its top. `inside` is the age."""

    key: UUID
    x: float
    y: float
    shape: str
    focus: bool
    died: bool
    inside: str
    label: Sequence[tuple[float, str]]

    @property
    def left(self) -> float:
        return self.x - SYMBOL / 2

    @property
    def right(self) -> float:
        return self.x + SYMBOL / 2

    @property
    def middle(self) -> float:
        return self.y + SYMBOL / 2

    @property
    def bottom(self) -> float:
        return self.y + SYMBOL

    @property
    def arm(self) -> float:
        """Half of the cross through somebody who has died: within the symbol."""
        return {"square": SYMBOL / 2, "circle": 15.5, "triangle": 10}.get(self.shape, 11)

    @property
    def cross(self) -> str:
        x, y, arm = self.x, self.middle + (8 if self.shape == "triangle" else 0), self.arm
        return f"M{x - arm:g} {y - arm:g} L{x + arm:g} {y + arm:g} M{x + arm:g} {y - arm:g} L{x - arm:g} {y + arm:g}"

    @property
    def text_at(self) -> float:
        """A triangle is wide only at its foot."""
        return self.y + SYMBOL * (0.78 if self.shape == "triangle" else 0.6)


@dataclass(frozen=True, slots=True)
class Box:
    """A dotted box round people who live together; its letter stands for the household's title, and where it stands."""

    x: float
    y: float
    width: float
    height: float
    letter: str
    at: tuple[float, float] = (0.0, 0.0)

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Where the letter may stand: its left end and its foot."""
        left, right, high, low = self.x + 6, self.x + self.width - 6 - LETTER, self.y + 13, self.y + self.height - 5
        return [(left, low), (right, low), (left, high), (right, high)]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture; `left` and `top` are where it begins."""

    left: float
    top: float
    width: float
    height: float
    people: Sequence[Person]
    lines: Sequence[Line]
    marks: Sequence[Mark]
    boxes: Sequence[Box]
    households: Sequence[tuple[str, str]]
    standing: Standing = field(repr=False, kw_only=True)

    @property
    def wide(self) -> bool:
        """Wider than a page: made smaller to fit it could not be read."""
        return self.width > 1_180

    @property
    def view(self) -> str:
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"


def draw(network: Network, on: date) -> Drawing:
    """Place everybody and everything. The same family on the same day is always drawn the same."""
    standing = stand(network)
    labels = {key: label_of(member, on) for key, member in network.members.items()}
    depth = {key: SYMBOL + 8 + LINE * len(lines) for key, lines in labels.items()}
    routes = Routes(network, standing, depth)
    rows = routes.rows()
    people = [
        _person(member, standing.x[key], rows.top[standing.level[key]], labels[key], on)
        for key, member in network.members.items()
    ]
    named = list(zip(LETTERS, network.households, strict=False))
    boxes = [box for letter, living in named for box in _boxes(living, letter, standing, rows)]
    lines, marks = routes.lines(rows), routes.marks(rows)
    right = max(standing.x.values()) + MARGIN
    bottom = max(rows.bottom[standing.level[key]] for key in network.members) + 24
    return Drawing(
        -MARGIN,
        -34,
        right + MARGIN,
        bottom + 34,
        people,
        lines,
        marks,
        [lettered(box, lines, marks) for box in boxes],
        [(letter, living.title) for letter, living in named],
        standing=standing,
    )


def _person(member: Member, x: float, y: float, label: Sequence[str], on: date) -> Person:
    lines = [(y + SYMBOL + 2 + LINE * (place + 1), text) for place, text in enumerate(label)]
    shown = member.shown
    died = bool(shown and shown.died_on)
    return Person(member.key, x, y, shape_of(shown), member.focus, died, _inside(shown, on), lines)


def shape_of(shown: Shown | None) -> str:
    """A square is male, a circle female, a triangle a pregnancy; a diamond where the sex is not known."""
    if shown is None:
        return "hidden"
    if shown.kind == PersonKind.UNBORN:
        return "triangle"
    return {"M": "square", "F": "circle"}.get(shown.sex, "diamond")


def _inside(shown: Shown | None, on: date) -> str:
    if shown is None:
        return "?"
    if shown.born_on is None:
        return ""
    last = shown.died_on or on
    years = completed_years(shown.born_on, last)
    months = (last.year - shown.born_on.year) * 12 + last.month - shown.born_on.month - (last.day < shown.born_on.day)
    about = "~" if shown.born_estimated else ""
    return f"{about}{years}" if years > 0 else f"{max(months, 0)}m"


def label_of(member: Member, on: date) -> list[str]:
    """The name in short lines and the years; a name too long for four lines is cut, and whole in the words."""
    shown = member.shown
    if shown is None:
        return NOT_SHOWN.rsplit(" ", 1)
    return [*in_lines(shown.name), *_years(shown)]


def width_of(text: str) -> float:
    """How wide a text is drawn at most, near enough."""
    narrow, common, capital, widest = WIDTHS
    return sum(
        narrow
        if letter in NARROW
        else widest
        if letter in WIDE or ord(letter) > LATIN
        else capital
        if letter.isupper()
        else common
        for letter in text
    )


def in_lines(name: str) -> list[str]:
    """A name in at most four lines that fit."""
    lines: list[str] = []
    for word in name.replace("-", "- ").split():
        joined = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}" if lines else word
        if lines and width_of(joined) <= LABEL:
            lines[-1] = joined
        else:
            lines += _cut(word)
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], f"{lines[LINES - 1][:8].rstrip('-')}…"]


def _cut(word: str) -> list[str]:
    """A word that is too long, in pieces of about one length, with hyphens."""
    if width_of(word) <= LABEL:
        return [word]
    size = -(-len(word) // 2)
    while True:
        pieces = [word[place : place + size] for place in range(0, len(word), size)]
        pieces = [*(f"{piece}-" for piece in pieces[:-1]), pieces[-1]]
        if size == 1 or max(map(width_of, pieces)) <= LABEL:
            return pieces
        size -= 1


def _years(shown: Shown) -> list[str]:
    if shown.born_on and shown.died_on:
        return [f"{shown.born_on.year}–{shown.died_on.year}"]
    if shown.born_on:
        return [f"born {shown.born_on.year}"]
    if shown.died_on:
        return [f"died {shown.died_on.year}"]
    return [f"due {shown.expected_on:%b %Y}"] if shown.expected_on else []


def lettered(box: Box, lines: Sequence[Line], marks: Sequence[Mark]) -> Box:
    """The box with its letter in the first of its corners that no line runs through and no word stands in."""

    def free(at: tuple[float, float]) -> bool:
        x, foot = at
        run = (crosses(each.path, x - 2, foot - 11, x + LETTER + 2, foot + 3) for each in lines)
        said = (abs(each.y - foot) < LINE and abs(each.x - x) < width_of(each.text) + LETTER for each in marks)
        return not any(run) and not any(said)

    return replace(box, at=next((at for at in box.corners if free(at)), box.corners[0]))


def _boxes(living: Together, letter: str, standing: Standing, rows: Rows) -> list[Box]:
    """One box round all members if nobody else is in it, else one round each run of members in a row."""
    runs = [run for row in standing.rows for run in _runs(row, living.members)]
    whole = [key for run in runs for key in run]
    if _alone(whole, standing):
        return [_box(whole, letter, standing, rows)]
    return [_box(run, letter, standing, rows) for run in runs]


def _runs(row: Sequence[UUID], members: frozenset[UUID]) -> list[list[UUID]]:
    runs: list[list[UUID]] = []
    for place, key in enumerate(row):
        if key in members:
            if place and row[place - 1] in members:
                runs[-1].append(key)
            else:
                runs.append([key])
    return runs


def _alone(keys: Sequence[UUID], standing: Standing) -> bool:
    levels = {standing.level[key] for key in keys}
    left, right = (end(standing.x[key] for key in keys) for end in (min, max))
    inside = {
        key
        for key, x in standing.x.items()
        if min(levels) <= standing.level[key] <= max(levels) and left - PITCH < x < right + PITCH
    }
    between = {key for key in inside if left - PITCH / 2 <= standing.x[key] <= right + PITCH / 2}
    return between <= set(keys)


def _box(keys: Sequence[UUID], letter: str, standing: Standing, rows: Rows) -> Box:
    # Boxes of two households that share somebody keep a little apart, so that both can be followed.
    inset = 4.0 * (LETTERS.index(letter) % 4)
    left = min(standing.x[key] for key in keys) - PITCH / 2 + 1 + inset
    right = max(standing.x[key] for key in keys) + PITCH / 2 - 1 - inset
    top = rows.top[min(standing.level[key] for key in keys)] - 20 + inset
    bottom = rows.bottom[max(standing.level[key] for key in keys)] + 18 - inset
    return Box(left, top, right - left, bottom - top, letter)
