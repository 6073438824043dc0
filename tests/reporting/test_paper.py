import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
import pytest

from safeboard.figures.reporting.writing import files_of
from tests.reporting.hand_made import report_input
from tests.reporting.pdf_text import text_of


@pytest.fixture(scope="module")
def paper(own_copy: Mapping[str, bytes]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(own_copy["report.pdf"])) as opened:
        yield opened


@pytest.fixture(scope="module")
def text(paper: pikepdf.Pdf) -> str:
    return " ".join(text_of(page) for page in paper.pages)


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def tags(paper: pikepdf.Pdf) -> list[Any]:
    return list(elements(paper.Root.StructTreeRoot.K))


def test_it_is_a_tagged_document_in_british_english(paper: pikepdf.Pdf) -> None:
    assert bool(paper.Root.MarkInfo.Marked)
    assert str(paper.Root.Lang).lower() == "en-gb"
    assert bool(paper.Root.ViewerPreferences.DisplayDocTitle)


def test_it_says_that_it_is_pdf_ua_and_has_a_title_and_the_records_own_date(paper: pikepdf.Pdf) -> None:
    with paper.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert said["dc:title"] == "Child protection performance report, Reference City, 2008-09"
        assert said["xmp:CreateDate"].startswith("2009-03-31")


def test_every_drawing_has_words_in_its_place(paper: pikepdf.Pdf) -> None:
    drawings = [each for each in tags(paper) if each.S == "/Figure"]
    words = [str(each.get("/Alt", "")) for each in drawings]
    assert "" not in words
    assert "Second or subsequent plans. 2008-09 14.9%; 2007-08 12.2%; England, 2008-09 14%" in words


def test_tables_have_headings_and_headings_have_levels(paper: pikepdf.Pdf) -> None:
    kinds = {str(each.S) for each in tags(paper)}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/TOC"} <= kinds


def test_only_the_shipped_typeface_is_used_and_it_is_embedded(paper: pikepdf.Pdf) -> None:
    fonts = [
        each
        for each in paper.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]
    assert {str(each.FontName).split("+")[1].split("-")[0] for each in fonts} == {"SourceSansPro"}
    assert [each for each in fonts if "/FontFile2" not in each and "/FontFile3" not in each] == []


def test_it_is_on_a4_with_the_page_of_pages_at_the_foot(paper: pikepdf.Pdf) -> None:
    sizes = {(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in paper.pages}
    assert sizes == {(595, 842)}
    assert f"Page 2 of {len(paper.pages)}" in text_of(paper.pages[1])


@pytest.mark.parametrize(
    "words",
    [
        "14.9%",
        "46 of 309",
        "Higher than England (14%).",
        "not for publication",
        "300 in a population of 67,720 aged 0 to 17",
        "Any earlier plan counts, however long ago.",
        "The sources do not collect screenings.",
        "The child has no date of birth and none is expected.",
        "abababababababababababababababababababababababababababababababab",
    ],
)
def test_the_figures_are_in_its_text(text: str, words: str) -> None:
    assert words in " ".join(text.split())


def test_a_name_in_another_script_does_not_stop_the_report() -> None:
    made = files_of(report_input(area_note="The sources name 童\x07🙂."))
    with pikepdf.open(io.BytesIO(made["report.pdf"])) as opened:
        assert "The sources name ???." in text_of(opened.pages[0])
