import io
from collections.abc import Mapping
from dataclasses import replace

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from safeboard.figures.reporting.writing import files_of
from tests.reporting.hand_made import MEASURES, report_input


def opened(files: Mapping[str, bytes]) -> Workbook:
    return load_workbook(io.BytesIO(files["figures.xlsx"]))


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    heads, *lines = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def test_the_label_comes_first(own_copy: Mapping[str, bytes]) -> None:
    book = opened(own_copy)
    assert book.sheetnames == ["About", "Figures", "Comparators", "Definitions", "Checks", "Sources"]
    said = {row["What"]: row["Statement"] for row in rows(book, "About")}
    assert (said["Area"], said["Snapshot"]) == ("Reference City (X99000001)", "cd" * 32)
    assert said["Small numbers"] == "The board's own copy: no number is hidden. Not for publication."


def test_a_figure_has_its_numerator_denominator_and_exact_value(own_copy: Mapping[str, bytes]) -> None:
    figure = next(row for row in rows(opened(own_copy), "Figures") if row["Measure"] == "ni_65")
    assert figure == {
        "Measure": "ni_65",
        "Title": "Second or subsequent plans",
        "Period": "2008-09",
        "Group": None,
        "Label": None,
        "Numerator": 46,
        "Denominator": 309,
        "Exact value": "4600/309",
        "Shown": "14.9%",
        "Unit": "percent",
        "Status": "known",
        "Children in numerator": 46,
        "Population": None,
        "Edition": "1",
        "Note": None,
    }


def test_what_was_not_collected_has_no_number(own_copy: Mapping[str, bytes]) -> None:
    figure = next(row for row in rows(opened(own_copy), "Figures") if row["Measure"] == "dv_screenings")
    assert (figure["Numerator"], figure["Exact value"], figure["Status"]) == (None, None, "not collected")
    assert figure["Note"] == "The sources do not collect screenings."


def test_every_comparator_has_its_period(own_copy: Mapping[str, bytes]) -> None:
    beside = [
        (row["Measure"], row["Group"], row["Name"], row["Period"], row["Shown"])
        for row in rows(opened(own_copy), "Comparators")
    ]
    assert beside == [
        ("plans_open", None, "England", "2007-08", "29200"),
        ("plans_open_rate", None, "England", "2007-08", "26.5"),
        ("plans_open_rate", None, "Statistical neighbours, mean", "2007-08", "28.1"),
        ("ni_65", None, "England", "2008-09", "14%"),
        ("plans_open_category_latest", "category=neglect", "England", "2007-08", "46%"),
    ]


def test_no_text_becomes_a_formula() -> None:
    bad = '=HYPERLINK("http://example.org")'
    measures = {**MEASURES, "ni_65": replace(MEASURES["ni_65"], title=bad)}
    book = opened(files_of(report_input(measures=measures, area_note=f"{bad}\x07")))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    assert bad in {row["Title"] for row in rows(book, "Figures")}
