"""The reference city, through the real road: two returns and sheets in, every figure of the printed report out."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeboard.figures.city.reference import impossible_figures, write_reference_city
from safeboard.figures.city.targets import Status, Target, reading, targets
from safeboard.figures.exchange.load import load
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import PopulationBase, run
from safeboard.figures.measures.figure import Figure
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.agencies.populations import population
from safeboard.foundation.kernel.periods import Period
from tests.city.plain_rules import findings

YEARS = ("2005-06", "2006-07", "2007-08", "2008-09")
Figures = dict[tuple[str, str, str], Figure]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_reference_city(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def city(sources: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    file = tmp_path_factory.mktemp("snapshot") / "city.snapshot"
    load(sources, to=file)
    with open_snapshot(file) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def figures(city: Snapshot) -> Figures:
    """Every figure that a target names, by measure, year and group."""
    return {
        (figure.measure, label, figure.group or ""): figure
        for label in YEARS
        for figure in run(
            [MEASURES[name] for name in sorted({target.measure for target in targets() if target.measure})],
            city,
            Period.parse(label),
            _base(Period.parse(label)),
        )
    }


def _base(period: Period) -> PopulationBase | None:
    found = population("X99000001", period.start.year)
    return PopulationBase(found.count, found.mid_year, found.vintage) if found else None


def _given(target: Target, figures: Figures) -> str:
    before = Period.parse(target.period).previous().label
    now = figures[target.measure, target.period, target.group]
    return reading(target, now, figures.get((target.measure, before, target.group)))


def test_every_fact_of_the_section_is_a_target() -> None:
    with Path(__file__).with_name("section_22_figures.csv").open(encoding="utf-8", newline="") as file:
        printed = [tuple(row.values()) for row in csv.DictReader(file)]
    assert [(target.id, str(target.line), target.value, target.unit) for target in targets()] == printed


def test_every_figure_that_is_possible_comes_out_as_printed(figures: Figures) -> None:
    reproduced = [target for target in targets() if target.status is Status.REPRODUCED]
    assert len(reproduced) == 60
    assert [(target.id, _given(target, figures)) for target in reproduced] == [
        (target.id, target.value) for target in reproduced
    ]


def test_every_direction_that_two_years_can_show_comes_out_as_printed(figures: Figures) -> None:
    shown = [target for target in targets() if target.status is Status.WORDING and target.attribute]
    assert [(target.id, _given(target, figures)) for target in shown] == [(target.id, target.value) for target in shown]


def test_what_is_impossible_is_so_in_the_city_too(figures: Figures) -> None:
    impossible = [target for target in targets() if target.status is Status.IMPOSSIBLE]
    assert [(target.id, target.value, _given(target, figures)) for target in impossible] == [
        ("age_1_4_increase_pct", "80", "81")
    ]


def test_the_impossible_figures_are_listed_with_their_reasons() -> None:
    assert [(figure.id, figure.line, figure.printed) for figure in impossible_figures()] == [
        ("cat_neglect_national_date", 1050, "31/03/2009"),
        ("conf_alcohol_0809", 1060, "23.7%"),
        ("conf_drug_0809", 1061, "18.7%"),
        ("age_1_4_increase_pct", 1069, "80%"),
        ("bme_plans_share", 1077, "22.9%"),
        ("ppp_trend", 1104, "up"),
    ]
    assert all(figure.reason for figure in impossible_figures())


@pytest.mark.parametrize(
    ("value", "of", "fits"),
    [("22.9", 300, False), ("22.9", 297, True), ("23.7", 381, False), ("18.7", 381, False), ("18.7", 337, True)],
)
def test_why_a_share_cannot_be_had_of_a_base(value: str, of: int, fits: bool) -> None:
    assert any(f"{(2000 * part + of) // (2 * of) / 10:.1f}" == value for part in range(of + 1)) is fits


def test_stock_and_flow_close(city: Snapshot) -> None:
    names = ("plans_open", "plans_started", "plans_ended")
    before, now = (
        [figure.numerator for figure in run([MEASURES[name] for name in names], city, Period.year_ending(year))]
        for year in (2008, 2009)
    )
    assert (before, now) == ([181, 158, 173], [300, 309, 190])


def test_the_kinds_of_assessment_are_collected_and_timed(city: Snapshot) -> None:
    names = ("ni_59", "ni_60", "ni_68", "assessments_within_45_days")
    found = run([MEASURES[name] for name in names], city, Period.year_ending(2009))
    whole = {figure.measure: (figure.collected, figure.denominator) for figure in found if figure.group is None}
    assert whole == {
        "ni_59": (True, 2473),
        "ni_60": (True, 826),
        "ni_68": (True, 3246),
        "assessments_within_45_days": (False, None),
    }


def test_its_returns_keep_every_rule_of_the_census(sources: tuple[Path, ...]) -> None:
    assert {path.name: findings(path) for path in sources if path.suffix == ".xml"} == {
        "CIN_Census_2008.xml": [],
        "CIN_Census_2009.xml": [],
    }


def test_it_is_the_same_city_every_time(sources: tuple[Path, ...], tmp_path: Path) -> None:
    again = write_reference_city(tmp_path / "again")
    assert [path.name for path in again] == [path.name for path in sources]
    assert [
        path.name for path, other in zip(again, sources, strict=True) if path.read_bytes() != other.read_bytes()
    ] == []


def test_no_return_looks_past_its_own_last_day(sources: tuple[Path, ...]) -> None:
    dates = sorted(line for line in sources[0].read_text(encoding="utf-8").splitlines() if _day(line) >= "2008-04")
    assert {line.split(">")[0].strip("<") for line in dates} == {"ExpectedPersonBirthDate", "InitialCPCtarget"}


def _day(line: str) -> str:
    text = line.split(">")[1].split("<")[0] if ">" in line else ""
    return text if text[:2] == "20" and text[4:5] == "-" else ""
