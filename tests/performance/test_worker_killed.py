"""A real worker is killed in the middle of reading files and of counting figures: each is done once, and no part of it
can be seen before all of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from safeboard.figures.performance.codes import Audience, Origin, ReportState, SnapshotState, UploadState
from safeboard.figures.performance.given_up import fail_what_was_given_up
from safeboard.figures.performance.kept_files import folder_of_upload
from safeboard.figures.performance.models import FigureRow, HouseSnapshot, PublishedReport, Upload, UploadProblem
from safeboard.figures.performance.publishing import prepare
from safeboard.figures.performance.services import give_files, make_snapshot, read_again
from safeboard.figures.performance.tasks import end_waiting
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.site.tasks import MOST_TRIES
from tests.bad_days.test_worker_killed import rescue_is_due, silence, worker
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import House, house
from tests.performance.making import WRONG_PLANS, a_failed_upload, a_snapshot, an_upload, tables

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]

PROGRESS = "LOCK TABLE signing_in_cache IN ACCESS EXCLUSIVE MODE"
"""Holds up who tells how far the reading is: everything is opened then, and nothing staged."""


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def taken(table: str, number: int, other: str = "") -> str:
    """Takes, for a transaction that stays open, the key of the row that will be written so many rows later.

    It is a copy of the newest row; `other` says what of it has to be different.
    """
    like = f"CREATE TEMPORARY TABLE held ON COMMIT DROP AS SELECT * FROM {table} ORDER BY id DESC LIMIT 1"
    ahead = f"UPDATE held SET {other} id = {number} + (SELECT last_value FROM {table}_id_seq)"
    return f"{like}; {ahead}; INSERT INTO {table} SELECT * FROM held"


def forget_jobs(but: str = "", of: str = "") -> None:
    """Empty the queue, but for one job of one thing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE NOT (task_name = %s AND args::text LIKE %s)", [but, f"%{of}%"]
        )


@contextmanager
def held_up(*statements: str) -> Iterator[psycopg.Connection]:
    """Another connection does so and stays in its transaction."""
    with psycopg.connect(**connection.get_connection_params()) as other:  # type: ignore[arg-type]
        for statement in statements:
            other.execute(statement)
        yield other
        other.rollback()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database())"
        )
        (found,) = cursor.fetchone()
    return bool(found)


def until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.05)


def killed_while(*statements: str) -> None:
    """A worker begins, is held up by these statements of somebody else's, and is killed while it waits."""
    with held_up(*statements), worker() as first:
        until(somebody_waits)
        first.kill()
        first.wait()
    until(lambda: not somebody_waits())


def the_next_worker() -> None:
    silence()
    rescue_is_due()
    with worker("--one-shot") as second:
        assert second.wait(120) == 0


def jobs(task: str) -> list[tuple[str, int]]:
    return list(ProcrastinateJob.objects.filter(task_name=task).values_list("status", "attempts"))


def seen(here: House, upload: Upload) -> tuple[str, int, int, int]:
    """What the pages show: the upload's state, its problems, its snapshots, and figures of any."""
    upload.refresh_from_db()
    assert here.client("analyst").get(f"/performance/uploads/{upload.pk}/").status_code == 200
    return upload.state, upload.problems.count(), HouseSnapshot.objects.count(), FigureRow.objects.count()


def times_it_became(row: Upload | HouseSnapshot, kind: str, state: str) -> int:
    entries = TrailEntry.objects.filter(kind=kind, object_id=str(row.pk), did=Did.CHANGED)
    return sum(entry.details.get("state", ["", ""])[1] == state for entry in entries)


def test_killed_in_the_middle_of_reading() -> None:
    here = house()
    upload = give_files(files=tables(), by=here.viewer("analyst"))
    killed_while(PROGRESS)
    left = [path.name for path in folder_of_upload(upload).iterdir() if path.name.startswith(".")]
    assert (len(left), left[0][:11]) == (1, ".safeboard-")
    assert seen(here, upload) == (UploadState.READING, 0, 0, 0)
    the_next_worker()
    assert jobs("performance.read_upload") == [("succeeded", 2)]
    assert seen(here, upload) == (UploadState.READY, 1, 0, 0)
    assert times_it_became(upload, "performance_upload", UploadState.READY) == 1
    assert sorted(path.suffix for path in folder_of_upload(upload).iterdir()) == ["", "", "", ".snapshot"]


def test_killed_in_the_middle_of_writing_down_what_is_wrong() -> None:
    """One row of several is written when it is killed: the transaction ends with the worker, so none is there."""
    here = house()
    earlier = an_upload(here, WRONG_PLANS)
    forget_jobs()
    upload = give_files(files=tables(WRONG_PLANS), by=here.viewer("analyst"))
    killed_while(taken("performance_uploadproblem", 2))
    assert seen(here, upload) == (UploadState.READING, 0, 0, 0)
    the_next_worker()
    assert seen(here, upload) == (UploadState.WRONG, earlier.problems.count(), 0, 0)
    assert UploadProblem.objects.filter(upload=upload).count() > 1
    assert times_it_became(upload, "performance_upload", UploadState.WRONG) == 1


def test_killed_in_the_middle_of_keeping_figures() -> None:
    here = house()
    half = a_snapshot(here).figures.count() // 2
    snapshot = make_snapshot(upload=Upload.objects.get(), year="2023-24", by=here.viewer("analyst"))
    forget_jobs(but="performance.measure_snapshot", of=str(snapshot.pk))
    killed_while(taken("performance_figurerow", half, "measure = 'held',"))
    snapshot.refresh_from_db()
    assert (snapshot.state, snapshot.figures.count()) == (SnapshotState.MEASURING, 0)
    address = f"/performance/snapshots/{snapshot.pk}/"
    assert [here.client(role).get(address).status_code for role in ("analyst", "chair")] == [200, 404]
    the_next_worker()
    snapshot.refresh_from_db()
    assert (snapshot.state, snapshot.figures.count() > half) == (SnapshotState.READY, True)
    assert times_it_became(snapshot, "performance_housesnapshot", SnapshotState.READY) == 1


def test_files_whose_reading_was_given_up_can_be_tried_again() -> None:
    """The reading ended its worker three times: the page says so, and one button lets another worker read them."""
    here = house()
    analyst = here.client("analyst")
    upload = give_files(files=tables(), by=here.viewer("analyst"))
    killed_while(PROGRESS)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [MOST_TRIES - 1])
    fail_what_was_given_up(timezone.now())
    assert seen(here, upload)[0] == UploadState.READING
    the_next_worker()
    assert jobs("performance.read_upload")[0][0] == "failed"
    end_waiting(timestamp=0)
    page = analyst.get(f"/performance/uploads/{upload.pk}/").content.decode()
    assert seen(here, upload) == (UploadState.FAILED, 0, 0, 0)
    assert "Try again; if it stops again, tell your system administrator." in page
    assert f'href="/performance/uploads/{upload.pk}/again/"' in page
    answer = analyst.post(f"/performance/uploads/{upload.pk}/again/", follow=True)
    assert "The files are being read again." in answer.content.decode()
    with worker("--one-shot") as last:
        assert last.wait(120) == 0
    assert seen(here, upload) == (UploadState.READY, 1, 0, 0)
    refused = analyst.post(f"/performance/uploads/{upload.pk}/again/")
    assert "These files do not wait to be tried again." in refused.content.decode()


def test_snapshots_and_reports_do_not_wait_for_ever_either() -> None:
    here = house()
    report = prepare(snapshot=a_snapshot(here), audience=Audience.BOARD, by=here.viewer("analyst"))
    snapshot = make_snapshot(upload=Upload.objects.get(), year="2023-24", by=here.viewer("analyst"))
    live = HouseSnapshot.objects.create(**{**fields_of(snapshot), "origin": Origin.LIVE, "upload": None})
    app.configure_task("performance.freeze_all_live_records").defer(timestamp=0)
    end_waiting(timestamp=0)
    assert states(snapshot, report, live) == [SnapshotState.MEASURING, ReportState.WAITING, SnapshotState.MEASURING]
    forget_jobs()
    end_waiting(timestamp=0)
    assert states(snapshot, report, live) == [SnapshotState.FAILED, ReportState.FAILED, SnapshotState.FAILED]


def fields_of(snapshot: HouseSnapshot) -> dict[str, object]:
    names = ("area", "made_at", "starts_on", "ends_on", "reference_date", "manifest", "rows_in_all")
    return {"identity": "0" * 64, **{name: getattr(snapshot, name) for name in names}}


def states(*rows: HouseSnapshot | PublishedReport) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_who_may_not_add_cannot_have_them_tried_again() -> None:
    here = house()
    upload = a_failed_upload(here)
    with pytest.raises(PermissionDenied):
        read_again(upload=upload, by=here.viewer("chair"))
    assert here.client("chair").post(f"/performance/uploads/{upload.pk}/again/").status_code == 404
    assert seen(here, upload)[0] == UploadState.FAILED
