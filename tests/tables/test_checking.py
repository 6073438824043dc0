"""Batches of text to typed batches: values by column, and each wrong text by its row."""

from datetime import date

import pyarrow as pa
import pytest

from safeboard.figures.tables.checking import Checker
from safeboard.figures.tables.declaration import Table
from safeboard.figures.tables.reading import MISSING, Bounds, Style
from safeboard.figures.tables.schema import arrow_schema
from safeboard.figures.tables.standard import PLAN, REVIEW

Texts = dict[str, list[str | None]]


def check(
    table: Table, texts: Texts, style: Style = Style.TABLE, firm: bool = True
) -> tuple[list[dict[str, object]], list[tuple[str, int, int, str]]]:
    """Rows without their empty columns, and (column, row, line, text) of everything found; lines begin at 10."""
    bounds = Bounds(date(2025, 3, 31), firm)
    checker = Checker(table, style=style, bounds=bounds, source_number=3)
    lines = range(10, 10 + len(next(iter(texts.values()))))
    arrays = {name: pa.array(column, pa.string()) for name, column in texts.items()}
    checked = checker.check(arrays, pa.array(lines, pa.int32()))
    assert checked.rows.schema == arrow_schema(table)
    rows = [{name: value for name, value in row.items() if value is not None} for row in checked.rows.to_pylist()]
    return rows, [(found.column.name, found.row, found.line, found.text) for found in checked.findings]


WHOLE: Texts = {
    "cppr_cp_review_id": ["1", " 2 "],
    "cppr_person_id": ["C1", "C2"],
    "cppr_cp_plan_id": ["P1", "P2"],
    "cppr_cp_review_date": ["2024-05-01", "01/06/2024"],
    "cppr_cp_review_quorate": ["Y", ""],
    "cppr_cp_review_participation": ["PN1", "under 4"],
}


def test_a_batch_without_fault() -> None:
    rows, found = check(REVIEW, WHOLE)
    assert found == []
    assert rows == [
        {
            "cppr_cp_review_id": "1",
            "cppr_person_id": "C1",
            "cppr_cp_plan_id": "P1",
            "cppr_cp_review_date": date(2024, 5, 1),
            "cppr_cp_review_quorate": True,
            "cppr_cp_review_participation": "PN1",
            "source_number": 3,
            "source_line": 10,
        },
        {
            "cppr_cp_review_id": "2",
            "cppr_person_id": "C2",
            "cppr_cp_plan_id": "P2",
            "cppr_cp_review_date": date(2024, 6, 1),
            "cppr_cp_review_participation": "PN0",
            "source_number": 3,
            "source_line": 11,
        },
    ]


def test_every_wrong_text_is_found_and_hides_no_other_row() -> None:
    dates: list[str | None] = ["soon", "2024-05-01", "soon", None, " "]
    texts = {name: (["7"] * 5 if name.endswith("_id") else dates) for name in list(WHOLE)[:4]}
    rows, found = check(REVIEW, texts)
    column = "cppr_cp_review_date"
    assert found == [(column, 0, 10, "soon"), (column, 2, 12, "soon"), (column, 3, 13, ""), (column, 4, 14, "")]
    assert [row.get(column) for row in rows] == [None, date(2024, 5, 1), None, None, None]


def test_the_same_fault_in_a_later_batch_is_found_again() -> None:
    checker = Checker(REVIEW, style=Style.TABLE, bounds=Bounds(date(2025, 3, 31)), source_number=1)
    texts = {name: pa.array(["soon"]) for name in list(WHOLE)[:4]}
    found = [checker.check(texts, pa.array([line], pa.int32())).findings for line in (1, 2)]
    assert [[finding.line for finding in batch] for batch in found] == [[1], [2]]


@pytest.mark.parametrize("style", [Style.TABLE, Style.WORKSHEET])
def test_a_key_of_minus_one_refers_to_nothing(style: Style) -> None:
    texts = {**WHOLE, "cppr_cp_plan_id": ["-1", "P2"], "cppr_cp_review_date": ["2024-05-01", "2024-06-01"]}
    _, found = check(REVIEW, texts, style)
    assert found == [("cppr_cp_plan_id", 0, 10, "-1")]


def test_an_end_before_its_start() -> None:
    texts: Texts = {
        "cppl_cp_plan_id": ["1", "2", "3"],
        "cppl_person_id": ["C1", "C2", "C3"],
        "cppl_cp_plan_start_date": ["2024-05-02"] * 3,
        "cppl_cp_plan_end_date": ["2024-05-01", "2024-05-02", None],
    }
    _, found = check(PLAN, texts)
    assert found == [("cppl_cp_plan_end_date", 0, 10, "2024-05-01")]


def test_a_date_after_a_loose_end_is_found_and_kept() -> None:
    texts = {**WHOLE, "cppr_cp_review_date": ["2025-03-31", "2025-04-01"]}
    rows, found = check(REVIEW, texts, firm=False)
    assert [row["cppr_cp_review_date"] for row in rows] == [date(2025, 3, 31), date(2025, 4, 1)]
    assert found == [("cppr_cp_review_date", 1, 11, "2025-04-01")]


def test_missing_is_said_of_a_required_column_only() -> None:
    checker = Checker(REVIEW, style=Style.TABLE, bounds=Bounds(date(2025, 3, 31)), source_number=1)
    texts = {name: pa.array([None], pa.string()) for name in WHOLE}
    found = checker.check(texts, pa.array([1], pa.int32())).findings
    assert [(finding.column.name, finding.fault) for finding in found] == [(name, MISSING) for name in list(WHOLE)[:4]]
