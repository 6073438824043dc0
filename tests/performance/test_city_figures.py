"""The reference city through the house: every figure kept and every row counted is the road's own."""

from collections.abc import Iterator

import pytest

from safeboard.figures.disclosure.figures import protect_figures
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import keys_of_figures
from safeboard.figures.performance.codes import PUBLISHED_THRESHOLD
from safeboard.figures.performance.counted import Run, read_run
from safeboard.figures.performance.kept_files import beside, frozen
from safeboard.figures.performance.models import FigureRow, HouseSnapshot
from safeboard.figures.performance.stored import figure_of
from safeboard.figures.reporting.building import build_report
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.kernel.periods import Period
from tests.performance.city import city, city_files, counted_once

__all__ = ["city", "city_files", "counted_once"]

pytestmark = pytest.mark.django_db
YEAR = Period.year_ending(2009)


@pytest.fixture(scope="module")
def road(city: HouseSnapshot) -> Iterator[Snapshot]:
    with open_snapshot(frozen(city.identity)) as opened:
        yield opened


def test_figures_kept_are_those_of_the_report(city: HouseSnapshot, road: Snapshot) -> None:
    figures = build_report(road, area=None, period=YEAR).figures
    rows = list(city.figures.all())
    assert [figure_of(row, full=True) for row in rows] == list(protect_figures(figures, MEASURES, 0))
    assert [figure_of(row, full=False) for row in rows] == list(protect_figures(figures, MEASURES, PUBLISHED_THRESHOLD))
    assert sum(row.value_hidden for row in rows) > 20  # something could leak


def test_rows_of_every_figure_are_those_it_counted(city: HouseSnapshot, road: Snapshot) -> None:
    compared = 0
    for measure in MEASURES.values():
        for period in (YEAR, YEAR.previous()):
            expected = keys_of_figures(measure, road, period)
            for row in city.figures.filter(measure=measure.id, starts_on=period.start):
                run = Run(row.keys_from, row.keys_count)
                read = [each.key for each in read_run(beside(city), measure, period, run)] if run.count else []
                assert read == expected.get(row.group, [])
                compared += len(read)
    assert compared > 100_000


def test_a_counted_thing_has_its_child_and_its_row(city: HouseSnapshot, road: Snapshot) -> None:
    row = FigureRow.objects.get(snapshot=city, measure="plans_open", group_column="", ends_on=YEAR.end)
    table = TABLES["ssd_cp_plans"]
    first = read_run(beside(city), MEASURES["plans_open"], YEAR, Run(row.keys_from + 7, 1))[0]
    names = [name for name in table.names if name not in (table.key, table.person)]
    asked = ", ".join(names)
    (told,) = road.connection.execute(
        f"SELECT {table.person}, {asked} FROM ssd_cp_plans WHERE {table.key} = ?", [first.key]
    ).fetchall()
    assert (first.child, *first.values.values()) == told


def test_a_family_is_no_row_of_a_table(city: HouseSnapshot) -> None:
    row = FigureRow.objects.get(snapshot=city, measure="police_protection_families", group_column="", ends_on=YEAR.end)
    read = read_run(beside(city), MEASURES["police_protection_families"], YEAR, Run(row.keys_from, row.keys_count))
    assert len(read) == row.numerator
    assert all(each.values == {} and each.key and each.child for each in read)
