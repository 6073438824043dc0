"""The structure of a census return: elements put in their places, and every one that is odd named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from safeboard.figures.exchange.census_layout import MESSAGE, Block, Leaf, layout
from safeboard.figures.exchange.xml import Element


class Oddity(StrEnum):
    """What can be odd about the structure. The value is the sentence that says so."""

    UNKNOWN = "This element is no part of the census where it stands; it is left out."
    OTHER_YEAR = "This element belongs to the layout of another census year; it is read all the same."
    MISSING = "An element that must be there is missing."
    DOUBLED = "This element stands more than once where one is allowed."
    DISORDER = "This element stands out of order; it is read all the same."
    EMPTY = "This element is empty."
    BOTH_BIRTHS = "A birth date is given as well, so the expected birth date is not used."


@dataclass(frozen=True, slots=True)
class Irregularity:
    """One oddity at one place. `line` is the element's; for a missing one that of the element it belongs in."""

    oddity: Oddity
    element: str
    inside: str
    child: str
    line: int
    found: str = ""


Note = Callable[[Irregularity], None]

Places = list[Any]
"""One block as read: at a leaf's place its text or None, at a group's place the list of its elements or None."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One block made ready for reading: the place of every element, in the schema's order.

    `order` names the element of each place. `leaves` hold one text each; `groups` hold elements. `lasting` are the
    groups that may repeat, `barred` the places of other census years, `required` the places that must be filled.
    """

    element: str
    order: tuple[str, ...]
    width: int
    leaves: Mapping[str, int]
    groups: Mapping[str, int]
    lasting: frozenset[str]
    barred: tuple[int, ...]
    required: tuple[int, ...]


def shapes(year: int) -> Mapping[str, Shape]:
    """The shape of every block by element, as the census ending in `year` has it."""
    return {shape.element: shape for shape in _shapes(MESSAGE, layout(year))}


def _shapes(block: Block, now: Block | None) -> list[Shape]:
    """Shapes know every year's elements, so that one from another year is read and named instead of being lost."""
    allowed = {member.element: member for member in now.members} if now else {}
    places = {member.element: place for place, member in enumerate(block.members)}
    single = {member.element for member in block.members if isinstance(member, Leaf) and not member.many}
    own = Shape(
        element=block.element,
        order=tuple(places),
        width=len(places),
        leaves={element: place for element, place in places.items() if element in single},
        groups={element: place for element, place in places.items() if element not in single},
        lasting=frozenset(member.element for member in block.members if member.many),
        barred=tuple(place for element, place in places.items() if now and element not in allowed),
        required=tuple(places[element] for element, member in allowed.items() if member.required),
    )
    return [own, *(shape for member in block.blocks() for shape in _shapes(member, _block(allowed, member.element)))]


def _block(allowed: Mapping[str, Leaf | Block], element: str) -> Block | None:
    member = allowed.get(element)
    return member if isinstance(member, Block) else None


class Scanner:
    """Puts the elements of one block in their places. `child` is the local identifier named in what is noted."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self.child = ""

    def scan(self, block: Element, shape: Shape) -> Places:
        """The block's texts and groups by place. This runs for every element of the file: keep it short."""
        row: Places = [None] * shape.width
        leaves, groups = shape.leaves, shape.groups
        last = -1
        for inner in block:
            tag = inner.tag
            place = leaves.get(tag)
            if place is not None:
                text = inner.text
                if place > last and text is not None:
                    row[place] = text
                    last = place
                else:
                    last = self._odd_leaf(inner, shape, row, last)
            else:
                place = groups.get(tag)
                if place is not None and place > last:
                    row[place] = [inner]
                    last = place
                elif place == last and tag in shape.lasting:
                    row[place].append(inner)
                else:
                    last = self._odd_group(inner, shape, row, last)
        for place in shape.barred:
            if row[place] is not None:
                self._barred(block, shape)
        for place in shape.required:
            if row[place] is None:
                self._missing(block, shape, place)
        return row

    def note(self, oddity: Oddity, element: Element, shape: Shape, found: str | None = None) -> None:
        """Tells of one oddity at `element`, which stands inside the block of `shape`."""
        text = (element.text or "").strip() if found is None else found
        self._note(Irregularity(oddity, str(element.tag), shape.element, self.child, element.sourceline or 0, text))

    def _odd_leaf(self, inner: Element, shape: Shape, row: Places, last: int) -> int:
        place = shape.leaves[inner.tag]
        if inner.text is None:
            self.note(Oddity.EMPTY, inner, shape)
        if place <= last:
            self.note(Oddity.DISORDER if row[place] is None else Oddity.DOUBLED, inner, shape)
        if row[place] is None:
            row[place] = inner.text
        return max(place, last)

    def _odd_group(self, inner: Element, shape: Shape, row: Places, last: int) -> int:
        place = shape.groups.get(inner.tag)
        if place is None:
            self.note(Oddity.UNKNOWN, inner, shape)
            return last
        if row[place] is not None and inner.tag not in shape.lasting:
            self.note(Oddity.DOUBLED, inner, shape)
        elif place < last:
            self.note(Oddity.DISORDER, inner, shape)
        row[place] = [*(row[place] or ()), inner]
        return max(place, last)

    def _barred(self, block: Element, shape: Shape) -> None:
        barred = {shape.order[place] for place in shape.barred}
        for inner in block:
            if inner.tag in barred:
                self.note(Oddity.OTHER_YEAR, inner, shape)

    def _missing(self, block: Element, shape: Shape, place: int) -> None:
        """An element that is there but empty has been named as such already."""
        element = shape.order[place]
        if block.find(element) is None:
            line = block.sourceline or 0
            self._note(Irregularity(Oddity.MISSING, element, shape.element, self.child, line))
