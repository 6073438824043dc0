"""A chart as a picture file of its own, which has none of the page's typefaces."""

from lxml import etree

from safeboard.figures.reporting.fonts import FAMILY, width_of
from safeboard.figures.reporting.svg import SVG

LIKE_IT = f"{FAMILY}, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"


def standing_alone(svg: str) -> bytes:
    """The picture with every text as wide as in the report's typeface, whatever typeface the reader has.

    Its places were worked out for that typeface: in a wider one, labels would be cut off and lie on one another.
    """
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for text in root.iter(f"{{{SVG}}}text"):
        text.set("font-family", LIKE_IT)
        size = float(text.get("font-size", "11px").removesuffix("px"))
        for part in (text, *text.iter(f"{{{SVG}}}tspan")):
            if part.text and part.text.strip():
                part.set("textLength", f"{width_of(part.text, size):.1f}")
                part.set("lengthAdjust", "spacingAndGlyphs")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
