"""Cities of any size: as many children as asked for, clean, the same again, and the same as tables and as files."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from safeboard.figures.census.check import check_census
from safeboard.figures.city.scaled import city_tables, write_city
from safeboard.figures.exchange.load import load
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.schema import arrow_schema
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.kernel.errors import BadInput
from tests.city.plain_rules import findings

CHILDREN = 1_500


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_city(tmp_path_factory.mktemp("city"), children=CHILDREN, years=5, seed=7, last_year=2026)


def _returns(files: tuple[Path, ...]) -> list[Path]:
    return [path for path in files if path.suffix == ".xml"]


def test_it_writes_a_return_a_year_and_the_sheets(files: tuple[Path, ...]) -> None:
    assert [path.name for path in files] == [
        *(f"CIN_Census_{year}.xml" for year in range(2022, 2027)),
        "ssd_contacts.csv",
        "ssd_cla_episodes.csv",
        "conference_attendance.csv",
        "conference_issue.csv",
        "police_protection.csv",
        "domestic_violence_screening.csv",
        "mappa_case.csv",
        "caf.csv",
    ]


def test_its_returns_keep_every_rule_of_the_census(files: tuple[Path, ...]) -> None:
    assert {path.name: findings(path) for path in _returns(files)} == {path.name: [] for path in _returns(files)}


def test_the_department_would_find_nothing(files: tuple[Path, ...]) -> None:
    assert {path.name: check_census(path).findings for path in _returns(files)} == {
        path.name: () for path in _returns(files)
    }


def test_every_child_is_in_a_return_and_all_of_it_can_be_loaded(files: tuple[Path, ...], tmp_path: Path) -> None:
    loaded = load(files, to=tmp_path / "city.snapshot")
    with open_snapshot(tmp_path / "city.snapshot") as snapshot:
        (children,) = snapshot.connection.execute("SELECT count(*) FROM ssd_person").fetchone() or (0,)
    assert (children, [str(problem) for problem in loaded.noted]) == (CHILDREN, [])


def test_the_same_seed_gives_the_same_city_and_another_seed_another(files: tuple[Path, ...], tmp_path: Path) -> None:
    again = write_city(tmp_path / "again", children=CHILDREN, years=5, seed=7, last_year=2026)
    other = write_city(tmp_path / "other", children=CHILDREN, years=5, seed=8, last_year=2026)
    assert [path.read_bytes() == first.read_bytes() for path, first in zip(again, files, strict=True)] == [True] * 13
    assert [path.read_bytes() == first.read_bytes() for path, first in zip(other, files, strict=True)] == [False] * 13


def test_as_tables_it_has_the_rows_that_its_files_have(files: tuple[Path, ...], tmp_path: Path) -> None:
    load(files, to=tmp_path / "city.snapshot")
    counted: Counter[str] = Counter()
    for part in city_tables(children=CHILDREN, years=5, seed=7, last_year=2026, block=400):
        assert {name: table.schema for name, table in part.items()} == {
            name: arrow_schema(TABLES[name]) for name in part
        }
        counted.update({name: table.num_rows for name, table in part.items()})
    with open_snapshot(tmp_path / "city.snapshot") as snapshot:
        loaded = {
            name: (snapshot.connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() or (0,))[0]
            for name in TABLES
        }
    assert dict(counted) == {name: count for name, count in loaded.items() if count}


def test_a_block_is_no_larger_than_asked() -> None:
    parts = list(city_tables(children=950, years=1, seed=1, block=300))
    assert [part["ssd_person"].num_rows for part in parts] == [300, 300, 300, 50]
    assert isinstance(parts[0]["ssd_person"], pa.Table)


@pytest.mark.parametrize(("years", "last_year"), [(0, 2025), (12, 2025), (1, 2027), (1, 2014)])
def test_years_without_a_layout_are_refused_and_nothing_is_written(tmp_path: Path, years: int, last_year: int) -> None:
    with pytest.raises(BadInput, match="cannot have these years"):
        write_city(tmp_path / "city", children=10, years=years, seed=1, last_year=last_year)
    assert list(tmp_path.iterdir()) == []


def test_as_many_years_as_there_are_layouts_can_be_had(tmp_path: Path) -> None:
    files = write_city(tmp_path, children=20, years=11, seed=1)
    assert len(_returns(files)) == 11


def test_a_city_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(BadInput, match="could not be read or written"):
        write_city(tmp_path / "file", children=10, years=1, seed=1)
    (tmp_path / "city" / "caf.csv").mkdir(parents=True)
    with pytest.raises(BadInput, match="could not be read or written"):
        write_city(tmp_path / "city", children=10, years=1, seed=1)
    assert sorted(path.name for path in (tmp_path / "city").iterdir()) == ["caf.csv"]


def test_a_city_is_not_written_among_other_sources_and_writing_it_again_replaces_it(tmp_path: Path) -> None:
    first = write_city(tmp_path, children=10, years=1, seed=1)
    before = {path.name: path.read_bytes() for path in first}
    again = write_city(tmp_path, children=11, years=1, seed=1)
    assert [path.name for path in again] == [path.name for path in first]
    assert {path.name: path.read_bytes() for path in again} != before
    with pytest.raises(BadInput) as refused:
        write_city(tmp_path, children=10, years=1, seed=1, last_year=2024)
    (problem,) = refused.value.problems
    assert (problem.found, problem.remedy) == (
        "CIN_Census_2025.xml",
        "Name another folder with --out, or take those files away.",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in again)
