"""A worker killed in the middle of a job: the job is done once, by the next worker, and nothing of it twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.database.server import Server
from safeboard.site.tasks import MOST_TRIES, SILENT_SECONDS, rescue_jobs
from tests.bad_days.tasks import FIRST, SECOND
from tests.house.live import trail_may_be_emptied

__all__ = ["trail_may_be_emptied"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    """The queue's tables are not among those that are emptied after a test."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


@contextmanager
def worker(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on the database of this test."""
    folder = Path(os.environ["SAFEBOARD_TEST_DATA"])
    database = os.environ.get("DATABASE_URL") or Server(folder / "postgres").url(connection.settings_dict["NAME"])
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "procrastinate", "worker", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.bad_days.settings"},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(file: Path) -> None:
    end = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < end, "The job was not begun."
        time.sleep(0.05)


def killed_in_it(begun: Path) -> None:
    """Begin the job in a worker of its own and kill that without a warning."""
    with worker() as first:
        wait_for(begun)
        first.send_signal(signal.SIGKILL)
        first.wait()


def silence() -> None:
    """The killed worker was last heard of long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - %s * interval '1 second'", [SILENT_SECONDS + 1]
        )


def rescue_is_due() -> None:
    """As every minute; a worker that was there at the full minute has put it into the queue already."""
    with suppress(AlreadyEnqueued):
        rescue_jobs.defer(timestamp=0)


def job(task: str) -> tuple[str, int]:
    found = ProcrastinateJob.objects.get(task_name=task)
    return found.status, found.attempts


def areas() -> list[str]:
    return sorted(BoardArea.objects.filter(code__in=(FIRST, SECOND)).values_list("code", flat=True))


def test_the_job_is_done_once(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    app.configure_task("two_areas").defer(begun=str(begun))
    killed_in_it(begun)
    assert (job("two_areas"), areas()) == (("doing", 0), [])
    silence()
    rescue_is_due()
    with worker("--one-shot") as second:
        assert second.wait(60) == 0
    assert (job("two_areas"), areas()) == (("succeeded", 2), [FIRST, SECOND])
    assert begun.read_text().splitlines() == ["half done", "half done"]


def test_a_job_of_a_worker_that_lives_is_left_alone(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    app.configure_task("ends_its_worker").defer(begun=str(begun))
    with worker():
        wait_for(begun)
        rescue_is_due()
        with worker("--one-shot") as second:
            assert second.wait(60) == 0
        assert job("ends_its_worker") == ("doing", 0)


def test_a_job_under_which_workers_end_again_and_again_is_given_up(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    app.configure_task("ends_its_worker").defer(begun=str(begun))
    killed_in_it(begun)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET attempts = %s WHERE task_name = 'ends_its_worker'", [MOST_TRIES - 1]
        )
    silence()
    rescue_is_due()
    with worker("--one-shot") as second:
        assert second.wait(60) == 0
    assert job("ends_its_worker")[0] == "failed"
