"""Live people as standard tables: the right columns, codes that the tables know, and each child once."""

from datetime import UTC, date, datetime

import pytest

from safeboard.casework.people.codes import PersonKind, RecordStatus
from safeboard.casework.people.models import Identifier, Person
from safeboard.casework.people.to_tables import COLLECTS, live_rows
from safeboard.figures.performance.live import LIVE_SOURCES, live_snapshot
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import Kind
from tests.house.synthetic import house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 25)


def test_what_is_collected_is_declared_and_stands_in_every_row() -> None:
    here = house()
    a_person(here, disabilities=["AUT", "LD"])
    for table, row in live_rows(here.area, ON):
        assert set(row) == COLLECTS[table] <= set(TABLES[table].names)
    assert LIVE_SOURCES["people"].collects == COLLECTS


def test_every_code_that_a_person_may_have_is_one_of_the_tables() -> None:
    for table, field in (("ssd_person", "sex"), ("ssd_person", "ethnicity")):
        column = TABLES[table].column(f"pers_{field}")
        held = {code for code, _ in Person._meta.get_field(field).flatchoices}
        assert (column.kind, set(column.codes or ())) == (Kind.CODE, held)


def test_children_of_the_area_and_nobody_else() -> None:
    here, there = house(), other_house()
    child = a_person(here, sex="F", ethnicity="MWBC", disabilities=["NONE"], expected_on=date(2018, 4, 20))
    unborn = a_person(here, kind=PersonKind.UNBORN, expected_on=date(2027, 1, 5))
    a_person(here, kind=PersonKind.ADULT)
    a_person(there)
    joined = a_person(here)
    Person.objects.filter(pk=joined.pk).update(status=RecordStatus.JOINED, joined_into=child)
    over = date(2020, 1, 1)
    numbers = [("upn", "A331000000001", None), ("former upn", "B331000000002", None), ("nhs", "9990000018", None)]
    for kind, value, ended in [*numbers, ("upn", "C331000000003", over)]:
        Identifier.objects.create(person=child, area=here.area, kind=kind, value=value, ended_on=ended)
    rows = list(live_rows(here.area, ON))
    assert sorted(row["pers_person_id"] for table, row in rows if table == "ssd_person") == sorted(
        [child.pk.hex, unborn.pk.hex]
    )
    found = {row["pers_person_id"]: row for table, row in rows if table == "ssd_person"}
    assert found[child.pk.hex] == {
        "pers_person_id": child.pk.hex,
        "pers_upn": "A331000000001",
        "pers_former_upn": "B331000000002",
        "pers_dob": date(2018, 5, 1),
        "pers_expected_dob": None,
        "pers_sex": "F",
        "pers_death_date": None,
        "pers_ethnicity": "MWBC",
    }
    assert found[unborn.pk.hex]["pers_expected_dob"] == date(2027, 1, 5)
    assert [row for table, row in rows if table == "ssd_disability"] == [
        {"disa_table_id": f"{child.pk.hex}-NONE", "disa_person_id": child.pk.hex, "disa_disability_code": "NONE"}
    ]
    assert list(live_rows(here.area, date(2026, 1, 1))) == []


def test_live_people_freeze_into_a_snapshot() -> None:
    here = house()
    a_person(here, sex="F", ethnicity="MWBC", disabilities=["NONE"])
    a_person(here, kind=PersonKind.UNBORN, expected_on=date(2027, 1, 5))
    frozen = live_snapshot(here.area, datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
    assert frozen is not None
    assert frozen.rows_in_all == 3
