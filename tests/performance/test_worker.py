"""A real worker in a process of its own does the jobs of this room, one after the other."""

import time

import pytest
from django.db import connection

from safeboard.figures.performance.codes import Audience
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport, Upload
from safeboard.figures.performance.publishing import prepare
from safeboard.figures.performance.services import give_files, make_snapshot
from tests.bad_days.test_worker_killed import worker
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house
from tests.performance.making import tables

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]


def becomes(row: Upload | HouseSnapshot | PublishedReport, state: str) -> None:
    """Wait until the worker has brought the row so far."""
    end = time.monotonic() + 120
    while row.state != state:
        assert time.monotonic() < end, row.state
        time.sleep(0.2)
        row.refresh_from_db()


def test_files_given_become_a_published_reports_files() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
    here = house()
    analyst = here.viewer("analyst")
    with worker():
        upload = give_files(files=tables(), by=analyst)
        becomes(upload, "ready")
        snapshot = make_snapshot(upload=upload, year="", by=analyst)
        becomes(snapshot, "ready")
        assert snapshot.figures.filter(measure="plans_open", collected=True).exists()
        report = prepare(snapshot=snapshot, audience=Audience.PUBLIC, by=analyst)
        becomes(report, "prepared")
        assert report.files.count() == 5
