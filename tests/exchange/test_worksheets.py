"""Tables on worksheets: what a filled template gives, and what a spreadsheet can hide."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from safeboard.figures.exchange.template import write_template
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Column, Kind
from safeboard.foundation.kernel.errors import BadInput
from tests.exchange.loading import loaded, refused, told
from tests.exchange.small_returns import child, return_text, written

HEADER = ["caf_assessment_id", "caf_person_id", "caf_completed_date", "caf_agency", "caf_level"]
AFTERNOON = datetime.fromisoformat("2024-05-02 14:30")
ROW = ["1", "C1", date(2024, 5, 1), "Health", 2]


def workbook(
    folder: Path, *rows: list[object], name: str = "caf", then: Callable[[Worksheet], None] = lambda _: None
) -> Path:
    """A workbook with one worksheet of these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    then(sheet)
    path = folder / "sheets.xlsx"
    book.save(path)
    return path


def far(sheet: Worksheet, row: int, column: int) -> None:
    sheet.cell(row, column, "far")


def test_a_worksheet_is_a_table(tmp_path: Path) -> None:
    result = loaded(workbook(tmp_path, HEADER, ROW, [], [7, "C2", AFTERNOON, None, "4"]), places=True)
    assert result.tables["caf"] == [
        {
            "caf_assessment_id": "1",
            "caf_person_id": "C1",
            "caf_completed_date": date(2024, 5, 1),
            "caf_agency": "HEALTH",
            "caf_level": "2",
            "source_number": 1,
            "source_line": 2,
        },
        {
            "caf_assessment_id": "7",
            "caf_person_id": "C2",
            "caf_completed_date": date(2024, 5, 2),
            "caf_level": "4",
            "source_number": 1,
            "source_line": 4,
        },
    ]
    assert [source.kind for source in result.loaded.manifest.sources] == ["sheet"]


@pytest.mark.parametrize("text", ["01/05/2024", "25/12/2023", "1 May 2024", "May 24", "45413"])
def test_a_text_where_a_date_should_stand(tmp_path: Path, text: str) -> None:
    (problem,) = refused(workbook(tmp_path, HEADER, ROW, ["2", "C2", text, None, None]))
    assert (problem.message, problem.remedy) == (
        "This cell holds text where a date should stand.",
        "Format the column as dates and type the day again; check the other dates too, day and month may be exchanged.",
    )
    assert told(problem) == {
        "file": "sheets.xlsx, worksheet caf",
        "line": 3,
        "child": "C2",
        "element": "caf_completed_date",
        "found": text,
        "expected": "a cell that Excel shows as a date, or a day as yyyy-mm-dd",
    }


def test_a_text_that_can_be_read_one_way_only_is_a_date(tmp_path: Path) -> None:
    result = loaded(workbook(tmp_path, HEADER, ["1", "C1", "2024-05-01", None, None]))
    assert result.tables["caf"][0]["caf_completed_date"] == date(2024, 5, 1)


def test_a_merged_header(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ROW, then=lambda sheet: sheet.merge_cells("D1:E1"))
    problem = refused(path)[0]
    assert (problem.message, problem.remedy) == (
        "The header has merged cells.",
        "Unmerge the cells and write each column's name in its own cell.",
    )
    assert told(problem) == {
        "file": "sheets.xlsx, worksheet caf",
        "line": 1,
        "element": "D1",
        "found": "D1 to E1 merged",
        "expected": "one cell with one column name for each column, in row 1",
    }


def test_a_header_below_a_title(tmp_path: Path) -> None:
    (problem,) = refused(workbook(tmp_path, ["Common assessments 2024"], [], HEADER, ROW))
    assert (problem.message, problem.line, problem.remedy) == (
        "The header does not stand in the first row.",
        3,
        "Delete the rows above the header.",
    )


@pytest.mark.parametrize(
    ("value", "kind", "message", "found"),
    [
        ("#REF!", "e", "The cell D3 shows an error.", "#REF!"),
        ("=A2&B2", "f", "The cell D3 has a formula without value.", "=A2&B2"),
    ],
)
def test_cells_that_only_look_empty(tmp_path: Path, value: str, kind: str, message: str, found: str) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["D3"] = value
        sheet["D3"].data_type = kind

    (problem,) = refused(workbook(tmp_path, HEADER, ROW, ["2", "C2", date(2024, 5, 1)], then=spoil))
    assert problem.message == message
    assert (problem.file, problem.line, problem.element, problem.found) == (
        "sheets.xlsx, worksheet caf",
        3,
        "D3",
        found,
    )
    assert problem.remedy == "Replace the formula with its value (copy, paste special, values)."


PLANS: list[list[object]] = [
    ["cppl_cp_plan_id", "cppl_person_id", "cppl_referral_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"],
    ["P1", "C1", None, date(2024, 5, 1), None],
]
REVIEWS: list[list[object]] = [
    ["cppr_cp_review_id", "cppr_person_id", "cppr_cp_plan_id", "cppr_cp_review_date"],
    ["V1", "C1", "P1", date(2024, 7, 1)],
]


@pytest.mark.parametrize(
    ("plan", "review", "said"),
    [
        (
            ["P1", "C1", None, date(2024, 6, 1), date(2024, 6, 2)],
            None,
            (
                "cp_plans",
                3,
                "cppl_cp_plan_id",
                "Child protection plan: 2 rows have this identifier; the first is in line 2.",
            ),
        ),
        (
            ["P2", "C1", None, date(2024, 6, 1), None],
            None,
            ("cp_plans", 3, "cppl_cp_plan_start_date", "The child has two plans open at once."),
        ),
        (
            None,
            ["V2", "C1", "P1", date(2024, 4, 30)],
            ("cp_reviews", 3, "cppr_cp_review_date", "The review was held before its plan began."),
        ),
        (
            None,
            ["V2", "C1", "P9", date(2024, 8, 1)],
            (
                "cp_reviews",
                3,
                "cppr_cp_plan_id",
                "Review: the child protection plan that it names is not among those given.",
            ),
        ),
    ],
)
def test_what_contradicts_itself_across_rows_is_named_by_worksheet_row_and_column(
    tmp_path: Path, plan: list[object] | None, review: list[object] | None, said: tuple[str, int, str, str]
) -> None:
    def reviews(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("ssd_cp_reviews")
        for row in [*REVIEWS, *([review] if review else [])]:
            other.append(row)

    path = workbook(tmp_path, *PLANS, *([plan] if plan else []), name="ssd_cp_plans", then=reviews)
    (problem,) = refused(written(tmp_path, return_text(child("C1"))), path)
    place = (problem.file.removeprefix("sheets.xlsx, worksheet ssd_"), problem.line, problem.element)
    assert (*place, problem.message) == said


def test_a_worksheet_that_contradicts_a_return_is_named(tmp_path: Path) -> None:
    given = written(tmp_path, return_text(child("C1")))
    path = workbook(tmp_path, ["pers_person_id", "pers_sex"], ["C1", "M"], name="ssd_person")
    (problem,) = refused(given, path)
    assert (problem.file, problem.line, problem.element) == ("sheets.xlsx, worksheet ssd_person", 2, "pers_sex")


def test_a_table_on_two_worksheets_is_named_by_both(tmp_path: Path) -> None:
    def more(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("Common assessment")
        other.append(HEADER)
        other.append(ROW)

    (problem,) = refused(workbook(tmp_path, HEADER, ROW, then=more))
    assert (problem.file, problem.line) == ("sheets.xlsx, worksheet caf or Common assessment", 2)


def test_other_worksheets_are_left_out_and_their_faults_with_them(tmp_path: Path) -> None:
    def more(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("Notes")
        other["A1"], other["A2"] = "=1/0", "see there"
        other.merge_cells("A1:B1")

    result = loaded(workbook(tmp_path, HEADER, ROW, then=more))
    assert result.keys("caf") == ["1"]
    left_out = [problem for problem in result.loaded.noted if problem.found == "Notes"]
    assert [problem.message for problem in left_out] == ["This is no standard table, so it is left out."]


def test_a_worksheet_may_have_any_name_if_the_file_has_the_tables(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADER, ROW, name="Sheet1")
    (problem,) = refused(path)
    assert (problem.message, problem.found) == ("Nothing in the file is named as a standard table.", "Sheet1")
    assert loaded(path.rename(tmp_path / "caf.xlsx")).keys("caf") == ["1"]


@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04 cut off"])
def test_a_workbook_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "caf.xlsx"
    path.write_bytes(content)
    (problem,) = refused(path)
    assert problem.message.startswith("This workbook cannot be read")
    assert problem.remedy.startswith("Open it in Excel and save it again as .xlsx")


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 16_384), (400_000, 76)])
def test_a_cell_far_from_the_others_is_refused_before_a_place_is_held_for_all_between(
    tmp_path: Path, row: int, column: int
) -> None:
    (problem,) = refused(workbook(tmp_path, HEADER, ROW, then=lambda sheet: far(sheet, row, column)))
    assert problem.message == "A cell stands too far from the others for the worksheet to be read."
    assert told(problem) == {
        "file": "sheets.xlsx, worksheet caf",
        "found": f"{row:,} rows and {column:,} columns",
        "expected": "at most 30,000,000 cells, empty ones among them",
    }


def test_a_row_far_below_the_others_is_read(tmp_path: Path) -> None:
    def far_row(sheet: Worksheet) -> None:
        for column, cell in enumerate([7, "C2", date(2024, 5, 2), "Health", 4], start=1):
            sheet.cell(90_000, column, cell)

    result = loaded(workbook(tmp_path, HEADER, ROW, then=far_row), places=True)
    assert [(each["caf_assessment_id"], each["source_line"]) for each in result.tables["caf"]] == [
        ("1", 2),
        ("7", 90_000),
    ]


def test_an_old_workbook(tmp_path: Path) -> None:
    path = tmp_path / "caf.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    (problem,) = refused(path)
    assert (problem.found, problem.remedy) == (
        ".xls",
        "Save a table as .xlsx or as CSV UTF-8, or export the census as XML.",
    )


def _example(column: Column) -> object:
    match column.kind:
        case Kind.DATE:
            return date(2024, 5, 1)
        case Kind.WHOLE_NUMBER:
            return 3
        case Kind.YES_NO:
            return "Y"
        case Kind.CODE if column.codes:
            return next(iter(column.codes))
        case _:
            return "7"


def _read(column: Column) -> object:
    return True if column.kind is Kind.YES_NO else _example(column)


def test_filled_templates_read_back(tmp_path: Path) -> None:
    """Every table at once, each with one row of key 7, so that every reference finds its row."""
    for name, table in TABLES.items():
        write_template(table, tmp_path / f"{name}.xlsx")
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        book[name].append([_example(column) for column in table.columns])
        book.save(tmp_path / f"{name}.xlsx")
    result = loaded(*(tmp_path / f"{name}.xlsx" for name in TABLES))
    assert result.tables == {
        name: [{column.name: _read(column) for column in table.columns}] for name, table in TABLES.items()
    }
    assert result.loaded.manifest.collected == {name: frozenset(table.names) for name, table in TABLES.items()}


def test_an_empty_template_is_a_table_of_which_nothing_happened(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.xlsx" for name in ("caf", "police_protection")]
    for path in paths:
        write_template(TABLES[path.stem], path)
    book = openpyxl.load_workbook(paths[0])
    for place, value in enumerate(ROW, start=1):
        book["caf"].cell(2, place, value)
    book.save(paths[0])
    manifest = loaded(*paths).loaded.manifest
    assert (manifest.row_counts["caf"], manifest.row_counts["police_protection"]) == (1, 0)
    assert manifest.collected["police_protection"] == frozenset(TABLES["police_protection"].names)


def test_a_template_explains_every_column_and_offers_every_code(tmp_path: Path) -> None:
    path = tmp_path / "caf.xlsx"
    write_template(TABLES["caf"], path)
    book = openpyxl.load_workbook(path)
    explained = {row[0]: row[1:] for row in book["How to fill"].iter_rows(min_row=5, values_only=True)}
    assert {name: (said[0], said[2]) for name, said in explained.items()} == {
        column.name: (column.meaning, "yes" if column.required else "no") for column in TABLES["caf"].columns
    }
    assert explained["caf_level"][3] == "1  universal\n2  additional\n3  complex\n4  statutory"
    rules = book["caf"].data_validations.dataValidation
    lists = {str(rule.sqref): rule.formula1 for rule in rules if rule.type == "list"}
    assert lists == {"D2:D2001": "=Codes!$A$1:$A$10", "E2:E2001": "=Codes!$B$1:$B$4"}


def test_a_template_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "caf.xlsx"
    path.write_text("filled in")
    with pytest.raises(BadInput, match="There is a file of this name already"):
        write_template(TABLES["caf"], path)
    assert path.read_text() == "filled in"
