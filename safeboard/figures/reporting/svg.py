"""Makes a drawn chart fit to stand in a page: named for screen readers, its identifiers its own, nothing besides."""

import hashlib
from dataclasses import dataclass
from typing import Final

from lxml import etree

SVG: Final = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG element as text, with its natural size in pixels."""

    text: str
    width: float
    height: float


def accessible(svg: str, title: str, description: str) -> Picture:
    """The picture with a title and description that a screen reader reads instead of the shapes.

    Identifiers are made from the content: two charts of one page never share one, and the same chart always gets the
    same (a report written twice must be the same bytes).
    """
    root = etree.fromstring(svg.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True))
    mark = hashlib.sha256(f"{title}|{description}|{svg}".encode()).hexdigest()[:10]
    for element in root.iter(f"{{{SVG}}}*"):
        _clean(element, mark)
    _remove_backgrounds(root)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    root.set("role", "img")
    root.set("aria-labelledby", f"t{mark} d{mark}")
    root.insert(0, _named("title", f"t{mark}", title))
    root.insert(1, _named("desc", f"d{mark}", description))
    etree.cleanup_namespaces(root)
    return Picture(etree.tostring(root, encoding="unicode"), width, height)


def _clean(element: etree._Element, mark: str) -> None:
    for name in list(element.attrib):
        value = str(element.attrib[name])
        if name in ("role", "class", "pointer-events") or str(name).startswith("aria-"):
            del element.attrib[name]
        elif name == "id":
            element.set(name, f"{value}-{mark}")
        elif "url(#" in value:
            element.set(name, value.replace(")", f"-{mark})"))


def _remove_backgrounds(root: etree._Element) -> None:
    """Drops shapes that draw nothing; a chart has one for every axis and layer."""
    for path in list(root.iter(f"{{{SVG}}}path")):
        parent = path.getparent()
        if (
            parent is not None
            and path.get("fill") is None
            and path.get("stroke") is None
            and "0h0v0h0" in path.get("d", "")
        ):
            parent.remove(path)


def _named(tag: str, identifier: str, text: str) -> etree._Element:
    element = etree.Element(f"{{{SVG}}}{tag}", id=identifier)
    element.text = text
    return element
