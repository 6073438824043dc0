"""A family of forty over four generations: nothing in its picture lies on anything else, and the words tell it all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree as Xml

import pytest
from django.template.loader import render_to_string

from safeboard.casework.people.models import Relationship
from safeboard.casework.people.network_drawing import draw, width_of
from safeboard.casework.people.network_words import told
from safeboard.casework.people.selectors import network_of, record_of
from tests.house.synthetic import house
from tests.people.forty import ROBIN, WHO, forty

pytestmark = pytest.mark.django_db
SIZES = {"sb-net__label": 13.0, "sb-net__inside": 15.0, "sb-net__mark": 11.0, "sb-net__title": 12.0}
"""Letters in the picture's units, as safeboard.css has them; `width_of` measures at 13."""


@dataclass(frozen=True)
class Area:
    """A rectangle of the picture: of what, and of whom."""

    what: str
    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Area") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.5 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5

    def is_crossed_by(self, stretch: "Stretch") -> bool:
        (x1, y1), (x2, y2) = stretch.start, stretch.end
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        within = right > self.left + 1 and left < self.right - 1
        return within and bottom > self.top + 1 and top < self.bottom - 1


@dataclass(frozen=True)
class Stretch:
    """A straight piece of a line."""

    start: tuple[float, float]
    end: tuple[float, float]
    ties: str


@dataclass(frozen=True)
class Picture:
    """The areas and stretches of a served SVG."""

    symbols: list[Area]
    texts: list[Area]
    stretches: list[Stretch]


def read(svg: str) -> Picture:
    root = Xml.fromstring(svg)  # noqa: S314 - our own
    symbols: list[Area] = []
    texts: list[Area] = []
    stretches: list[Stretch] = []
    for element in root.iter():
        tag, kind = element.tag.rpartition("}")[2], (element.get("class") or "").split(" ")[0]
        if kind == "sb-net__symbol":
            symbols.append(_symbol(tag, element.attrib))
        elif tag == "text" and kind != "sb-net__inside":
            texts.append(_text(element, kind))
        elif kind == "sb-net__line":
            stretches += _stretches(element.attrib)
    return Picture(symbols, texts, stretches)


def _symbol(tag: str, has: dict[str, str]) -> Area:
    if tag == "circle":
        x, y, r = (float(has[name]) for name in ("cx", "cy", "r"))
        return Area("symbol", "", x - r, y - r, x + r, y + r)
    if tag == "rect":
        x, y = float(has["x"]), float(has["y"])
        return Area("symbol", "", x, y, x + float(has["width"]), y + float(has["height"]))
    points = _points(has["d"])
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Area("symbol", "", min(xs), min(ys), max(xs), max(ys))


def _text(element: Xml.Element, kind: str) -> Area:
    said, size = element.text or "", SIZES[kind]
    wide, x, y = width_of(said) * size / 13, float(element.get("x", "")), float(element.get("y", ""))
    anchor = element.get("class") or ""
    start = kind == "sb-net__title" or "--start" in anchor
    left = x if start else x - wide if "--end" in anchor else x - wide / 2
    return Area(kind, said, left, y - size * 0.8, left + wide, y + size * 0.2)


def _points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def _stretches(has: dict[str, str]) -> Iterator[Stretch]:
    for start, end in pairwise(_points(has["d"])):
        yield Stretch(start, end, has["data-ties"])


def wrong_in(svg: str) -> list[str]:
    """What lies on what in a picture, in words."""
    picture = read(svg)
    areas = [*picture.symbols, *picture.texts]
    found = [f"{a.what} {a.words} over {b.what} {b.words}" for a, b in combinations(areas, 2) if a.overlaps(b)]
    for area in areas:
        found += [
            f"line {each.ties} {each.start} {each.end} through {area.what} {area.words}"
            for each in picture.stretches
            if area.is_crossed_by(each)
        ]
    return found


def test_nothing_lies_on_anything_and_the_words_tell_all_of_forty() -> None:
    here = house()
    child = forty(here)
    viewer = here.viewer("social_worker")
    record = record_of(viewer, child.pk)
    network = network_of(viewer, record)
    assert (len(network.members), network.left_out) == (40, 0)
    svg = render_to_string("people/network_picture.html", {"drawing": draw(network, record.on), "record": record})
    assert wrong_in(svg) == []
    words = told(network, record.on)
    assert [each.title for each in words][:3] == [
        "3 generations before",
        "2 generations before",
        "The generation before",
    ]
    people = [person for generation in words for person in generation.people]
    assert sorted(person.name for person in people) == sorted(WHO)
    said = sorted(tie.number for person in people for tie in person.ties)
    every = sorted(Relationship.objects.values_list("pk", flat=True))
    assert said == sorted([*every, *every])
    about = {person.name: person for person in people}
    assert "died" in about["Douglas Birchley"].about
    assert "expected" in about["Unborn Hollins"].about
    assert about[ROBIN].households == ["Harriet and Stefan's household"]
