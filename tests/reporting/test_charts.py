from lxml import etree

from safeboard.figures.reporting.charts import Bar, Drawing, groups_chart, months_chart, wrapped, years_chart
from safeboard.figures.reporting.svg import SVG

NAMES = {"svg": SVG}
MONTHS = ("Apr", "May", "Jun")


def root(drawing: Drawing) -> etree._Element:
    return etree.fromstring(drawing.svg)


def texts(drawing: Drawing) -> set[str]:
    """Every word drawn, a broken label in its lines."""
    found = root(drawing).iterfind(".//svg:text", NAMES)
    return {
        line.strip()
        for each in found
        for line in ([span.text for span in each.iterfind("svg:tspan", NAMES)] or [each.text])
        if line
    }


def fills(drawing: Drawing) -> set[str | None]:
    return {path.get("fill") for path in root(drawing).iterfind(".//svg:path", NAMES) if path.get("d") != "M0,0h0v0h0Z"}


def test_years_carry_their_numbers_and_comparators_theirs() -> None:
    drawing = years_chart(
        "Plans", [Bar("2008-09", 44.3, "44.3"), Bar("2007-08", 26.7, "26.7")], [Bar("England, 2007-08", 26.5, "26.5")]
    )
    assert texts(drawing) == {"2008-09", "44.3", "2007-08", "26.7", "England, 2007-08", "26.5"}
    assert drawing.description == "2008-09 44.3; 2007-08 26.7; England, 2007-08 26.5"


def test_a_drawing_tells_a_screen_reader_what_it_shows() -> None:
    drawn = root(years_chart("Plans", [Bar("2008-09", 3, "3")], []))
    title, description = drawn[0], drawn[1]
    assert (title.text, description.text) == ("Plans", "2008-09 3")
    assert (drawn.get("role"), drawn.get("aria-labelledby")) == ("img", f"{title.get('id')} {description.get('id')}")
    assert [each for each in drawn.iter() if each.get("aria-hidden")] == []


def test_two_years_differ_in_lightness_and_every_bar_has_its_number() -> None:
    drawing = groups_chart(
        "Category",
        {"2009": [Bar("neglect", 50, "150 (50.0%)")], "2008": [Bar("neglect", 51, "92 (50.8%)")]},
        "England, 2008",
        [Bar("neglect", 46, "46%")],
    )
    assert texts(drawing) == {"neglect", "2009", "2008", "150 (50.0%)", "92 (50.8%)", "England, 2008"}
    assert {"#1f4e5f", "#d5e3e6"} <= fills(drawing)
    assert drawing.description == "2009: neglect 150 (50.0%). 2008: neglect 92 (50.8%). England, 2008: neglect 46%"


def test_a_hidden_number_has_a_word_and_no_bar() -> None:
    shown = groups_chart("A", {"2009": [Bar("a", 9, "9"), Bar("b", 3, "3")]})
    hidden = groups_chart("A", {"2009": [Bar("a", 9, "9"), Bar("b", None, "hidden")]})
    assert texts(hidden) == {"a", "9", "b", "hidden"}
    bars = [
        sum(path.get("fill") == "#1f4e5f" for path in root(each).iter(f"{{{SVG}}}path")) for each in (shown, hidden)
    ]
    assert bars == [2, 1]


def test_rows_keep_their_order_also_where_the_first_has_no_bar() -> None:
    drawing = groups_chart("A", {"2009": [Bar("a", None, "hidden"), Bar("b", 3, "3"), Bar("c", 9, "9")]})
    heights = {
        each.text: float(each.get("transform", "").rstrip(")").rpartition(",")[2])
        for each in root(drawing).iter(f"{{{SVG}}}text")
    }
    assert heights["a"] < heights["b"] < heights["c"]


def test_nothing_but_zeros_can_be_drawn() -> None:
    assert texts(years_chart("A", [Bar("2008-09", 0, "0"), Bar("2007-08", 0, "0")], [])) == {"2008-09", "2007-08", "0"}
    assert texts(groups_chart("A", {"2009": [Bar("a", 0, "0")]})) == {"a", "0"}


def test_months_are_a_line_for_each_year_one_of_them_dashed() -> None:
    drawing = months_chart(
        "Referrals",
        {"2008-09": [Bar(m, 3, "3") for m in MONTHS], "2007-08": [Bar(m, 2, "2") for m in MONTHS]},
    )
    dashes = {path.get("stroke-dasharray") for path in root(drawing).iter(f"{{{SVG}}}path")} - {None}
    assert dashes == {"1,0", "5,3"}
    assert {*MONTHS, "2008-09", "2007-08"} <= texts(drawing)


def test_labels_cut_to_the_same_words_stay_two_rows() -> None:
    long = "privately fostered in the United Kingdom by relatives in the "
    drawing = groups_chart("A", {"2009": [Bar(f"{long}north", 1, "1 there"), Bar(f"{long}south", 2, "2 here")]})
    assert {"1 there", "2 here"} <= texts(drawing)


def test_two_charts_share_no_identifier_and_the_same_chart_is_the_same_text() -> None:
    first, second = years_chart("A", [Bar("x", 1, "1")], []), years_chart("B", [Bar("x", 1, "1")], [])
    names = [{each.get("id") for each in root(drawing).iter() if each.get("id")} for drawing in (first, second)]
    assert names[0] & names[1] == set()
    assert years_chart("A", [Bar("x", 1, "1")], []) == first


def test_words_from_sources_are_escaped() -> None:
    drawing = years_chart("<script>alert(1)</script>", [Bar("<b>&", 1, "1")], [])
    assert "<script" not in drawing.svg
    assert texts(drawing) == {"<b>&", "1"}


def test_a_label_is_broken_at_spaces_and_cut_after_two_lines() -> None:
    assert wrapped("neglect") == "neglect"
    assert wrapped("more than 6 months, less than 1 year") == "more than 6 months,|less than 1 year"
    assert (
        wrapped("one two three four five six seven eight nine ten eleven")
        == "one two three four five|six seven eight nine…"
    )
