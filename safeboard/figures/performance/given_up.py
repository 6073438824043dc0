"""Ends the waiting for jobs that nobody will do: given up after several tries, or lost with their queue.

What waits says so on its page until its job has written down how it ended. A job that was given up writes nothing.
"""

from datetime import datetime
from typing import Any, Final

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from safeboard.figures.performance.codes import Origin, ReportState, SnapshotState, UploadState
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport, Upload
from safeboard.foundation.audit.trail import acts

ALIVE: Final = ("todo", "doing")
"""What the queue says of a job that somebody does, or will do."""

FREEZE: Final = ("performance.freeze_live_records", "performance.freeze_all_live_records")
"""The jobs that count a snapshot of live records, which is made in the middle of them."""


def fail_what_was_given_up(now: datetime) -> None:
    """Let everything fail that waits for a job which is neither in the queue nor in somebody's hands.

    A job and what waits for it are put down in one transaction, and its outcome before the job is over: so nothing
    that is still worked on is met.
    """
    acts(who="", purpose="The work on it was given up")
    uploads = Upload.objects.filter(state__in=[UploadState.WAITING, UploadState.READING])
    uploads.exclude(Exists(_living("upload"))).update(state=UploadState.FAILED, finished_at=now)
    snapshots = HouseSnapshot.objects.filter(state=SnapshotState.MEASURING).exclude(Exists(_living("snapshot")))
    freezing = ProcrastinateJob.objects.filter(status__in=ALIVE, task_name__in=FREEZE)
    snapshots.exclude(Q(origin=Origin.LIVE) & Exists(freezing)).update(state=SnapshotState.FAILED)
    reports = PublishedReport.objects.filter(state=ReportState.WAITING)
    reports.exclude(Exists(_living("report"))).update(state=ReportState.FAILED)


def _living(argument: str) -> QuerySet[Any]:
    """The living jobs that were given the key of the row asked about."""
    jobs = ProcrastinateJob.objects.filter(status__in=ALIVE)
    named = jobs.annotate(about=KeyTextTransform(argument, "args"))
    found: QuerySet[Any] = named.filter(about=Cast(OuterRef("pk"), CharField()))
    return found
