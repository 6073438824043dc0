"""The report as one self-contained page: no script, no request to anywhere, everything that it shows inside it."""

from importlib.resources import files
from typing import Final

import jinja2

from safeboard.figures.reporting.document import Document
from safeboard.figures.reporting.fonts import WEB_STYLES, web_font

TEMPLATES: Final = "safeboard.figures.reporting"


def template(name: str) -> str:
    """The text of a template that is shipped with this room."""
    return files(TEMPLATES).joinpath("templates", name).read_text("utf-8")


def page(report: Document) -> str:
    """The page as text. The template escapes everything but the style sheet, the typeface and the drawings.

    Those three are made here; in a drawing every text has been escaped by the library that wrote it.
    """
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    faces = [{"weight": weight, "address": web_font(style)} for style, weight in WEB_STYLES.items()]
    made = environment.from_string(template("report.html"))
    return made.render(report=report, faces=faces, style=template("report.css"))
