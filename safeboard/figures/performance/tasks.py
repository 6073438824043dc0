"""The worker's jobs of this room. Each may be begun again at any time: what is done already is not done twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate.contrib.django import app

from safeboard.figures.performance.given_up import fail_what_was_given_up
from safeboard.figures.performance.live import live_snapshot
from safeboard.figures.performance.measuring import measure
from safeboard.figures.performance.reading import read
from safeboard.figures.performance.writing import write
from safeboard.foundation.access.models import User
from safeboard.foundation.agencies.models import BoardArea

NIGHTLY = "30 2 * * *"
EVERY_MINUTE = "* * * * *"


@contextmanager
def _own_connection() -> Iterator[None]:
    """A thread of the worker lives long: a connection that broke, or is old, is not used again."""
    if connection.in_atomic_block:
        yield  # not in a worker's thread: the connection is somebody's who is in the middle of something
        return
    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()


@app.task(name="performance.read_upload")
def read_upload(upload: str) -> None:
    """Read the files of an upload."""
    with _own_connection():
        read(UUID(upload))


@app.task(name="performance.measure_snapshot")
def measure_snapshot(snapshot: str) -> None:
    """Count the figures of a snapshot."""
    with _own_connection():
        measure(UUID(snapshot))


@app.task(name="performance.write_report")
def write_report(report: str) -> None:
    """Write the files of a report."""
    with _own_connection():
        write(UUID(report))


@app.task(name="performance.freeze_live_records")
def freeze_live_records(area: int, by: int | None = None) -> None:
    """Freeze the live records of an area, because somebody asked."""
    with _own_connection():
        live_snapshot(
            BoardArea.objects.get(pk=area), timezone.now(), User.objects.filter(pk=by).first() if by else None
        )


@app.periodic(cron=NIGHTLY)
@app.task(name="performance.freeze_all_live_records")
def freeze_all_live_records(timestamp: int) -> None:
    """Freeze the live records of every area, each night."""
    with _own_connection():
        for area in BoardArea.objects.all():
            live_snapshot(area, timezone.now())


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="performance.end_waiting", queueing_lock="performance.end_waiting")
def end_waiting(timestamp: int) -> None:
    """Say of what waits for a job that was given up that it failed, so that somebody can try it again."""
    with _own_connection():
        fail_what_was_given_up(timezone.now())
