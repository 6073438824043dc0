"""England, region and neighbours beside a figure: whose, of which year, by which method."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from safeboard.figures.comparators.comparing import Comparator, Kind, comparators_for, comparators_with_groups
from safeboard.figures.comparators.declared import compared, quoted, reasons_without
from safeboard.figures.comparators.tables import Tables
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.foundation.agencies.areas import find_area
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period
from tests.comparators.published_files import BOLTON, COVENTRY, DERBY, ENGLAND, LEEDS, WEST_MIDLANDS, write

COVENTRY_AREA = find_area("Coventry")
CITY = find_area("Reference City")
NEIGHBOURS_2021 = (
    "Derby", "Bolton", "Peterborough", "Leeds", "Sheffield", "Portsmouth", "Medway", "Walsall", "Tameside",
    "Southampton",
)  # fmt: skip


def test_england_region_mean_and_median() -> None:
    found = comparators_for("plans_open_rate", COVENTRY_AREA, Period.year_ending(2024))
    assert [(each.kind, each.name, each.shown, each.method) for each in found] == [
        (Kind.ENGLAND, "England", "41.6", "as published"),
        (Kind.REGION, "West Midlands", "44.7", "as published"),
        (Kind.NEIGHBOURS_MEAN, "Statistical neighbours, mean", "48.5", "unweighted mean of the 10 neighbours"),
        (Kind.NEIGHBOURS_MEDIAN, "Statistical neighbours, median", "47.2", "median of the 10 neighbours"),
    ]
    assert {(each.period_label, each.same_period, each.note) for each in found} == {("2023-24", True, "")}
    assert found[2].areas == NEIGHBOURS_2021
    assert found[2].source.endswith("statistical neighbours model of April 2021")


def test_the_nearest_earlier_year_stands_in_with_a_warning() -> None:
    found = comparators_for("plans_open_rate", COVENTRY_AREA, Period.year_ending(2026))
    assert [(each.shown, each.period_label, each.same_period, each.note) for each in found] == [
        (shown, "2023-24", False, "Of 2023-24, not 2025-26: the years differ.")
        for shown in ("41.6", "44.7", "48.5", "47.2")
    ]


def test_no_figure_many_years_older_stands_beside_ours() -> None:
    assert comparators_for("plans_open_rate", COVENTRY_AREA, Period.year_ending(2029)) != ()
    assert comparators_for("plans_open_rate", COVENTRY_AREA, Period.year_ending(2030)) == ()


def test_no_later_year_stands_beside_ours() -> None:
    assert comparators_for("section_47_rate", COVENTRY_AREA, Period.year_ending(2012)) == ()


def test_the_reference_city_has_what_its_report_quotes() -> None:
    found = comparators_for("plans_open_rate", CITY, Period.year_ending(2009))
    assert found == (
        Comparator(
            kind=Kind.ENGLAND,
            name="England",
            period_label="2007-08",
            value=Fraction("26.5"),
            unit=Unit.PER_10_000,
            source="report line 1000",
            same_period=False,
            note="Of 2007-08, not 2008-09: the years differ. As at 31 March 2008.",
            shown="26.5",
            method="as quoted",
        ),
        replace(
            found[0],
            kind=Kind.NEIGHBOURS_MEAN,
            name="Statistical neighbours, average",
            value=Fraction("28.1"),
            note="Of 2007-08, not 2008-09: the years differ. As at 31 March 2008. "
            "The report names neither the neighbours nor the kind of average.",
            shown="28.1",
        ),
    )
    assert comparators_for("plans_open_rate", CITY, Period.year_ending(2008))[0].same_period


@pytest.mark.parametrize(
    ("measure", "group", "shown", "period"),
    [
        ("ni_65", None, "14%", "2007-08"),
        ("ni_64", None, "5%", "2007-08"),
        ("plans_ended_over_six_months", None, "69%", "2007-08"),
        ("plans_open_category_latest", "category=neglect", "46%", "2007-08"),
        ("plans_open_age", "age=10 to 15", "26%", "2007-08"),
        ("plans_looked_after", None, "8%", "2007-08"),
        ("ni_59", None, "72%", "2008-09"),
        ("ni_60", None, "80%", "2007-08"),
        ("plans_open_minority_ethnic", None, "22.7%", "2008-09"),
    ],
)
def test_quoted_figures_of_the_report_era(measure: str, group: str | None, shown: str, period: str) -> None:
    [found] = comparators_for(measure, CITY, Period.year_ending(2009), group=group)
    assert (found.shown, found.period_label, found.same_period) == (shown, period, period == "2008-09")


def test_a_quoted_figure_for_one_council_is_not_anothers() -> None:
    assert [each.kind for each in comparators_for("plans_open_rate", COVENTRY_AREA, Period.year_ending(2009))] == [
        Kind.ENGLAND
    ]
    assert comparators_for("plans_open_minority_ethnic", COVENTRY_AREA, Period.year_ending(2009)) == ()


def test_a_group_has_its_own_comparators() -> None:
    found = comparators_for(
        "plans_open_category_latest", COVENTRY_AREA, Period.year_ending(2024), group="category=neglect"
    )
    assert [(each.kind, each.shown, each.group) for each in found][:2] == [
        (Kind.ENGLAND, "49.2%", "category=neglect"),
        (Kind.REGION, "49.8%", "category=neglect"),
    ]
    assert comparators_for("plans_open_category_latest", COVENTRY_AREA, Period.year_ending(2024)) == ()


def test_a_measure_with_all_its_groups() -> None:
    found = comparators_with_groups("ni_64", CITY, Period.year_ending(2024))
    assert [(each.kind, each.group) for each in found] == [(Kind.ENGLAND, None)]
    found = comparators_with_groups("plans_ended_duration", CITY, Period.year_ending(2024))
    assert [each.group for each in found] == [
        f"duration={label}" for label in MEASURES["plans_ended_duration"].groups[0].labels
    ]
    [neglect] = comparators_with_groups("plans_open_category_latest", CITY, Period.year_ending(2009))
    assert neglect.group == "category=neglect"


def test_every_group_compared_is_one_there_is() -> None:
    labels = {
        (measure.id, f"{group.column}={label}")
        for measure in MEASURES.values()
        for group in measure.groups
        for label in group.labels
    }
    named = {key for key in compared() if key[1]} | {(quote.measure, quote.group) for quote in quoted() if quote.group}
    assert named - labels == set()


@pytest.fixture
def next_year(tmp_path: Path) -> Tables:
    """A table of a year to come, with a council hidden, one by its printed rate only, one missing, and a new column."""
    write(
        tmp_path / "d3_next_2025_to_2026.csv",
        "new_column,CPP_start,CPP_subsequent,CPP_subsequent_percent",
        f"202526|{ENGLAND}|1,60000,15000,25.1",
        f"202526|{WEST_MIDLANDS}|1,6000,1500,c",
        f"202425|{WEST_MIDLANDS}|1,6000,c,24.9",
        f"202526|{COVENTRY}|1,300,90,30",
        f"202526|{DERBY}|1,200,49,24.5",
        f"202526|{BOLTON}|1,c,c,20.1",
        f"202526|{LEEDS}|1,c,c,c",
    )
    return Tables(tmp_path)


def test_next_years_file_is_used_as_it_is(next_year: Tables) -> None:
    england, region, mean, middle = comparators_for("ni_65", COVENTRY_AREA, Period.year_ending(2026), tables=next_year)
    assert (england.shown, england.period_label, england.note) == ("25.1%", "2025-26", "")
    assert (region.shown, region.note) == ("25.0%", "Worked out from counts that are rounded to 10.")
    assert mean.value == (Fraction(49, 2) + Fraction("20.1")) / 2
    assert middle.value == mean.value
    assert mean.method == "unweighted mean of 2 of the 10 neighbours"
    assert mean.areas == ("Derby", "Bolton")
    assert mean.missing[0] == "Peterborough: no row"
    assert "Leeds: hidden (c)" in mean.missing
    assert mean.note.endswith("1 of the neighbours' values are as published, rounded.")


def test_each_kind_falls_back_on_its_own_year(tmp_path: Path) -> None:
    write(
        tmp_path / "d3_next.csv",
        "CPP_start,CPP_subsequent,CPP_subsequent_percent",
        f"2026|{ENGLAND}|60000,15000,25",
        f"2026|{WEST_MIDLANDS}|x,x,x",
        f"2025|{WEST_MIDLANDS}|6000,1500,24.9",
    )
    found = comparators_for("ni_65", COVENTRY_AREA, Period.year_ending(2026), tables=Tables(tmp_path))
    assert [(each.name, each.shown, each.same_period) for each in found] == [
        ("England", "25.0%", True),
        ("West Midlands", "24.9%", False),
    ]


def test_the_newest_file_stands_where_years_overlap(tmp_path: Path) -> None:
    columns = "CPP_start,CPP_subsequent,CPP_subsequent_percent"
    write(tmp_path / "d3_a.csv", columns, f"2025|{ENGLAND}|60000,15000,25", f"2024|{ENGLAND}|60000,15000,24")
    write(tmp_path / "d3_b.csv", columns, f"2026|{ENGLAND}|60000,15000,26", f"2025|{ENGLAND}|60000,15000,25.5")
    shown = [
        comparators_for("ni_65", CITY, Period.year_ending(year), tables=Tables(tmp_path))[0].shown
        for year in (2024, 2025, 2026)
    ]
    assert shown == ["24.0%", "25.5%", "26.0%"]


def test_a_folder_without_the_table_gives_none(tmp_path: Path) -> None:
    assert comparators_for("ni_65", COVENTRY_AREA, Period.year_ending(2026), tables=Tables(tmp_path)) == ()


def test_two_rows_for_one_area_and_year_are_refused(tmp_path: Path) -> None:
    row = f"2026|{ENGLAND}|60000,15000,25"
    write(tmp_path / "d3_next.csv", "CPP_start,CPP_subsequent,CPP_subsequent_percent", row, row)
    with pytest.raises(BadInput) as refused:
        comparators_for("ni_65", COVENTRY_AREA, Period.year_ending(2026), tables=Tables(tmp_path))
    [problem] = refused.value.problems
    assert (problem.line, problem.message, problem.found) == (
        3,
        "The table has two rows for England in 2026.",
        "another in line 2",
    )


def test_text_where_a_number_should_be_is_refused(tmp_path: Path) -> None:
    write(
        tmp_path / "d3_next.csv", "CPP_start,CPP_subsequent,CPP_subsequent_percent", f"2026|{ENGLAND}|60000,15000,some"
    )
    with pytest.raises(BadInput, match="CPP_subsequent_percent"):
        comparators_for("ni_65", COVENTRY_AREA, Period.year_ending(2026), tables=Tables(tmp_path))


def test_every_measure_is_compared_or_says_why_not() -> None:
    mapped = {measure for measure, _ in compared()} | {quote.measure for quote in quoted()}
    assert mapped & set(reasons_without()) == set()
    assert set(MEASURES) - mapped - set(reasons_without()) == set()


def test_every_comparator_is_of_a_measure_there_is_and_in_its_unit() -> None:
    units = {measure: each.unit for (measure, _), each in compared().items()}
    units |= {quote.measure: quote.unit for quote in quoted()}
    assert {name: unit for name, unit in units.items() if name in MEASURES and MEASURES[name].unit is not unit} == {}


def test_every_group_compared_is_one_its_measure_has() -> None:
    declared = {(measure, group) for measure, group in compared() if group}
    declared |= {(quote.measure, quote.group) for quote in quoted() if quote.group}
    had = {
        (measure.id, f"{group.column}={label}")
        for measure in MEASURES.values()
        for group in measure.groups
        for label in group.labels
    }
    assert declared - had == set()


def test_every_column_named_is_in_the_shipped_tables() -> None:
    tables = Tables()
    columns = [
        column
        for each in compared().values()
        for column in (*each.numerator, *(one for one in (each.denominator, each.published) if one))
    ]
    missing = [column for column in columns if tables.cell(column, "E92000001", tables.years(column.table)[0]) is None]
    assert missing == []
