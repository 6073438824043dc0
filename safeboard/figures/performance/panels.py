"""What the first page says of performance: files that are not loaded yet, and reports that wait for somebody."""

from typing import Final

from django.urls import reverse
from django.utils import timezone

from safeboard.figures.performance import selectors
from safeboard.figures.performance.codes import ReportState, UploadState
from safeboard.figures.performance.registers import title_of_report
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.panels import Line, Panel

SHOWN: Final = 3


def performance(viewer: Viewer) -> Panel | None:
    """For who loads files, those that wait; for who approves reports, those that others prepared."""
    loads, approves = (viewer.may(Module.PERFORMANCE, each) for each in (Action.ADD, Action.VERIFY))
    if not (loads or approves):
        return None
    lines = [*(_uploads(viewer) if loads else ()), *(_reports(viewer) if approves else ())]
    address = reverse("performance-measures")
    return Panel("Performance", lines, address, "All figures", "No files and no report wait for you.")


def _uploads(viewer: Viewer) -> list[Line]:
    waiting = selectors.uploads(viewer, Action.ADD).filter(
        state__in=[UploadState.WRONG, UploadState.READY, UploadState.FAILED]
    )
    return [
        Line(
            "Files that were given",
            reverse("performance-upload", args=[row.pk]),
            timezone.localdate(row.made_at),
            row.get_state_display().lower(),
            row.state != UploadState.READY,
        )
        for row in waiting.order_by("-made_at")[:SHOWN]
    ]


def _reports(viewer: Viewer) -> list[Line]:
    waiting = selectors.reports(viewer, Action.VERIFY).filter(state__in=[ReportState.PREPARED, ReportState.APPROVED])
    return [
        Line(
            f"Performance report {title_of_report(row)}",
            reverse("performance-report", args=[row.pk]),
            timezone.localdate(row.prepared_at),
            "to publish" if row.state == ReportState.APPROVED else "to approve",
        )
        for row in waiting.exclude(state=ReportState.PREPARED, prepared_by=viewer.user).order_by("prepared_at")[:SHOWN]
    ]
