"""Live records into a snapshot: as the areas give them; what they do not cover is not collected; from row to record."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from safeboard.casework.people.models import Identifier
from safeboard.casework.people.to_tables import live_rows
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.performance import live
from safeboard.figures.performance.codes import SnapshotState
from safeboard.figures.performance.live import LiveSource, TableRow, live_snapshot, register
from safeboard.figures.performance.models import HouseSnapshot
from safeboard.figures.performance.services import freeze_live
from safeboard.figures.performance.tasks import freeze_all_live_records, freeze_live_records
from safeboard.figures.tables.catalogue import TABLES
from safeboard.foundation.agencies.models import BoardArea
from tests.house.synthetic import House, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 3, 2, 30, tzinfo=UTC)
PLANS = frozenset({"cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"})


@pytest.fixture
def here() -> House:
    return house()


def a_child(here: House, number: str = "", **more: object) -> str:
    """A synthetic child, with social care's own number where one is given; the number they are known by in rows."""
    person = a_person(here, kind="child", born_on=date(2015, 2, 3), **more)
    if number:
        issuer = here.agencies["social care"]
        Identifier.objects.create(person=person, area=here.area, kind="local", issuer=issuer, value=number)
    return number or person.pk.hex


@pytest.fixture
def plans(here: House) -> Iterator[list[TableRow]]:
    """A register of plans among the live sources, as a later area of the house would be."""
    rows: list[TableRow] = []

    def of_area(area: BoardArea, day: date) -> Iterator[TableRow]:
        yield from rows if area == here.area else ()

    register(LiveSource("plans of a test", {"ssd_cp_plans": PLANS}, of_area, first_day=date(2024, 4, 1)))
    yield rows
    del live.LIVE_SOURCES["plans of a test"]


def a_plan(number: int, child: str, starts: date, ends: date | None = None) -> TableRow:
    row = {"cppl_cp_plan_id": f"P{number}", "cppl_person_id": child}
    return "ssd_cp_plans", row | {"cppl_cp_plan_start_date": starts, "cppl_cp_plan_end_date": ends}


def test_every_row_fits_its_standard_table(here: House) -> None:
    a_child(here, "C17", disabilities=["MOB"])
    for table, row in live_rows(here.area, NIGHT.date()):
        assert set(row) <= set(TABLES[table].names)
        for name, value in row.items():
            codes = TABLES[table].column(name).codes
            assert value is None or codes is None or value in codes, (name, value)


def test_what_no_area_covers_reads_not_collected(here: House) -> None:
    a_child(here, "C17")
    snapshot = live_snapshot(here.area, NIGHT)
    assert snapshot is not None
    snapshot.refresh_from_db()
    assert (snapshot.state, snapshot.period.label, snapshot.rows_in_all) == ("ready", "2026-27", 1)
    now = snapshot.figures.filter(ends_on=snapshot.ends_on)
    assert set(now.values_list("measure", flat=True)) == set(MEASURES)
    assert set(now.values_list("collected", flat=True)) == {False}
    plans = now.get(measure="plans_started")
    assert plans.why_not == "No source holds child protection plan records (table ssd_cp_plans)."


def test_live_rows_are_counted_and_lead_to_the_record(here: House, plans: list[TableRow]) -> None:
    known, unknown, strange = a_child(here, "C17"), a_child(here), "not in the house"
    for number, child in enumerate((known, unknown, strange)):
        plans.append(a_plan(number, child, date(2025, 6, 1)))
    plans.append(a_plan(9, known, date(2024, 5, 1), date(2025, 5, 1)))
    snapshot = live_snapshot(here.area, NIGHT)
    assert snapshot is not None
    before = snapshot.figures.get(measure="plans_open", group_column="", ends_on=date(2026, 3, 31))
    assert (before.numerator, before.collected) == (3, True)
    rows = reverse("performance-rows", args=[before.pk])
    for role, links in (("safeguarding_manager", 2), ("analyst", 0)):
        html = here.client(role).get(rows).content.decode()
        assert html.count(", open the record") == links, role
        assert all(child in html for child in (known, unknown, strange))
    assert here.client("social_worker").get(rows).status_code == 404


def test_the_same_records_of_a_day_are_frozen_once(here: House, plans: list[TableRow]) -> None:
    plans.append(a_plan(1, a_child(here, "C17"), date(2025, 6, 1)))
    assert live_snapshot(here.area, NIGHT) is not None
    assert live_snapshot(here.area, NIGHT) is None
    plans.append(a_plan(2, "C17", date(2026, 6, 1)))
    assert live_snapshot(here.area, NIGHT) is not None
    assert HouseSnapshot.objects.count() == 2


def test_what_was_frozen_and_never_counted_is_counted_when_tried_again(here: House) -> None:
    """A worker was killed between freezing and counting."""
    a_child(here, "A1")
    first = live_snapshot(here.area, NIGHT)
    assert first is not None
    counted = first.figures.count()
    first.figures.all().delete()
    HouseSnapshot.objects.update(state=SnapshotState.MEASURING)
    assert live_snapshot(here.area, NIGHT) == first
    first.refresh_from_db()
    assert (first.state, first.figures.count(), counted > 0) == (SnapshotState.READY, counted, True)


def test_at_night_every_area_is_frozen_by_itself(here: House) -> None:
    a_child(here, "C17")
    a_child(other_house(), "D4")
    freeze_all_live_records.func(timestamp=0)
    made = {each.area.code: each.manifest["row_counts"]["ssd_person"] for each in HouseSnapshot.objects.all()}
    assert made == {here.area.code: 1, other_house().area.code: 1}
    assert list(HouseSnapshot.objects.values_list("made_by", flat=True)) == [None, None]


def test_on_demand_by_who_loads_files(here: House) -> None:
    assert here.client("chair").post(reverse("performance-freeze")).status_code == 404
    said = here.client("analyst").post(reverse("performance-freeze"), follow=True).content.decode()
    assert "The live records are being frozen." in said
    job = ProcrastinateJob.objects.get(task_name="performance.freeze_live_records")
    freeze_live_records.func(**job.args)
    assert HouseSnapshot.objects.get().made_by == here.user("analyst")
    freeze_live(by=here.viewer("analyst"))


def test_a_source_that_names_no_standard_column_is_refused() -> None:
    with pytest.raises(KeyError):
        register(LiveSource("wrong", {"ssd_person": frozenset({"pers_shoe_size"})}, live_rows))
    assert "wrong" not in live.LIVE_SOURCES
