"""The application's own database role: made for the test and tried. It adds to the trail and cannot change it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from safeboard.foundation.agencies.models import Team
from safeboard.foundation.audit.chain import verify
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.audit.rights import grant_rights, make_role
from safeboard.foundation.kernel.errors import BadInput
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]

ROLE = "synthetic application"


@pytest.fixture
def application(transactional_db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection signed in as the application's role."""
    with connection.cursor() as cursor:
        make_role(cursor, ROLE, "a synthetic password")
        grant_rights(cursor, ROLE)
    settings = connection.get_connection_params()
    words = {key: settings[key] for key in ("dbname", "host", "port", "password") if settings.get(key)}
    with psycopg.connect(user=ROLE, autocommit=True, **words) as signed_in:
        yield signed_in
    with connection.cursor() as cursor:
        cursor.execute(f'DROP OWNED BY "{ROLE}"; DROP ROLE "{ROLE}"')


def test_it_works_on_records_and_what_it_does_is_noted(application: "psycopg.Connection[tuple[object, ...]]") -> None:
    agency = house().agencies["police"]
    application.execute("SELECT set_config('safeboard.who', '7', false)")
    application.execute("INSERT INTO agencies_team (agency_id, name) VALUES (%s, 'Synthetic team')", [agency.pk])
    application.execute("SELECT audit_note('opened', 'person', '1', '{}')")
    assert Team.objects.count() == 1
    assert list(TrailEntry.objects.filter(who="7").order_by("number").values_list("did", "kind")) == [
        ("added", "agencies_team"),
        ("opened", "person"),
    ]
    assert application.execute("SELECT count(*) FROM audit_trailentry WHERE who = '7'").fetchone() == (2,)
    assert verify().wrong == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_trailentry SET who = '8'",
        "DELETE FROM audit_trailentry",
        "TRUNCATE audit_trailentry",
        "INSERT INTO audit_trailentry (did, kind, object_id, details, block) VALUES ('opened', 'x', '', '{}', 1)",
        "ALTER TABLE audit_trailentry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_refuse ON audit_trailentry",
        "DROP TABLE audit_trailentry",
        "UPDATE audit_trailblock SET hash = ''",
        "DELETE FROM audit_trailblock",
        "INSERT INTO audit_trailblock (key, xact, entries, digest, previous, hash) VALUES (9, '', 0, '', '', '')",
        "UPDATE audit_trailhead SET number = 0",
        "DELETE FROM audit_trailhead",
        "SELECT nextval('audit_block_key')",
        "SELECT setval('audit_entry_number', 1)",
        "ALTER TABLE agencies_agency DISABLE TRIGGER trail_of_changed",
        "DROP TRIGGER trail_of_changed ON agencies_agency",
        "TRUNCATE agencies_agency",
        "CREATE OR REPLACE FUNCTION audit_note_changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
    ],
)
def test_it_cannot_change_the_trail_or_go_round_it(
    application: "psycopg.Connection[tuple[object, ...]]", sql: str
) -> None:
    house()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(sql)
    assert verify().wrong == ()


def test_making_the_role_again_changes_nothing(application: object) -> None:
    with connection.cursor() as cursor:
        assert make_role(cursor, ROLE, "another password") is False
        grant_rights(cursor, ROLE)


@pytest.mark.usefixtures("application")
def test_an_owner_who_may_not_make_roles_is_told_what_to_do() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{ROLE}"')
        try:
            with pytest.raises(BadInput) as refused:
                make_role(cursor, "another", "a synthetic password")
        finally:
            cursor.execute("RESET ROLE")
    assert str(refused.value).startswith("DATABASE_URL: This role may not make other roles.")
