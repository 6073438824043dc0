"""Populations carry their vintage; a table that is not one of populations is refused."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from safeboard.foundation.agencies.populations import (
    Population,
    mid_year_for,
    population,
    read_vintage,
    vintages,
)
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.numbers import Unit, ratio, show
from safeboard.foundation.kernel.periods import Period

HEADER = "time_period,geographic_level,country_code,region_code,old_la_code,new_la_code,la_name,population_estimate"
ROW = "2030,Local authority,E92000001,E12000005,331,E08000026,Coventry,"

DFE_2024 = "published with DfE Children in need 2024"
SOURCE_2024 = (
    "ONS mid-year population estimates 2012 to 2023, "
    "as published with the Department for Education's Children in need statistics 2024"
)


def test_a_council_a_region_and_england() -> None:
    assert population("E08000026", 2023) == Population("E08000026", 2023, 80494, DFE_2024, SOURCE_2024)
    assert [found and found.count for found in (population("E12000005", 2023), population("E92000001", 2012))] == [
        1325199,
        11403970,
    ]


def test_a_recoded_county_keeps_its_earlier_populations() -> None:
    assert population("E06000060", 2015) == Population("E06000060", 2015, 119468, DFE_2024, SOURCE_2024)
    assert population("E08000020", 2015) == Population(
        "E08000020", 2015, *(lambda p: (p.count, p.vintage, p.source))(population("E08000037", 2015))
    )


@pytest.mark.parametrize(("area", "mid_year"), [("E08000026", 2011), ("E10000009", 2015), ("E00000000", 2020)])
def test_none_where_there_is_no_estimate(area: str, mid_year: int) -> None:
    assert population(area, mid_year) is None


def test_the_reference_city_gives_44_3_per_10_000() -> None:
    for mid_year in (2007, 2008):
        base = population("X99000001", mid_year)
        assert base is not None
        assert show(ratio(300, base.count, Unit.PER_10_000), Unit.PER_10_000) == "44.3"
    assert population("X99000001", 2009) is None


def test_a_vintage_is_asked_for_by_name() -> None:
    assert population("X99000001", 2008, DFE_2024) is None
    assert population("E08000026", 2023, DFE_2024) == population("E08000026", 2023)
    with pytest.raises(BadInput) as refused:
        population("E08000026", 2023, "of next year")
    assert refused.value.problems[0].expected == " or ".join(vintages())


@pytest.mark.parametrize(
    ("period", "mid_year"),
    [
        (Period.year_ending(2024), 2023),
        (Period(date(2024, 4, 1), date(2024, 7, 21)), 2024),
        (Period(date(2024, 4, 1), date(2025, 1, 21)), 2024),
    ],
)
def test_a_rate_is_over_the_mid_year_in_which_its_reporting_year_begins(period: Period, mid_year: int) -> None:
    assert mid_year_for(period) == mid_year


@pytest.mark.parametrize("compress", [False, True])
def test_next_years_file_reads_without_a_change(tmp_path: Path, compress: bool) -> None:
    text = f"{HEADER},new_column\n{ROW}81000,1\n{ROW.replace('2030', '203031')}x,1\n".encode()
    path = tmp_path / "populations.csv"
    path.write_bytes(gzip.compress(text) if compress else text)
    assert read_vintage(path, "next", "a test").counts == {("E08000026", 2030): 81000}


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (b"", "The file is empty.", None),
        (b"PK\x03\x04\xff\xfe\x00", "This is not text in UTF-8.", None),
        (b"\x1f\x8b\x08\x00", "This compressed file is damaged.", None),
        (b"a,b\n1,2\n", "This is not a table in the department's layout.", 1),
        (HEADER.encode() + b"\n", "The table has a header and no row.", None),
        (f"{HEADER},{HEADER}\n".encode(), "A column name stands twice in the header.", 1),
        (
            f"{HEADER.replace('population_estimate', 'CPP_End')}\n{ROW}5\n".encode(),
            "This is not a table of populations.",
            1,
        ),
        (f"{HEADER}\n{ROW}81000,7\n".encode(), "This line does not have a value for every column.", 2),
        (f"{HEADER}\n{ROW.replace('2030', '203035')}1\n".encode(), "This is not a year.", 2),
        (f"{HEADER}\n{ROW}many\n".encode(), "This is not a number of children.", 2),
        (f"{HEADER}\n{ROW}1\n\n{ROW}2\n".encode(), "Line 2 already gives Coventry in 2030.", 4),
        (f'{HEADER}\n"{ROW}1\n'.encode(), "This line does not have a value for every column.", 2),
    ],
)
def test_what_is_not_a_population_table_is_refused(
    tmp_path: Path, content: bytes, message: str, line: int | None
) -> None:
    path = tmp_path / "populations.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_vintage(path, "wrong", "a test")
    [problem] = refused.value.problems
    assert (problem.file, problem.message, problem.line) == ("populations.csv", message, line)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_vintage(tmp_path / "none.csv", "wrong", "a test")
    with pytest.raises(BadInput, match="is a folder"):
        read_vintage(tmp_path, "wrong", "a test")
