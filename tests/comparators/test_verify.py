"""The department's rates and percentages follow from its counts; what does not, or cannot be checked, is named."""

import json
from pathlib import Path

import pytest

from safeboard.figures.comparators.rules import NotChecked
from safeboard.figures.comparators.tables import SHIPPED
from safeboard.figures.comparators.verify import ROUNDED, Difference, verify_published
from safeboard.foundation.agencies import populations
from safeboard.foundation.kernel.errors import BadInput
from tests.comparators.published_files import BOLTON, COVENTRY, ENGLAND, SHROPSHIRE, WEST_MIDLANDS, write

POPULATIONS = Path(populations.__file__).parent / "data" / "ons_mid-year_population_estimates_2012_to_2023.csv"


def test_every_shipped_table_agrees_with_its_counts() -> None:
    found = verify_published([SHIPPED], POPULATIONS)
    assert (found.checked, found.different) == (42148, [])
    assert (found.toleranced, found.outside_tolerance) == (3480, [])
    assert found.left_out == {
        ROUNDED: 3480,
        "its base is hidden (c)": 64,
        "printed as hidden (c)": 1083,
        "printed as not applicable (z)": 53,
        "printed as of low reliability (u)": 32,
        "printed as unavailable (x)": 372,
    }
    assert {each.column for each in found.not_checked if each.table.startswith("c4_")} == {
        "category",
        "Duration_0-10_days",
        "Duration_11-15_days",
        "Duration_16-20_days",
        "Duration_21+_days",
        "Duration_25th_Percentile",
        "Duration_median",
        "Duration_75th_Percentile",
    }


def test_the_one_difference_known_is_found(tmp_path: Path) -> None:
    # Plans open for more than 3 and up to 6 months, table D5: 69 of 240 are 28.75, printed 28.7 (published-figures.md).
    table = write(
        tmp_path / "d5.csv",
        "category,CPP_At31,more_than_3_months_6_months,more_than_3_months_6_months_percent",
        f"2017|{SHROPSHIRE}|Open plans,240,69,28.7",
        f"2018|{SHROPSHIRE}|Open plans,240,69,28.8",
    )
    found = verify_published([table], POPULATIONS)
    assert found.checked == 2
    assert found.different == [
        Difference("d5.csv", "Shropshire", "E06000051", 2017, "more_than_3_months_6_months_percent", "28.7", "28.8")
    ]
    assert json.loads(json.dumps(found.as_json()))["different"] == [
        {
            "table": "d5.csv",
            "area": "Shropshire",
            "area_code": "E06000051",
            "year": 2017,
            "column": "more_than_3_months_6_months_percent",
            "published": 28.7,
            "ours": 28.8,
        }
    ]


def test_a_rate_is_over_the_mid_year_before(tmp_path: Path) -> None:
    table = write(
        tmp_path / "d1.csv",
        "CPP_At31,CPP_At31_rate",
        f"2024|{COVENTRY}|511,63.5",
        f"202324|{COVENTRY}|511,63.4",
    )
    found = verify_published([table], POPULATIONS)
    assert found.checked == 2
    assert [(each.year, each.published, each.ours) for each in found.different] == [(2024, "63.4", "63.5")]


def test_hidden_counts_are_left_out_by_reason_and_never_read_as_zero(tmp_path: Path) -> None:
    table = write(
        tmp_path / "d3.csv",
        "CPP_start,CPP_subsequent,CPP_subsequent_percent",
        f"2020|{COVENTRY}|100,c,c",
        f"2021|{COVENTRY}|100,c,4",
        f"2022|{COVENTRY}|c,0,0",
        f"2023|{COVENTRY}|0,0,z",
        f"2024|{COVENTRY}|100,4,x",
    )
    found = verify_published([table], POPULATIONS)
    assert (found.checked, found.different) == (0, [])
    assert found.left_out == {
        "printed as hidden (c)": 1,
        "its count is hidden (c)": 1,
        "its base is hidden (c)": 1,
        "printed as not applicable (z)": 1,
        "printed as unavailable (x)": 1,
    }


def test_a_number_where_there_is_nothing_to_divide_by_is_a_difference(tmp_path: Path) -> None:
    table = write(tmp_path / "d3.csv", "CPP_start,CPP_subsequent,CPP_subsequent_percent", f"2023|{COVENTRY}|0,0,0")
    found = verify_published([table], POPULATIONS)
    assert [(each.published, each.ours) for each in found.different] == [("0", "–")]
    assert found.as_json()["different"][0]["ours"] is None  # type: ignore[index]


def test_england_and_regions_are_compared_within_the_rounding_of_their_counts(tmp_path: Path) -> None:
    table = write(
        tmp_path / "d3.csv",
        "CPP_start,CPP_subsequent,CPP_subsequent_percent",
        f"2024|{ENGLAND}|62110,15330,24.7",
        f"2023|{ENGLAND}|62110,15330,24.9",
        f"2024|{WEST_MIDLANDS}|1000,100,10.5",
        f"2023|{WEST_MIDLANDS}|1000,100,10.7",
    )
    found = verify_published([table], POPULATIONS)
    assert (found.checked, found.toleranced, found.left_out) == (0, 4, {ROUNDED: 4})
    assert [(each.area, each.year, each.ours) for each in found.outside_tolerance] == [
        ("England", 2023, "24.7"),
        ("West Midlands", 2023, "10.0"),
    ]


def test_percentages_of_children_are_over_the_children(tmp_path: Path) -> None:
    table = write(
        tmp_path / "c1.csv",
        "Referrals,Re_referrals,Re_referrals_percent,Referrals_child,Re_referrals_child,Re_referrals_child_percent",
        f"2024|{COVENTRY}|200,30,15,100,20,20",
    )
    found = verify_published([table], POPULATIONS)
    assert (found.checked, found.different, found.not_checked) == (2, [], [])


def test_columns_no_rule_covers_are_named(tmp_path: Path) -> None:
    table = write(
        tmp_path / "new.csv",
        "breakdown,Visits,Visits_late,Visits_late_percent,Lost_percent,Median_days,Visits_rate",
        f"2024|{COVENTRY}|All,200,30,15,4,12,24.8",
    )
    found = verify_published([table], POPULATIONS)
    assert (found.checked, found.different) == (2, [])
    assert found.not_checked == [
        NotChecked("new.csv", "breakdown", "not named as a rate or a percentage"),
        NotChecked("new.csv", "Lost_percent", "the table has no column Lost to work it out from"),
        NotChecked("new.csv", "Median_days", "not named as a rate or a percentage"),
    ]


def test_a_rate_without_a_population_is_left_out(tmp_path: Path) -> None:
    table = write(
        tmp_path / "d1.csv",
        "CPP_At31,CPP_At31_rate",
        f"2024|{COVENTRY}|511,63.5",
        f"2012|{COVENTRY}|511,63.5",
    )
    found = verify_published([table], POPULATIONS)
    assert (found.checked, found.left_out) == (1, {"no population for its area and year": 1})


def test_another_kind_of_table_among_them_is_passed_over_by_name(tmp_path: Path) -> None:
    write(tmp_path / "d1.csv", "CPP_At31,CPP_At31_rate", f"2024|{COVENTRY}|511,63.5")
    (tmp_path / "neighbours.csv").write_text("LA num,SN1\n331,831\n")
    found = verify_published([tmp_path], POPULATIONS)
    assert (found.checked, [each.file for each in found.passed_over]) == (1, ["neighbours.csv"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n", "This is not text in UTF-8."),
        (b"LA num,SN1\n331,831\n", "This is not a table in the department's layout."),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        verify_published([path], POPULATIONS)
    assert [(each.file, each.message) for each in refused.value.problems] == [("table.csv", message)]


def test_every_problem_of_every_file_is_given(tmp_path: Path) -> None:
    table = write(
        tmp_path / "d1.csv",
        "CPP_At31,CPP_At31_rate",
        f"2024|{COVENTRY}|n/a,63.5",
        f"2023|{BOLTON}|5.5,63.5",
        f"2022|{BOLTON}|5,many",
    )
    with pytest.raises(BadInput) as refused:
        verify_published([table, tmp_path / "none.csv"], POPULATIONS)
    assert [(each.file, each.line, each.element, each.found) for each in refused.value.problems] == [
        ("none.csv", None, "", "No such file or directory"),
        ("d1.csv", 2, "CPP_At31", "n/a"),
        ("d1.csv", 3, "CPP_At31", "5.5"),
        ("d1.csv", 4, "CPP_At31_rate", "many"),
    ]


def test_a_population_file_that_is_none_or_of_other_years_is_refused(tmp_path: Path) -> None:
    table = write(tmp_path / "d1.csv", "CPP_At31,CPP_At31_rate", f"2024|{COVENTRY}|511,63.5")
    with pytest.raises(BadInput, match="not a table of populations"):
        verify_published([table], table)
    others = write(tmp_path / "others.csv", "population_estimate", f"2001|{COVENTRY}|70000")
    with pytest.raises(BadInput) as refused:
        verify_published([table], others)
    [problem] = refused.value.problems
    assert (problem.found, problem.expected) == ("others.csv with mid-2001 to mid-2001", "mid-2023 to mid-2023")
