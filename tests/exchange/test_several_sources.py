"""Several sources in one snapshot: the newest return is believed, older ones and tables add to it."""

from datetime import date
from pathlib import Path

import pytest

from safeboard.figures.exchange.load import load
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Coverage
from tests.exchange.loading import loaded, refused, told
from tests.exchange.small_returns import assessment, child, episode, plan, return_text, written


def years(folder: Path, *returns: tuple[int, str]) -> list[Path]:
    """A return for each of the years."""
    return [written(folder, return_text(text, year=year), f"cin-{year}.xml") for year, text in returns]


def test_the_newest_return_has_the_last_word_on_a_child_and_an_episode(tmp_path: Path) -> None:
    before = child("C1", episode("2023-05-01", plan("2023-06-01")))
    after = child("C1", episode("2023-05-01", plan("2023-06-01", "2024-06-01"), closed="2024-07-01"))
    files = years(
        tmp_path,
        (2024, before.replace("<Sex>F<", "<GenderCurrent>1<").replace("/Sex", "/GenderCurrent")),
        (2025, after),
    )
    for given in (files, files[::-1]):
        tables = loaded(*given).tables
        assert [row["pers_sex"] for row in tables["ssd_person"]] == ["F"]
        assert [row["cine_close_date"] for row in tables["ssd_cin_episodes"]] == [date(2024, 7, 1)]
        assert [row["cppl_cp_plan_end_date"] for row in tables["ssd_cp_plans"]] == [date(2024, 6, 1)]


def test_older_returns_add_the_children_and_episodes_that_newer_ones_lack(tmp_path: Path) -> None:
    before = child("C1", episode("2023-05-01", closed="2023-06-01")) + child(
        "C2", episode("2023-05-02", closed="2023-06-02")
    )
    result = loaded(*years(tmp_path, (2024, "".join(before)), (2025, child("C1", episode("2024-05-01")))))
    assert result.keys("ssd_person") == ["C1", "C2"]
    assert result.keys("ssd_cin_episodes") == ["C1/2023-05-01", "C1/2024-05-01", "C2/2023-05-02"]


def test_what_was_over_by_then_is_kept_under_an_episode_that_goes_on(tmp_path: Path) -> None:
    """A return holds only its own year's assessments and plans, so the older ones are in the older return alone."""
    day = "2023-05-01"
    before = episode(day, assessment(day, "2023-06-01", "2A"), plan("2023-06-01", "2023-12-01", "2023-08-01"))
    after = episode(day, assessment("2024-05-01", "2024-06-01", "3A"), plan("2024-08-01", "", "2024-10-01"))
    result = loaded(*years(tmp_path, (2024, child("C1", before)), (2025, child("C1", after))))
    assert result.keys("ssd_cin_assessments") == [f"C1/{day}/a2023-05-01", f"C1/{day}/a2024-05-01"]
    assert result.keys("ssd_assessment_factors") == [f"C1/{day}/a2023-05-01/2A", f"C1/{day}/a2024-05-01/3A"]
    assert result.keys("ssd_cp_plans") == [f"C1/{day}/p2023-06-01", f"C1/{day}/p2024-08-01"]
    assert result.keys("ssd_cp_reviews") == [
        f"C1/{day}/p2023-06-01/r2023-08-01",
        f"C1/{day}/p2024-08-01/r2024-10-01",
    ]


def test_what_was_open_and_is_not_repeated_was_corrected(tmp_path: Path) -> None:
    day = "2023-05-01"
    before = episode(day, assessment(day), plan("2023-06-01", "", "2023-08-01"))
    after = episode(day, assessment("2023-05-02", "2024-06-01", "3A"), plan("2023-06-02", "", "2023-08-01"))
    result = loaded(*years(tmp_path, (2024, child("C1", before)), (2025, child("C1", after))))
    assert result.keys("ssd_cin_assessments") == [f"C1/{day}/a2023-05-02"]
    assert result.keys("ssd_cp_plans") == [f"C1/{day}/p2023-06-02"]
    assert result.keys("ssd_cp_reviews") == [f"C1/{day}/p2023-06-02/r2023-08-01"]


def test_a_plan_open_in_both_returns_is_one_plan_with_the_reviews_of_both(tmp_path: Path) -> None:
    day = "2023-05-01"
    before = episode(day, plan("2023-06-01", "", "2023-08-01"))
    after = episode(day, plan("2023-06-01", "", "2024-08-01"))
    result = loaded(*years(tmp_path, (2024, child("C1", before)), (2025, child("C1", after))))
    assert len(result.tables["ssd_cp_plans"]) == 1
    assert [row["cppr_cp_review_date"] for row in result.tables["ssd_cp_reviews"]] == [
        date(2023, 8, 1),
        date(2024, 8, 1),
    ]


def test_open_episodes_that_no_later_return_has_are_noted(tmp_path: Path) -> None:
    before = [child(f"C{number}", episode("2023-05-01")) for number in (1, 2, 3)]
    before.append(child("C4", episode("2023-05-01").replace("<ReferralNFA>false", "<ReferralNFA>true")))
    files = years(tmp_path, (2024, "".join(before)), (2025, child("C1", episode("2023-05-01"))))
    problem = loaded(*files).loaded.noted[-1]
    assert (problem.message, problem.file, problem.child) == (
        "Open episodes of this return are in no later one and so count as open still: 2, the first of them here.",
        "cin-2024.xml",
        "C2",
    )


def test_years_in_a_row_are_covered_together(tmp_path: Path) -> None:
    files = years(tmp_path, (2024, child("C1")), (2025, child("C1")))
    coverage = load(files, to=tmp_path / "x.snapshot").manifest.coverage
    assert coverage["ssd_cp_plans"] == Coverage(date(2023, 3, 31), date(2025, 3, 31))


def test_a_year_left_out_is_noted_and_ends_what_is_covered(tmp_path: Path) -> None:
    files = years(tmp_path, (2023, child("C1")), (2025, child("C1")))
    report = load(files, to=tmp_path / "x.snapshot")
    assert report.manifest.coverage["ssd_cp_plans"] == Coverage(date(2024, 3, 31), date(2025, 3, 31))
    gap = [problem for problem in report.noted if problem.message.startswith("The sources leave days out")]
    assert [problem.found for problem in gap] == ["every day from 2024-03-31 to 2025-03-31"]


def test_returns_of_different_authorities(tmp_path: Path) -> None:
    files = [
        written(tmp_path, return_text(child("C1"), area=area, year=year), f"{area}.xml")
        for area, year in (("331", 2025), ("330", 2024))
    ]
    (problem,) = refused(*files)
    assert (problem.message, problem.remedy) == (
        "The sources are of different authorities; a snapshot holds one.",
        "Make one snapshot for each authority.",
    )
    assert told(problem) == {
        "file": "330.xml",
        "element": "LEA",
        "found": "331 (E08000026) in 331.xml; 330 (E08000025) in 330.xml",
        "expected": "one authority",
    }


def test_a_return_and_a_folder_of_different_authorities(tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    sheet(folder, "caf", "caf_assessment_id,caf_person_id,caf_completed_date", "1,C1,2024-05-01")
    sheet(folder, "extract", "area", "E08000026")
    (problem,) = refused(written(tmp_path, return_text()), folder)
    assert (problem.file, problem.element) == ("sheets", "area")
    assert problem.found == "990 (X99000001) in cin.xml; E08000026 in sheets"


@pytest.mark.parametrize("area", ["X99000001", "990", "reference city"])
def test_an_authority_called_by_two_of_its_names_is_one(tmp_path: Path, area: str) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    sheet(folder, "caf", "caf_assessment_id,caf_person_id,caf_completed_date", "1,C1,2024-05-01")
    sheet(folder, "extract", "area", area)
    assert loaded(written(tmp_path, return_text()), folder).keys("caf") == ["1"]


def test_two_returns_for_one_year(tmp_path: Path) -> None:
    files = [written(tmp_path, return_text(child(name)), f"{name}.xml") for name in ("a", "b")]
    (problem,) = refused(*files)
    assert problem.message == "Two returns of one authority for the same census year: a.xml is for it as well."
    assert (problem.file, problem.line) == ("b.xml", 2)


def test_one_file_twice(tmp_path: Path) -> None:
    file = written(tmp_path, return_text())
    (problem,) = refused(file, file)
    assert (problem.message, problem.remedy) == ("The file was given twice.", "Name it once.")


def test_every_source_that_is_none_is_named(tmp_path: Path) -> None:
    strange = written(tmp_path, "hello", "notes.docx")
    empty = written(tmp_path, "", "empty.csv")
    folder = tmp_path / "nothing"
    folder.mkdir()
    problems = refused(strange, empty, folder, tmp_path / "missing.xml")
    assert [(problem.file, problem.message) for problem in problems] == [
        ("notes.docx", "This is no file that can be read."),
        ("empty.csv", "The file is empty."),
        ("nothing", "This is a folder without any table or return in it."),
        (str(tmp_path / "missing.xml"), "There is no such file or folder."),
    ]
    assert all(problem.remedy for problem in problems)


def test_no_source_at_all(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="No source was given"):
        load([], to=tmp_path / "x.snapshot")


def test_the_area_given_is_used_where_no_source_names_one(tmp_path: Path) -> None:
    nameless = written(tmp_path, return_text().replace("<LEA>990</LEA>", "<LEA/>"), "nameless.xml")
    named = written(tmp_path, return_text())
    areas = [
        load([file], to=tmp_path / f"{file.stem}.snapshot", area="331").manifest.areas for file in (nameless, named)
    ]
    assert areas == [("331",), ("990",)]


def test_progress_is_told(tmp_path: Path) -> None:
    said: list[tuple[str, int, int | None]] = []
    files = [
        written(tmp_path, return_text()),
        sheet(tmp_path, "caf", "caf_assessment_id,caf_person_id,caf_completed_date"),
    ]
    load(files, to=tmp_path / "x.snapshot", progress=lambda what, done, total: said.append((what, done, total)))
    assert said == [("Reading cin.xml", 1, None), ("Reading caf.csv", 0, 1), ("Writing the snapshot", 0, None)]


def test_a_snapshot_alone_is_checked_and_copied(tmp_path: Path) -> None:
    made, copy = tmp_path / "made.snapshot", tmp_path / "copy.snapshot"
    first = load([written(tmp_path, return_text())], to=made)
    again = load([made], to=copy)
    assert (again.manifest, again.identity) == (first.manifest, first.identity)
    assert copy.read_bytes() == made.read_bytes()
    (problem,) = refused(made, written(tmp_path, return_text(year=2024), "other.xml"))
    assert problem.message == "A snapshot is never changed, so nothing can be added to it."


def test_the_same_sources_give_the_same_snapshot(tmp_path: Path) -> None:
    file = written(tmp_path, return_text())
    made = [load([file], to=tmp_path / f"{number}.snapshot").identity for number in (1, 2)]
    assert made[0] == made[1]
    assert (tmp_path / "1.snapshot").read_bytes() == (tmp_path / "2.snapshot").read_bytes()


def sheet(folder: Path, table: str, *lines: str) -> Path:
    """A CSV table with these lines."""
    return written(folder, "\n".join(lines) + "\n", f"{table}.csv")


COLUMNS = "cina_assessment_id,cina_person_id,cina_assessment_kind,cina_assessment_start_date"
BOTH = [f"C{number}/2012-05-01/a2012-05-01,C{number},CORE,2012-05-01" for number in (1, 2)]
ANOTHER = "other,C2,CORE,2012-05-01"


def with_assessment(folder: Path, year: int = 2013) -> Path:
    """A return from the days of initial and core assessments, with one assessment of each of two children."""
    day = f"{year - 1}-05-01"
    children = [child(name, episode(day, assessment(day, day))) for name in ("C1", "C2")]
    gender = [text.replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>") for text in children]
    return written(folder, return_text(*gender, year=year))


def test_a_table_adds_columns_to_a_returns_rows(tmp_path: Path) -> None:
    result = loaded(with_assessment(tmp_path), sheet(tmp_path, "ssd_cin_assessments", COLUMNS, *BOTH))
    assert [
        (row["cina_assessment_kind"], row["cina_assessment_auth_date"]) for row in result.tables["ssd_cin_assessments"]
    ] == [
        ("CORE", date(2012, 5, 1)),
        ("CORE", date(2012, 5, 1)),
    ]
    collected = result.loaded.manifest.collected["ssd_cin_assessments"]
    assert {"cina_assessment_kind", "cina_assessment_auth_date"} <= collected


@pytest.mark.parametrize(
    ("rows", "lost"),
    [
        (BOTH[:1], {"cina_assessment_kind"}),
        ([*BOTH, ANOTHER], {"cina_assessment_auth_date", "cina_referral_id", "cina_assessment_internal_review_date"}),
        (BOTH, set()),
    ],
)
def test_a_column_is_collected_only_if_it_is_for_every_row(tmp_path: Path, rows: list[str], lost: set[str]) -> None:
    result = loaded(with_assessment(tmp_path), sheet(tmp_path, "ssd_cin_assessments", COLUMNS, *rows))
    assert set(TABLES["ssd_cin_assessments"].names) - result.loaded.manifest.collected["ssd_cin_assessments"] == lost


def test_a_table_that_contradicts_a_return(tmp_path: Path) -> None:
    row = "C1/2012-05-01/a2012-05-01,C1,CORE,2012-05-02"
    (problem,) = refused(with_assessment(tmp_path), sheet(tmp_path, "ssd_cin_assessments", COLUMNS, row))
    assert problem.message.startswith("Assessment C1/2012-05-01/a2012-05-01: cin.xml, line ")
    assert told(problem) == {
        "file": "ssd_cin_assessments.csv",
        "line": 2,
        "child": "C1",
        "element": "cina_assessment_start_date",
        "found": "2012-05-02",
        "expected": "2012-05-01",
    }


def test_a_source_without_a_row_for_a_table_says_nothing_of_it(tmp_path: Path) -> None:
    """The return holds no assessment, so the sheet alone says what is collected and covered."""
    rows = [COLUMNS, "A1,C1,CORE,2012-05-01"]
    text = return_text(child("C1").replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>"), year=2013)
    manifest = loaded(written(tmp_path, text), sheet(tmp_path, "ssd_cin_assessments", *rows)).loaded.manifest
    assert manifest.collected["ssd_cin_assessments"] == frozenset(COLUMNS.split(","))
    assert manifest.coverage["ssd_cin_assessments"] == Coverage(date(2012, 4, 1), date(2013, 3, 31))
    assert manifest.coverage["ssd_cp_plans"] == Coverage(date(2012, 3, 31), date(2013, 3, 31))


def test_one_key_from_two_tables(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("north", "south")]
    for folder in folders:
        folder.mkdir()
        sheet(folder, "caf", "caf_assessment_id,caf_person_id,caf_completed_date", "1,C1,2024-05-01")
    (problem,) = refused(*folders)
    assert problem.message == (
        "Common assessment: 2 rows have this identifier; the first is in line 2 of north/caf.csv."
    )
    assert (problem.file, problem.line, problem.found) == ("south/caf.csv", 2, "1")
