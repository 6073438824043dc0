"""The pages of snapshots: what is in one and where it came from, live records frozen on demand, withdrawal."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.figures.performance import selectors
from safeboard.figures.performance.codes import SnapshotState
from safeboard.figures.performance.forms import PrepareForm
from safeboard.figures.performance.models import HouseSnapshot
from safeboard.figures.performance.publishing import prepare
from safeboard.figures.performance.services import freeze_live, withdraw_snapshot
from safeboard.figures.performance.showing import manifest_of
from safeboard.figures.performance.working import progress_of
from safeboard.figures.reporting.document import Table
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Coverage, Manifest, Source
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.periods import Period
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page

KINDS = {"ssd": "Standard Safeguarding Dataset table", "sheet": "Sheet", "live": "Live records of this house"}


@door(Module.PERFORMANCE, Action.OPEN)
def snapshot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One snapshot: its hash, its sources, how many rows each table has and for which days it is whole."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.OPEN)
    manifest = manifest_of(row)
    running = row.state == SnapshotState.MEASURING
    return record_page(
        request,
        kind="snapshot",
        record=row,
        title=f"Snapshot of {row.period.label}",
        facts=(
            ("State", row.get_state_display()),
            ("Area", row.area.name),
            ("Records to", row.reference_date),
            ("Made", row.made_at),
        ),
        cards=[_card(row)],
        buttons=_buttons(viewer, row),
        hidden=frozenset({"manifest"}),
        extra_template="performance/snapshot.html",
        context={
            "snapshot": row,
            "running": running,
            "progress": progress_of(row.pk) if running else "",
            "sources": _sources(manifest),
            "tables": _tables(manifest),
            "missing": [table.title for name, table in TABLES.items() if name not in manifest.collected],
            "reports": list(selectors.reports(viewer, Action.OPEN).filter(snapshot=row)),
        },
    )


def _card(row: HouseSnapshot) -> Card:
    by = row.made_by.name if row.made_by else "the house, at night"
    return Card(
        "This snapshot",
        [
            ("Hash", row.identity, ""),
            ("Made from", row.get_origin_display(), ""),
            ("Made by", by, ""),
            ("Period", f"{row.starts_on:%-d %B %Y} to {row.ends_on:%-d %B %Y}, and the year before", ""),
            ("Rows", row.rows_in_all, ""),
        ],
    )


def _sources(manifest: Manifest) -> Table:
    rows = tuple((each.name, _kind(each), f"{each.sha256[:16]}…") for each in manifest.sources)
    return Table("Sources", ("Name", "What it is", "Hash"), rows)


def _kind(source: Source) -> str:
    if source.census_year:
        return f"Census return of {Period.year_ending(source.census_year).label}"
    return KINDS.get(source.kind, source.kind)


def _tables(manifest: Manifest) -> Table:
    rows = tuple(
        (TABLES[name].title, f"{manifest.row_counts.get(name, 0):,}", *_days(manifest.coverage.get(name)))
        for name in TABLES
        if name in manifest.collected
    )
    return Table("Tables", ("Table", "Rows", "Whole from", "to"), rows, numeric=(1,))


def _days(covered: Coverage | None) -> tuple[str, str]:
    return (in_words(covered.first), in_words(covered.last)) if covered else ("–", "–")


def _buttons(viewer: Viewer, row: HouseSnapshot) -> list[Button]:
    buttons = []
    if row.state == SnapshotState.READY:
        address = f"{reverse('performance-measures')}?snapshot={row.pk}&period={row.period.label}"
        buttons.append(Button("See its figures", address, main=True))
        if viewer.may(Module.PERFORMANCE, Action.ADD):
            buttons.append(Button("Prepare a report", reverse("performance-prepare", args=[row.pk])))
    if row.state != SnapshotState.WITHDRAWN and viewer.may(Module.PERFORMANCE, Action.CHANGE):
        buttons.append(Button("Withdraw", reverse("performance-snapshot-withdraw", args=[row.pk])))
    if row.upload_id and viewer.may(Module.PERFORMANCE, Action.ADD):
        buttons.append(Button("The files it was made from", reverse("performance-upload", args=[row.upload_id])))
    return buttons


@door(Module.PERFORMANCE, Action.OPEN)
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the counting is, for a page that asks again and again; when it is over the whole page is fetched."""
    row = _found(viewer_from(request), pk, Action.OPEN)
    if row.state == SnapshotState.MEASURING:
        context = {"snapshot": row, "progress": progress_of(pk)}
        return render(request, "performance/snapshot_progress.html", context)
    return HttpResponse(headers={"HX-Refresh": "true"})


@door(Module.PERFORMANCE, Action.CHANGE)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a snapshot back of which no report is made."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.CHANGE)

    def act() -> str:
        withdraw_snapshot(snapshot=row, by=viewer)
        return "The snapshot is withdrawn: no page shows its figures any more."

    return confirm_page(
        request,
        title="Withdraw this snapshot",
        button="Withdraw",
        act=act,
        intro="No page shows its figures any more. The files it was made from stay and can be loaded again.",
        back=reverse("performance-snapshot", args=[pk]),
    )


@door(Module.PERFORMANCE, Action.ADD)
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the live records of one's area now, without waiting for the night."""
    viewer = viewer_from(request)

    def act() -> str:
        freeze_live(by=viewer)
        return "The live records are being frozen. The snapshot appears in this list."

    return confirm_page(
        request,
        title="Freeze the live records now",
        button="Freeze them",
        act=act,
        intro="The records of this house as they are now become a snapshot, as they do every night.",
        back=reverse("performance-snapshots"),
    )


@door(Module.PERFORMANCE, Action.ADD)
def prepare_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a report of the snapshot written, for another person to approve."""
    viewer = viewer_from(request)
    row = _found(viewer, pk, Action.ADD)

    def save(cleaned: dict[str, Any]) -> HttpResponse:
        report = prepare(snapshot=row, audience=cleaned["audience"], by=viewer)
        return redirect("performance-report", report.pk)

    return form_page(
        request,
        PrepareForm(request.POST if request.method == "POST" else None),
        title=f"Prepare a report of {row.period.label}",
        save=save,
        button="Prepare it",
        intro="Its page, paper, workbook and figures are written and frozen. Another person approves it before it is "
        "published.",
        back=reverse("performance-snapshot", args=[pk]),
    )


def _found(viewer: Viewer, pk: UUID, action: Action) -> HouseSnapshot:
    row = selectors.snapshots(viewer, action).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
