"""The pages of reports: read, approved or turned down by another person, published, downloaded."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.figures.performance import selectors
from safeboard.figures.performance.codes import Audience, ReportState
from safeboard.figures.performance.forms import RemarkForm
from safeboard.figures.performance.kept_files import attachment, of_report
from safeboard.figures.performance.models import PublishedReport, ReportFile
from safeboard.figures.performance.publishing import approve, publish, turn_down
from safeboard.figures.performance.working import progress_of
from safeboard.figures.performance.writing import written_as
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, Happening, record_page

LABELS = {Audience.BOARD: "OFFICIAL-SENSITIVE", Audience.PUBLIC: "OFFICIAL"}
WORDS = {
    "report.html": "The report as a page",
    "report.pdf": "The report on paper (PDF)",
    "figures.xlsx": "Its figures as a workbook",
    "figures.json": "Its figures as data (JSON)",
    "problems.csv": "What was noted while reading",
}


@door(Module.PERFORMANCE, Action.OPEN)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report: its way to publication, and its files."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.OPEN)
    files = list(selectors.report_files(viewer, row))
    running = row.state == ReportState.WAITING
    return record_page(
        request,
        kind="published_report",
        record=row,
        title=f"Performance report {row.snapshot.period.label}",
        facts=(("State", row.get_state_display()), ("Area", row.area.name), ("Label", label_of(row))),
        cards=[_card(row)],
        timeline=_timeline(row),
        buttons=_buttons(viewer, row),
        extra_template="performance/report.html",
        context={
            "report": row,
            "running": running,
            "progress": progress_of(row.pk) if running else "",
            "files": _in_order(files),
            "own": row.state == ReportState.PREPARED and row.prepared_by_id == viewer.user.pk,
        },
    )


def _in_order(files: Sequence[ReportFile]) -> list[tuple[ReportFile, str]]:
    """What is read stands first, then what is calculated with."""
    names = list(WORDS)
    ordered = sorted(files, key=lambda file: names.index(file.name) if file.name in WORDS else len(names))
    return [(file, WORDS.get(file.name, file.name)) for file in ordered]


def label_of(row: PublishedReport) -> str:
    """How its files are to be handled."""
    return LABELS[Audience(row.audience)]


def _card(row: PublishedReport) -> Card:
    return Card(
        "This report",
        [
            ("For whom", row.get_audience_display(), ""),
            ("Snapshot", f"{row.snapshot}, hash {row.snapshot.identity[:16]}…", ""),
            ("Prepared by", row.prepared_by.name, ""),
            ("Looked at by", row.decided_by.name if row.decided_by else None, ""),
            ("Remark", row.remark, ""),
        ],
    )


def _timeline(row: PublishedReport) -> list[Happening]:
    told = [Happening(row.prepared_at, "Prepared", row.prepared_by.name)]
    if row.decided_by and row.decided_at:
        down = row.state == ReportState.TURNED_DOWN
        told.append(Happening(row.decided_at, "Turned down" if down else "Approved", row.decided_by.name, row.remark))
    if row.published_by and row.published_at:
        told.append(Happening(row.published_at, "Published", row.published_by.name))
    return told[::-1]


def _buttons(viewer: Viewer, row: PublishedReport) -> list[Button]:
    if not may(viewer, Action.VERIFY, row):
        return []
    if row.state == ReportState.PREPARED and row.prepared_by_id != viewer.user.pk:
        return [
            Button("Approve", reverse("performance-approve", args=[row.pk]), main=True),
            Button("Turn down", reverse("performance-turn-down", args=[row.pk])),
        ]
    if row.state == ReportState.APPROVED:
        return [Button("Publish", reverse("performance-publish", args=[row.pk]), main=True)]
    return []


@door(Module.PERFORMANCE, Action.OPEN)
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the writing is, for a page that asks again and again; when it is over the whole page is fetched."""
    row = _found(viewer_from(request), pk, Action.OPEN)
    if row.state == ReportState.WAITING:
        return render(request, "performance/report_progress.html", {"report": row, "progress": progress_of(pk)})
    return HttpResponse(headers={"HX-Refresh": "true"})


@door(Module.PERFORMANCE, Action.OPEN, file_by="GET")
def download(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """One frozen file. That it was taken is noted, with its label."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.OPEN)
    taken: ReportFile | None = selectors.report_files(viewer, row).filter(pk=file).first()
    if taken is None:
        raise Http404
    noted(request, Did.EXPORTED, "published_report", row.pk, {"file": taken.name, "label": label_of(row)})
    name = f"{label_of(row)}-{written_as(row.snapshot, taken)}"
    # As an attachment: a page with styles of its own is not to run as one of the house's.
    return attachment(of_report(taken), name)


@door(Module.PERFORMANCE, Action.VERIFY)
def approve_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve a report that another prepared."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.VERIFY)

    def act() -> str:
        approve(report=row, by=viewer)
        return "The report is approved. It can be published now."

    return confirm_page(
        request,
        title="Approve this report",
        button="Approve",
        act=act,
        intro="You say that you have read it and that it may be published.",
        back=reverse("performance-report", args=[pk]),
    )


@door(Module.PERFORMANCE, Action.VERIFY)
def turn_down_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Turn a report down, and say why."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.VERIFY)

    def save(cleaned: dict[str, Any]) -> HttpResponse:
        turn_down(report=row, remark=cleaned["remark"], by=viewer)
        messages.success(request, "The report is turned down.")
        return redirect("performance-report", pk)

    return form_page(
        request,
        RemarkForm(request.POST if request.method == "POST" else None),
        title="Turn this report down",
        save=save,
        button="Turn down",
        intro="It is not published. Its files stay on record.",
        back=reverse("performance-report", args=[pk]),
    )


@door(Module.PERFORMANCE, Action.VERIFY)
def publish_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish a report that is approved."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.VERIFY)

    def act() -> str:
        publish(report=row, by=viewer)
        return "The report is published."

    return confirm_page(
        request,
        title="Publish this report",
        button="Publish",
        act=act,
        intro="Everybody in the area who may see performance pages, and figures as sensitive as these, can take it.",
        back=reverse("performance-report", args=[pk]),
    )


def _found(viewer: Viewer, pk: UUID, action: Action) -> PublishedReport:
    row = selectors.reports(viewer, action).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
