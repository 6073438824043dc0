"""Tables in CSV and Parquet: columns matched by name, texts read by the declaration, problems at their line."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safeboard.figures.tables.snapshot import Coverage
from tests.exchange.loading import loaded, refused, told
from tests.exchange.small_returns import child, return_text, written

CAF = "caf_assessment_id,caf_person_id,caf_completed_date,caf_agency,caf_level"


def csv(folder: Path, *lines: str, name: str = "caf.csv") -> Path:
    """A CSV table, by default of common assessments."""
    return written(folder, "\n".join(lines) + "\n", name)


def test_a_folder_of_tables(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    csv(
        folder,
        "pers_person_id,pers_dob,pers_sex",
        "C1,2015-06-10,Male",
        "C2,10/06/2015 00:00:00,f",
        name="ssd_person.csv",
    )
    plans = (
        "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_initial_category,cppl_icpc_id,cppl_team"
    )
    csv(folder, plans, "1,C1,2023-06-01T00:00:00,Neglect,-1,North", "2,C2,2024-04-05,EMO,,", name="ssd_cp_plans.csv")
    written(folder, "about this extract", "README.txt")
    result = loaded(folder)
    assert result.tables == {
        "ssd_person": [
            {"pers_person_id": "C1", "pers_dob": date(2015, 6, 10), "pers_sex": "M"},
            {"pers_person_id": "C2", "pers_dob": date(2015, 6, 10), "pers_sex": "F"},
        ],
        "ssd_cp_plans": [
            {
                "cppl_cp_plan_id": "1",
                "cppl_person_id": "C1",
                "cppl_cp_plan_start_date": date(2023, 6, 1),
                "cppl_cp_plan_initial_category": "NEG",
            },
            {
                "cppl_cp_plan_id": "2",
                "cppl_person_id": "C2",
                "cppl_cp_plan_start_date": date(2024, 4, 5),
                "cppl_cp_plan_initial_category": "EMO",
            },
        ],
    }
    manifest = result.loaded.manifest
    assert [(source.name, source.kind) for source in manifest.sources] == [
        ("extract/ssd_cp_plans.csv", "ssd"),
        ("extract/ssd_person.csv", "ssd"),
    ]
    assert manifest.collected == {
        "ssd_person": frozenset({"pers_person_id", "pers_dob", "pers_sex"}),
        "ssd_cp_plans": frozenset(plans.split(",")[:5]),
    }
    assert manifest.coverage == dict.fromkeys(
        ("ssd_person", "ssd_cp_plans"), Coverage(date(2023, 4, 1), date(2024, 4, 5))
    )
    assert [(problem.message, problem.found) for problem in result.loaded.noted] == [
        ("Files that are neither table nor return are left out.", "README.txt"),
        ("No source says up to which day it is; the day of the last event is taken.", "2024-04-05"),
        ("Columns that ssd_cp_plans does not have are left out.", "cppl_team"),
    ]


def test_a_folder_can_say_up_to_which_day_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    csv(folder, CAF, "1,C1,2024-05-01,,")
    csv(folder, "reference_date,first_day,area", "31/03/2025,2020-04-01,E08000026", name="extract.csv")
    manifest = loaded(folder).loaded.manifest
    assert (manifest.reference_date, manifest.areas) == (date(2025, 3, 31), ("E08000026",))
    assert manifest.coverage == {"caf": Coverage(date(2020, 4, 1), date(2025, 3, 31))}


@pytest.mark.parametrize(
    ("said", "message", "line", "element"),
    [
        ("date,area\n2025-03-31,990", "extract.csv has a column that it may not have.", 1, "date"),
        ("area,area\n990,990", "extract.csv has a column twice.", 1, "area"),
        ("reference_date\n", "extract.csv has 0 rows below its header, not one.", 1, ""),
        ("area\n990\n991", "extract.csv has 2 rows below its header, not one.", 1, ""),
        ("reference_date,area\n2025-03-31", "extract.csv has 1 values under its 2 columns.", 2, ""),
        ("area,\n990,2025", "extract.csv has a column that it may not have.", 1, "one without a name"),
        (" \n", "extract.csv cannot be read as a table.", 1, ""),
        ("area\n\xe9", "extract.csv cannot be read as a table.", 1, ""),
    ],
)
def test_an_extract_that_does_not_say_what_it_should(
    tmp_path: Path, said: str, message: str, line: int, element: str
) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    csv(folder, CAF, "1,C1,2024-05-01,,")
    (folder / "extract.csv").write_bytes(said.encode("latin-1"))
    (problem,) = refused(folder)
    assert (problem.message, problem.line, problem.element) == (message, line, element)
    assert problem.expected == "a header with any of reference_date, first_day, area, and one row"
    assert problem.remedy == "Correct the file, or remove it: it is not needed."


def test_an_extract_with_a_day_that_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    csv(folder, CAF, "1,C1,2024-05-01,,")
    csv(folder, "reference_date", "2025-02-30", name="extract.csv")
    (problem,) = refused(folder)
    assert (problem.message, problem.line, problem.element, problem.found) == (
        "This day does not exist in the calendar.",
        2,
        "reference_date",
        "2025-02-30",
    )


def test_a_lone_day_far_ahead_is_an_error_and_not_the_last_day(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, CAF, "1,C1,2024-05-01,,", "2,C2,2028-05-01,,"))
    assert problem.message == "This date lies after the reference date."
    assert told(problem) == {
        "file": "caf.csv",
        "line": 3,
        "child": "C2",
        "element": "caf_completed_date",
        "found": "2028-05-01",
        "expected": "a day from 1900-01-01 to 2024-05-01",
    }


def test_tables_without_any_day(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, "pers_person_id", "C1", name="ssd_person.csv"))
    assert problem.message == "The tables hold no day at all, so the day up to which they are is unknown."


@pytest.mark.parametrize(
    ("row", "element", "found", "message"),
    [
        ("1,C1,05/13/2024,,", "caf_completed_date", "05/13/2024", "This day does not exist in the calendar."),
        ("1,C1,1 May 2024,,", "caf_completed_date", "1 May 2024", "This date cannot be read."),
        ("1,C1,,,", "caf_completed_date", "", "A value is missing without which the record has no meaning."),
        ("1,,2024-05-01,,", "caf_person_id", "", "A value is missing without which the record has no meaning."),
        ("1,C1,2024-05-01,clinic,", "caf_agency", "clinic", "This is not a code of the list “agency”."),
    ],
)
def test_a_value_that_cannot_be_read(tmp_path: Path, row: str, element: str, found: str, message: str) -> None:
    (problem,) = refused(csv(tmp_path, CAF, "0,C0,2024-04-30,,", "", row))
    assert (problem.message, problem.file, problem.line, problem.element, problem.found) == (
        message,
        "caf.csv",
        4,
        element,
        found,
    )
    assert problem.remedy


def test_lines_count_texts_that_run_over_lines(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, CAF + ",note", '1,C1,2024-05-01,,,"two', 'lines"', "2,C2,soon,,,"))
    assert (problem.line, problem.found) == (4, "soon")


def test_the_header(tmp_path: Path) -> None:
    missing, doubled = (
        refused(csv(tmp_path, header, "1,C1,2024-05-01"))
        for header in (
            "caf_assessment_id,caf_person_id,date",
            "CAF_assessment_id, caf_person_id ,caf_completed_date,caf_person_id",
        )
    )
    assert [(problem.message, problem.element, problem.line) for problem in (*missing, *doubled)] == [
        ("A column is missing without which caf means nothing.", "caf_completed_date", 1),
        ("The column stands twice in the header of caf.", "caf_person_id", 1),
    ]
    assert missing[0].remedy == "Add the column: day it was completed."


@pytest.mark.parametrize(
    ("content", "message", "line", "found"),
    [
        (f"{CAF}\n1,Zoë,2024-05-01,,\n".encode("cp1252"), "The file is not in the encoding UTF-8.", 2, "Windows-1252"),
        (f"{CAF}\n1,C1,2024-05-01,,\n".encode("utf-16"), "The file is not in the encoding UTF-8.", 1, "UTF-16"),
        (CAF.replace(",", ";").encode(), "The columns are not separated by commas.", 1, "caf_assessment_id;"),
        (f"{CAF}\n1,C1,2024-05-01\n".encode(), "The row has more or fewer cells than the header.", 2, "3 cells"),
        (f'{CAF}\n1,C1,2024-05-01,,"x\n'.encode(), "The file is not well-formed CSV.", 2, "unexpected end of data"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path: Path, content: bytes, message: str, line: int, found: str) -> None:
    path = tmp_path / "caf.csv"
    path.write_bytes(content)
    (problem,) = refused(path)
    assert (problem.message, problem.line) == (message, line)
    assert found in problem.found
    assert problem.remedy


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert loaded(csv(tmp_path, "\ufeff" + CAF, "1,C1,2024-05-01,,")).keys("caf") == ["1"]


def test_a_table_is_known_by_its_title_too(tmp_path: Path) -> None:
    assert loaded(csv(tmp_path, CAF, "1,C1,2024-05-01,,", name="Common Assessment.csv")).keys("caf") == ["1"]


def test_a_table_nobody_knows(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, CAF, "1,C1,2024-05-01,,", name="cafs.csv"))
    assert (problem.message, problem.found) == ("Nothing in the file is named as a standard table.", "cafs")


def test_one_key_twice_in_a_table(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, CAF, "1,C1,2024-05-01,,", "2,C1,2024-05-01,,", "1,C2,2024-05-01,,"))
    assert (problem.line, problem.found, problem.message) == (
        4,
        "1",
        "Common assessment: 2 rows have this identifier; the first is in line 2.",
    )


def test_a_reference_to_nothing_stops_where_the_row_means_nothing_without_it(tmp_path: Path) -> None:
    plan = "cppl_cp_plan_id,cppl_person_id,cppl_referral_id,cppl_cp_plan_start_date"
    reviews = "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_date"
    person = csv(tmp_path, "pers_person_id", "C1", name="ssd_person.csv")
    plans = csv(tmp_path, plan, "1,C1,R9,2024-05-01", name="ssd_cp_plans.csv")
    held = csv(tmp_path, reviews, "1,C1,2,2024-05-02", name="ssd_cp_reviews.csv")
    (problem,) = refused(person, plans, held)
    assert told(problem) == {
        "file": "ssd_cp_reviews.csv",
        "line": 2,
        "child": "C1",
        "element": "cppr_cp_plan_id",
        "found": "2",
        "expected": "a cppl_cp_plan_id of ssd_cp_plans",
    }
    noted = loaded(person, plans).loaded.noted
    assert [problem.message for problem in noted][1:] == [
        "Child protection plan: the referral episode that it names is not among those given."
    ]


def test_our_own_tables_may_tell_of_children_whom_social_care_does_not_know(tmp_path: Path) -> None:
    cin = written(tmp_path, return_text(child("C1")))
    noted = loaded(cin, csv(tmp_path, CAF, "1,C7,2024-05-01,,", "2,C8,2024-05-01,,")).loaded.noted
    assert [problem.message for problem in noted if problem.element == "caf_person_id"] == [
        "Common assessment: the person that it names is not among those given. So in 2 rows, first here."
    ]


def test_parquet_gives_what_csv_gives(tmp_path: Path) -> None:
    rows = [
        {"mapp_case_id": 1, "mapp_start_date": date(2024, 5, 1), "mapp_level": 2.0, "mapp_risk_to_children": True},
        {"mapp_case_id": 2, "mapp_start_date": date(2024, 6, 1), "mapp_level": 3.0, "mapp_risk_to_children": None},
    ]
    path = tmp_path / "mappa_case.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    text = ["mapp_case_id,mapp_start_date,mapp_level,mapp_risk_to_children", "1,2024-05-01,2,Y", "2,2024-06-01,3,"]
    from_parquet = loaded(path).tables
    assert from_parquet == loaded(csv(tmp_path, *text, name="mappa_case.csv")).tables
    assert from_parquet["mappa_case"][0] == {
        "mapp_case_id": "1",
        "mapp_start_date": date(2024, 5, 1),
        "mapp_level": "2",
        "mapp_risk_to_children": True,
    }


def test_parquet_that_cannot_be_read(tmp_path: Path) -> None:
    path = written(tmp_path, "no parquet", "caf.parquet")
    assert [problem.message for problem in refused(path)] == ["This is not a whole Parquet file."]
    path.unlink()
    pq.write_table(pa.table({"caf_assessment_id": [["1"]]}), path)
    assert [problem.message for problem in refused(path)] == [
        "The column caf_assessment_id holds lists or structures, not single values."
    ]
