"""Bringing the tables to this version: one process at a time, and only by a role that may."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from safeboard.site.house.migrating import LOCK, migrate
from tests.house.live import trail_may_be_emptied

__all__ = ["trail_may_be_emptied"]

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"


def _migrated() -> str:
    migrate()
    connection.close()
    return "done"


@pytest.mark.usefixtures("trail_may_be_emptied")
def test_whoever_comes_while_another_migrates_waits() -> None:
    settings = connection.get_connection_params()
    words = {key: settings[key] for key in ("dbname", "host", "port", "user", "password") if settings.get(key)}
    with psycopg.connect(autocommit=True, **words) as other, ThreadPoolExecutor(1) as beside:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        second = beside.submit(_migrated)
        end = time.monotonic() + 60
        while other.execute(WAITING, [LOCK]).fetchone() != (1,) and time.monotonic() < end:
            time.sleep(0.05)
        assert not second.done()
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        assert second.result(60) == "done"
