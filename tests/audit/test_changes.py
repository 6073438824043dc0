"""Changes are noted by the database: on every table of ours, whatever way they are made, secrets unseen."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from safeboard.foundation.agencies.models import Agency, Site, Team
from safeboard.foundation.audit.chain import verify
from safeboard.foundation.audit.models import Did, TrailBlock, TrailEntry
from safeboard.foundation.audit.triggers import TRIGGERS, UNWATCHED, present_triggers, watched
from tests.audit.tampering import close
from tests.house.synthetic import house

pytestmark = pytest.mark.django_db

KEPT_BY_THE_DATABASE = {"matching_searchdocument"}
"""Worked out by the database from watched tables: what changes there was noted where it came from."""


def noted_of(table: str) -> list[tuple[str, str, object]]:
    rows = TrailEntry.objects.filter(kind=table).order_by("number")
    return [(row.did, row.object_id, row.details) for row in rows]


def test_every_table_of_ours_is_watched() -> None:
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("safeboard.")
    }
    assert ours - UNWATCHED - KEPT_BY_THE_DATABASE <= watched(apps.get_models(include_auto_created=True)).keys()
    with connection.cursor() as cursor:
        present = present_triggers(cursor)
    assert {table: names for table, names in present.items() if names == TRIGGERS.keys()}.keys() == (
        watched(apps.get_models(include_auto_created=True)).keys()
    )


def test_an_update_of_many_rows_is_noted_row_by_row() -> None:
    house()
    Agency.objects.filter(kind__in=["police", "health"]).update(ended_on=date(2026, 3, 31))
    changed = TrailEntry.objects.filter(kind="agencies_agency", did=Did.CHANGED)
    assert [entry.details for entry in changed] == [{"ended_on": [None, "2026-03-31"]}] * 2


def test_an_update_that_changes_nothing_is_not_noted() -> None:
    house()
    before = TrailEntry.objects.count()
    Agency.objects.filter(kind="police").update(kind="police")
    Agency.objects.filter(kind="housing").update(kind="police")
    assert TrailEntry.objects.count() == before


def test_raw_sql_is_noted() -> None:
    agency = house().agencies["police"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agencies_team (agency_id, name) VALUES (%s, 'Synthetic team') RETURNING id", [agency.pk]
        )
        key = cursor.fetchone()[0]
        cursor.execute("UPDATE agencies_team SET name = 'Another' WHERE id = %s", [key])
        cursor.execute("DELETE FROM agencies_team WHERE id = %s", [key])
    assert noted_of("agencies_team") == [
        ("added", str(key), {"id": [None, key], "name": [None, "Synthetic team"], "agency_id": [None, agency.pk]}),
        ("changed", str(key), {"name": ["Synthetic team", "Another"]}),
        ("removed", str(key), {"id": [key, None], "name": ["Another", None], "agency_id": [agency.pk, None]}),
    ]


def test_a_row_whose_key_is_changed_is_removed_and_added() -> None:
    team = Team.objects.create(agency=house().agencies["police"], name="Synthetic team")
    Team.objects.filter(pk=team.pk).update(id=team.pk + 1000)
    kinds = [(did, key) for did, key, _ in noted_of("agencies_team")]
    assert sorted(kinds[1:]) == [("added", str(team.pk + 1000)), ("removed", str(team.pk))]


def test_a_row_put_or_changed_in_one_statement_is_noted_as_what_it_was() -> None:
    agency = house().agencies["police"]
    rows = [Site(agency=agency, name="Synthetic site", address=address) for address in ("1 Road", "2 Road")]
    for row in rows:
        Site.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["agency", "name"], update_fields=["address"]
        )
    assert [(did, sorted(said)) for did, _, said in noted_of("agencies_site")] == [  # type: ignore[call-overload]
        ("added", ["address", "agency_id", "id", "name"]),
        ("changed", ["address"]),
    ]


def test_loading_by_copy_is_noted_in_one_block() -> None:
    agency = house().agencies["police"]
    close()
    with connection.cursor() as cursor, cursor.copy("COPY agencies_team (agency_id, name) FROM STDIN") as copy:
        for number in range(500):
            copy.write_row((agency.pk, f"Synthetic team {number}"))
    close()
    entries = TrailEntry.objects.filter(kind="agencies_team")
    assert (entries.count(), entries.values("block").distinct().count()) == (500, 1)
    assert TrailBlock.objects.earliest("-number").entries == 500
    assert verify().wrong == ()


def test_a_password_is_noted_as_changed_without_its_value() -> None:
    user = house().user("chair")
    user.set_password("another long password")
    user.save()
    entry = TrailEntry.objects.filter(kind="access_user", did=Did.CHANGED).first()
    assert entry is not None
    assert entry.details == {"password": ["hidden", "hidden"]}
