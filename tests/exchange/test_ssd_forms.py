"""What a real extract of the Standard Safeguarding Dataset holds otherwise than our tables do."""

from datetime import date
from pathlib import Path

import pytest

from tests.exchange.loading import Result, loaded, refused, told
from tests.exchange.small_returns import written


def extract(folder: Path, factors: str = "", reviews: str = "") -> Path:
    """An extract of one child, one assessment and one plan."""
    tables = {
        "ssd_person": "pers_person_id,pers_gender\nC1,01\n",
        "ssd_cin_assessments": "cina_assessment_id,cina_person_id,cina_assessment_start_date\nA1,C1,2024-05-01\n",
        "ssd_cp_plans": "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_initial_category\n"
        'P1,C1,2024-06-01,"Multiple: neglect, physical abuse"\n',
    }
    folder = folder / "extract"
    folder.mkdir()
    for name, text in tables.items():
        written(folder, text, f"{name}.csv")
    if factors:
        columns = "cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json"
        written(folder, f"{columns}\n{factors}\n", "ssd_assessment_factors.csv")
    if reviews:
        columns = "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_date,cppr_cp_review_participation"
        written(folder, f"{columns}\n{reviews}\n", "ssd_cp_reviews.csv")
    return folder


def factors(result: Result) -> list[tuple[str, str]]:
    """Key and code of each factor."""
    rows = result.tables.get("ssd_assessment_factors", [])
    return [(row["cinf_table_id"], row["cinf_assessment_factor"]) for row in rows]


@pytest.mark.parametrize(
    "field", ['["1A", "2B"]', '{"1A": "Yes", "2B": "y", "3A": "No", "4A": ""}', '["1A", "2B", "1A"]']
)
def test_factors_in_one_field(tmp_path: Path, field: str) -> None:
    quoted = field.replace('"', '""')
    assert factors(loaded(extract(tmp_path, f'F1,A1,"{quoted}"'))) == [("F1/1A", "1A"), ("F1/2B", "2B")]


@pytest.mark.parametrize("field", ["", "[]", "{}"])
def test_an_assessment_without_factors(tmp_path: Path, field: str) -> None:
    result = loaded(extract(tmp_path, f"F1,A1,{field}"))
    assert factors(result) == []
    assert "cinf_assessment_factor" in result.loaded.manifest.collected["ssd_assessment_factors"]


@pytest.mark.parametrize("field", ["1A;2B", "[1]", '"1A"'])
def test_factors_that_cannot_be_read(tmp_path: Path, field: str) -> None:
    quoted = field.replace('"', '""')
    (problem,) = refused(extract(tmp_path, f'F1,A1,"{quoted}"'))
    assert problem.message == "The factors of the assessment cannot be read."
    assert told(problem) == {
        "file": "extract/ssd_assessment_factors.csv",
        "line": 2,
        "element": "cinf_assessment_factors_json",
        "found": field,
        "expected": 'a list of codes, ["1A", "2B"], or an object, {"1A": "Yes", "2B": "No"}',
    }


def test_an_unknown_factor_is_named(tmp_path: Path) -> None:
    (problem,) = refused(extract(tmp_path, 'F1,A1,"[""8A""]"'))
    assert (problem.element, problem.found) == ("cinf_assessment_factor", "8A")


def test_a_column_of_placeholders_is_not_collected(tmp_path: Path) -> None:
    result = loaded(extract(tmp_path, reviews="R1,C1,P1,2024-08-01,PLACEHOLDER_DATA"))
    assert result.tables["ssd_cp_reviews"] == [
        {
            "cppr_cp_review_id": "R1",
            "cppr_person_id": "C1",
            "cppr_cp_plan_id": "P1",
            "cppr_cp_review_date": date(2024, 8, 1),
        }
    ]
    assert "cppr_cp_review_participation" not in result.loaded.manifest.collected["ssd_cp_reviews"]
    notes = [problem.element for problem in result.loaded.noted if "placeholders" in problem.message]
    assert notes == ["cppr_cp_review_participation"]


def test_codes_as_the_dataset_writes_them(tmp_path: Path) -> None:
    tables = loaded(extract(tmp_path)).tables
    assert tables["ssd_person"][0]["pers_gender"] == "1"
    assert tables["ssd_cp_plans"][0]["cppl_cp_plan_initial_category"] == "MUL"
