import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from lxml import html

from safeboard.figures.reporting.composition import cells_of, compose
from safeboard.figures.reporting.fonts import WEB_STYLES, characters, file_of, web_font, woff
from safeboard.figures.reporting.outline import chapters_for
from safeboard.figures.reporting.page import page
from tests.reporting.hand_made import MEASURES, report_input


def tree(files: Mapping[str, bytes]) -> html.HtmlElement:
    return html.document_fromstring(files["report.html"].decode("utf-8"))


def test_it_is_one_whole_page(own_copy: Mapping[str, bytes]) -> None:
    text = own_copy["report.html"].decode("utf-8")
    assert (text[:15], text.rstrip()[-7:]) == ("<!doctype html>", "</html>")


def test_it_is_in_british_english_with_a_title_and_one_main_heading(own_copy: Mapping[str, bytes]) -> None:
    made = tree(own_copy)
    assert made.get("lang") == "en-GB"
    assert made.findtext(".//title") == "Child protection performance report, Reference City, 2008-09"
    assert [each.text for each in made.iter("h1")] == ["Child protection performance report"]


def test_no_heading_level_is_left_out(own_copy: Mapping[str, bytes]) -> None:
    levels = [int(each.tag[1]) for each in tree(own_copy).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_it_asks_nothing_of_anyone_and_runs_no_script(own_copy: Mapping[str, bytes]) -> None:
    made = tree(own_copy)
    assert list(made.iter("script", "iframe", "object", "embed", "img")) == []
    addresses = {each.get(name) for each in made.iter() for name in ("src", "href", "action") if each.get(name)}
    assert {address[:1] for address in addresses if not address.startswith("data:")} == {"#"}
    assert set(re.findall(r"url\(\"?(.{5})", own_copy["report.html"].decode("utf-8"))) == {"data:"}
    policy = made.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    assert policy.get("content", "").startswith("default-src 'none';")


def test_every_identifier_is_unique_and_every_link_leads_somewhere(own_copy: Mapping[str, bytes]) -> None:
    made = tree(own_copy)
    names = [each.get("id") for each in made.iter() if each.get("id")]
    assert len(names) == len(set(names))
    links = {each.get("href", "")[1:] for each in made.iter("a")}
    assert links - set(names) == set()
    labelled = {name for each in made.iter() for name in each.get("aria-labelledby", "").split()}
    assert labelled - set(names) == set()


def test_every_table_has_a_caption_and_headings_with_a_scope(own_copy: Mapping[str, bytes]) -> None:
    for table in tree(own_copy).iter("table"):
        assert table.findtext("caption")
        assert {each.get("scope") for each in table.iter("th")} == {"col", "row"}


def test_every_card_has_its_number_sentence_definition_and_drawing(own_copy: Mapping[str, bytes]) -> None:
    made = tree(own_copy)
    shown = [each for each in made.iter("article") if each.get("id")]
    in_order = [each for chapter in chapters_for(MEASURES) for each in chapter.measures]
    assert [each.get("id") for each in shown] == [each for each in in_order if each != "dv_screenings"]
    for each in shown:
        assert each.findtext(".//p/strong")
        assert each.find(".//details/dl") is not None
        assert each.find(".//svg") is not None
        assert each.find(".//table") is not None


def test_words_from_outside_are_escaped() -> None:
    hostile = "<script>alert('x')</script> & <b>"
    measures = {**MEASURES, "ni_65": replace(MEASURES["ni_65"], title=hostile, meaning=hostile)}
    given = report_input(measures=measures, area_note=hostile)
    made = html.document_fromstring(page(compose(given, cells_of(given))))
    assert list(made.iter("script")) == []
    assert hostile in [each.text for each in made.iter("p")]


def test_the_typeface_is_packed_without_loss() -> None:
    """Unpacked again table by table, the font is the one that was packed."""
    original = file_of("Regular").read_bytes()
    packed = woff(original)
    assert packed[:4] == b"wOFF"
    assert int.from_bytes(packed[8:12], "big") == len(packed)
    assert int.from_bytes(packed[16:20], "big") == len(original) + -len(original) % 4
    for name in WEB_STYLES:
        assert web_font(name).startswith("data:font/woff;base64,d09GR")


def test_the_typeface_knows_its_characters() -> None:
    """Source Sans Pro has Latin, Greek and Cyrillic letters and our signs; no Chinese and no control characters."""
    assert set(map(ord, "AzÉßΩж–−’…%0")) <= characters("Regular")
    assert characters("Regular") & {ord("童"), 7} == set()
