import csv
import io
import json
from collections.abc import Mapping

import pytest

from safeboard.figures.reporting.exports import PROBLEM_COLUMNS, problems_csv
from safeboard.foundation.kernel.errors import Problem
from safeboard.foundation.spreadsheets.neutral import neutral
from tests.reporting.hand_made import figures, report_input


def test_the_json_file_is_a_list_of_every_figure(own_copy: Mapping[str, bytes]) -> None:
    made = json.loads(own_copy["figures.json"])
    assert len(made) == len(figures())
    assert next(each for each in made if each["measure"] == "ni_65") == {
        "measure": "ni_65",
        "edition": "1",
        "period": "2008-09",
        "group": None,
        "numerator": 46,
        "denominator": 309,
        "value": 4600 / 309,
        "shown": "14.9%",
        "unit": "percent",
        "collected": True,
        "hidden": False,
        "numerator_children": 46,
        "denominator_children": 309,
        "population_vintage": "",
        "why_not": "",
        "title": "Second or subsequent plans",
        "comparators": [
            {
                "kind": "England",
                "name": "England",
                "period": "2008-09",
                "same_period": True,
                "value": 14.0,
                "shown": "14%",
                "unit": "percent",
                "source": "DfE, year ending 31 March 2008",
                "method": "",
                "note": "",
            }
        ],
    }


def test_a_groups_comparator_stands_with_the_group(own_copy: Mapping[str, bytes]) -> None:
    beside = {
        (each["measure"], each["group"], each["period"]): [other["shown"] for other in each["comparators"]]
        for each in json.loads(own_copy["figures.json"])
        if each["measure"] == "plans_open_category_latest" and each["comparators"]
    }
    assert beside == {("plans_open_category_latest", "category=neglect", "2008-09"): ["46%"]}


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_problem_is_a_line_with_its_place() -> None:
    assert read(problems_csv(report_input().problems, 0))[0] == {
        "gravity": "noted",
        "message": "The child has no date of birth and none is expected.",
        "remedy": "Add one of the two in the case system.",
        "file": "city.xml",
        "line": "12",
        "child": "CH000012",
        "element": "PersonBirthDate",
        "found": "",
        "expected": "",
    }


def test_a_published_report_names_no_child_and_no_line() -> None:
    lines = read(problems_csv(report_input().problems, 5))
    assert {(line["child"], line["line"], line["found"]) for line in lines} == {("", "", "")}


def test_without_problems_there_is_a_heading_alone() -> None:
    assert problems_csv([], 0) == ",".join(PROBLEM_COLUMNS) + "\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_can_be_taken_for_a_formula(start: str) -> None:
    problem = Problem(message=f"{start}cmd|' /C calc'!A0", remedy="", found=f'{start}"quoted", and more')
    line = read(problems_csv([problem], 0))[0]
    assert (line["message"], line["found"]) == (f"'{start}cmd|' /C calc'!A0", f'\'{start}"quoted", and more')


def test_other_text_is_left_as_it_is() -> None:
    assert neutral("a = b") == "a = b"
