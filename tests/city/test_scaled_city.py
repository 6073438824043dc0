"""Cities of any size: as many children as asked for, clean, and the same again."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from safeboard.figures.census.check import check_census
from safeboard.figures.city.casework import reviews
from safeboard.figures.city.draws import seeded
from safeboard.figures.city.scaled import write_city
from safeboard.figures.exchange.load import load
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import run
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.periods import Period
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


@pytest.mark.parametrize(("late", "punctual"), [(0, True), (1, False)])
@pytest.mark.parametrize("seed", range(20))
def test_reviews_are_all_on_time_or_all_late_where_that_is_asked_for(seed: int, late: float, punctual: bool) -> None:
    started, last = date(2020, 4, 1), date(2025, 3, 31)
    held = reviews(seeded(f"plan {seed}"), started, last, held_at_end=False, late=late)
    due = [add_months(started, 3), *(add_months(day, 6) for day in held)]
    assert [day <= limit for day, limit in zip(held, due, strict=False)] == [punctual] * len(held)
    assert len(held) >= 8


def test_some_reviews_of_the_city_are_late_and_most_are_not(files: tuple[Path, ...], tmp_path: Path) -> None:
    load(files, to=tmp_path / "city.snapshot")
    with open_snapshot(tmp_path / "city.snapshot") as snapshot:
        years = [run([MEASURES["ni_67"]], snapshot, Period.year_ending(year), None)[0] for year in range(2023, 2027)]
    on_time, of = (sum(getattr(each, side) for each in years) for side in ("numerator", "denominator"))
    assert of > 50
    assert of * 3 // 4 < on_time < of


def test_the_same_seed_gives_the_same_city_and_another_seed_another(files: tuple[Path, ...], tmp_path: Path) -> None:
    again = write_city(tmp_path / "again", children=CHILDREN, years=5, seed=7, last_year=2026)
    other = write_city(tmp_path / "other", children=CHILDREN, years=5, seed=8, last_year=2026)
    assert [path.read_bytes() == first.read_bytes() for path, first in zip(again, files, strict=True)] == [True] * 13
    assert [path.read_bytes() == first.read_bytes() for path, first in zip(other, files, strict=True)] == [False] * 13


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
    with pytest.raises(BadInput) as refused:
        write_city(tmp_path / "file", children=10, years=1, seed=1)
    assert str(refused.value).startswith(f"{tmp_path / 'file'}: The file could not be read or written: ")
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


FILL = """
import resource, signal, sys
from pathlib import Path
from safeboard.foundation.kernel.errors import BadInput
from safeboard.figures.city.scaled import write_city

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
try:
    write_city(Path(sys.argv[1]), children=500, years=1, seed=1)
except BadInput as bad:
    print(bad)
"""


def test_a_disk_that_fills_leaves_nothing_and_names_the_folder_as_it_was_given(tmp_path: Path) -> None:
    """A limit on the size of a file stands for the full disk."""
    to = tmp_path / "new" / "city"
    words = [sys.executable, "-c", FILL, to]
    environment = {**os.environ, "PYTHONPATH": "."}
    said = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    assert said.stdout.startswith(f"{to}: There is no room left to write; nothing has been kept. ")
    assert list(tmp_path.iterdir()) == []
