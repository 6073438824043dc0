"""Nothing of what disclosure control hides may be found in any of the five files.

The numbers hidden here are given values that stand nowhere else, so that finding one anywhere is a leak.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pikepdf
import pytest
from lxml import html
from openpyxl import load_workbook

from safeboard.figures.measures.figure import Figure
from safeboard.figures.reporting.composition import cells_of
from safeboard.figures.reporting.writing import files_of
from safeboard.foundation.kernel.numbers import ratio
from tests.reporting.hand_made import BEFORE, NOW, figures, report_input
from tests.reporting.pdf_text import text_of

SMALL = 19
"""Small under the threshold of 20 used here, and found in no other number of the report, not even of a page."""

SHARE = "6.3"
"""SMALL of 300, as printed."""


def told(figure: Figure) -> Figure:
    """The figure with SMALL offences this year, and SMALL of the plans in one category taken from another."""
    if (figure.measure, figure.period) == ("mappa_serious_further_offences", NOW):
        return replace(figure, numerator=SMALL, value=Fraction(SMALL), children=(None, None))
    change = {"category=multiple": SMALL - 3, "category=neglect": 3 - SMALL}.get(figure.group or "", 0)
    if figure.period == NOW and change and figure.numerator is not None and figure.denominator:
        count = figure.numerator + change
        value = ratio(count, figure.denominator, figure.unit)
        return replace(figure, numerator=count, value=value, children=(count, figure.denominator))
    return figure


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    given = report_input(threshold=20, figures=[told(each) for each in figures()], cross_checks=())
    return files_of(given)


@pytest.fixture(scope="module")
def texts(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """What a reader of each file can read in it: the words of a page without its style and shapes."""
    page = html.document_fromstring(files["report.html"].decode("utf-8"))
    for each in [*page.iter("style"), *page.iter("head")]:
        each.drop_tree()
    words = [each.text_content() for each in page.iter("td", "th", "p", "li", "dd", "title", "desc", "text", "tspan")]
    with pikepdf.open(io.BytesIO(files["report.pdf"])) as paper:
        printed = " ".join(text_of(each) for each in paper.pages)
    book = load_workbook(io.BytesIO(files["figures.xlsx"]))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return {
        "report.html": " ".join(words),
        "report.pdf": printed,
        "figures.json": files["figures.json"].decode("utf-8"),
        "figures.xlsx": " ".join(cells),
        "problems.csv": files["problems.csv"].decode("utf-8"),
    }


def tokens(text: str) -> set[str]:
    return {token.strip("().,;:%\"'") for token in text.split()}


def test_the_number_would_be_found_were_it_not_hidden() -> None:
    shown = files_of(report_input(figures=[told(each) for each in figures()], cross_checks=()))
    assert str(SMALL) in tokens(shown["figures.json"].decode("utf-8"))
    assert SHARE in tokens(shown["report.html"].decode("utf-8").replace("<", " ").replace(">", " "))


@pytest.mark.parametrize("name", ["report.html", "report.pdf", "figures.json", "figures.xlsx", "problems.csv"])
def test_a_hidden_number_is_in_no_file(texts: Mapping[str, str], name: str) -> None:
    percentage = str(float(Fraction(SMALL * 100, 300)))
    assert tokens(texts[name]) & {str(SMALL), SHARE, percentage, f"{SMALL}/3"} == set()


def test_a_second_number_is_hidden_so_that_the_first_cannot_be_worked_out(files: Mapping[str, bytes]) -> None:
    made = json.loads(files["figures.json"])
    hidden = {each["group"] for each in made if each["hidden"] and each["period"] == NOW.label}
    assert {"category=multiple", "category=sexual abuse"} <= hidden
    kept = [each for each in made if each["hidden"]]
    assert {(each["numerator"], each["value"], each["shown"]) for each in kept} == {(None, None, "hidden")}


def test_a_hidden_number_has_no_direction_no_bar_and_no_place_in_a_ranking(texts: Mapping[str, str]) -> None:
    assert "By latest category of abuse: some numbers are hidden" in " ".join(texts["report.html"].split())
    assert "The largest" not in texts["report.html"]


def test_the_label_of_every_file_says_that_numbers_are_hidden(texts: Mapping[str, str]) -> None:
    said = "For publication: numbers from 1 to 20 are hidden, and others that would give them away."
    without_it = {name for name, text in texts.items() if said not in " ".join(text.split())}
    assert without_it == {"figures.json", "problems.csv"}


def test_the_boards_own_copy_hides_nothing() -> None:
    assert [cell for cell in cells_of(report_input()).all if cell.hidden] == []


def test_a_year_whose_figure_is_hidden_takes_the_change_with_it() -> None:
    given = report_input(threshold=5, figures=[each for each in figures() if each.period == BEFORE])
    assert {cell.shown for cell in cells_of(given).all if cell.measure == "mappa_serious_further_offences"} == {"0"}
