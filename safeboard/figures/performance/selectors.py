"""Reads of this room. Every one starts from who is looking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure
from safeboard.figures.performance.codes import Origin, ReportState, SnapshotState
from safeboard.figures.performance.counted import Counted, Run, read_run
from safeboard.figures.performance.kept_files import beside, key_of
from safeboard.figures.performance.models import (
    FigureRow,
    HouseSnapshot,
    PublishedReport,
    ReportFile,
    ReturnFinding,
    SnapshotRows,
    Upload,
    UploadedFile,
    UploadProblem,
)
from safeboard.figures.performance.opening import withheld
from safeboard.figures.performance.stored import public_reports
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.periods import Period

ROWS_A_PAGE = 50


def uploads(viewer: Viewer | None, action: Action) -> QuerySet[Upload]:
    return visible(Upload.objects.select_related("area", "made_by"), viewer, action)


def uploaded_files(viewer: Viewer | None, action: Action) -> QuerySet[UploadedFile]:
    return visible(UploadedFile.objects.select_related("upload"), viewer, action)


def problems(viewer: Viewer | None, action: Action) -> QuerySet[UploadProblem]:
    """What is wrong in uploads; not of a child whose record is closed to the viewer."""
    rows = visible(UploadProblem.objects.select_related("upload"), viewer, action)
    for numbers in withheld(viewer) if viewer else ():
        rows = rows.exclude(child__in=numbers)
    return rows


def findings(viewer: Viewer | None, action: Action) -> QuerySet[ReturnFinding]:
    return visible(ReturnFinding.objects.select_related("upload"), viewer, action)


def snapshots(viewer: Viewer | None, action: Action) -> QuerySet[HouseSnapshot]:
    """Snapshots by state: those who make none see only such as are ready.

    Live records change by few from night to night: who may not see rows is shown what was made of files, or stands in a
    public report, else two nights laid side by side would tell of those few (docs/adr/0008).
    """
    rows = visible(HouseSnapshot.objects.select_related("area", "made_by"), viewer, action)
    with_rows = visible(SnapshotRows.objects.all(), viewer, Action.OPEN).order_by().values("pk")
    out = public_reports().filter(state=ReportState.PUBLISHED).values("snapshot")
    rows = rows.filter(Q(origin=Origin.UPLOAD) | Q(pk__in=out) | Q(pk__in=with_rows))
    makes = viewer is not None and viewer.may(Module.PERFORMANCE, Action.ADD)
    return rows if makes else rows.filter(state=SnapshotState.READY)


def reports(viewer: Viewer | None, action: Action) -> QuerySet[PublishedReport]:
    """Reports: those who neither prepare nor approve see only what is published."""
    rows = visible(
        PublishedReport.objects.select_related("area", "snapshot", "prepared_by", "decided_by", "published_by"),
        viewer,
        action,
    )
    works = viewer is not None and any(viewer.may(Module.PERFORMANCE, each) for each in (Action.ADD, Action.VERIFY))
    return rows if works else rows.filter(state=ReportState.PUBLISHED)


def report_files(viewer: Viewer, report: PublishedReport) -> QuerySet[ReportFile]:
    """The files of a report that the viewer has been found to see."""
    return visible(ReportFile.objects.filter(report=report), viewer, Action.OPEN)


def may_see_rows(viewer: Viewer, snapshot: HouseSnapshot) -> bool:
    """Whether the viewer may see what the figures of a snapshot counted, and so every small number too."""
    return visible(SnapshotRows.objects.filter(pk=snapshot.pk), viewer, Action.OPEN).exists()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The snapshot and period whose figures are shown, and those that could be. `full`: no number is hidden."""

    snapshot: HouseSnapshot
    period: Period
    full: bool
    offered: Sequence[HouseSnapshot]

    @property
    def periods(self) -> tuple[Period, Period]:
        """The periods of which the snapshot has every figure, the newest first."""
        return self.snapshot.period, self.snapshot.period.previous()

    @property
    def query(self) -> str:
        """What an address carries to choose the same again."""
        return f"snapshot={self.snapshot.pk}&period={self.period.label}"


def chosen(viewer: Viewer, snapshot: str = "", period: str = "") -> Chosen | None:
    """The snapshot and period asked for by key and label; else the newest made of files, else the newest of all.

    None where there is none that the viewer may open, or where the one asked for is not among them.
    """
    offered = list(snapshots(viewer, Action.OPEN).filter(state=SnapshotState.READY).order_by("-made_at"))
    taken = next((each for each in offered if each.pk == key_of(snapshot)), None) if snapshot else _first(offered)
    if taken is None:
        return None
    periods = {each.label: each for each in (taken.period, taken.period.previous())}
    if period and period not in periods:
        return None
    return Chosen(taken, periods.get(period, taken.period), may_see_rows(viewer, taken), offered)


def _first(offered: Sequence[HouseSnapshot]) -> HouseSnapshot | None:
    """Of the newest year, what files said before what live records say so far."""
    ranked = sorted(offered, key=_standing, reverse=True)
    return ranked[0] if ranked else None


def _standing(snapshot: HouseSnapshot) -> tuple[bool, date, float]:
    return snapshot.origin == Origin.UPLOAD, snapshot.ends_on, snapshot.made_at.timestamp()


def figures(viewer: Viewer, taken: Chosen, measure: Measure) -> list[FigureRow]:
    """The figures of one measure in the period chosen, the whole first."""
    rows = FigureRow.objects.filter(snapshot=taken.snapshot, measure=measure.id, ends_on=taken.period.end)
    return list(visible(rows, viewer, Action.OPEN).order_by("position"))


def figure_with_rows(viewer: Viewer, pk: int) -> FigureRow | None:
    """A figure whose rows the viewer may see; None for one that is not collected, withdrawn, or not theirs."""
    rows = FigureRow.objects.select_related("snapshot__area").filter(pk=pk, snapshot__state=SnapshotState.READY)
    row = visible(rows, viewer, Action.OPEN).first()
    if row is None or not row.collected or row.measure not in MEASURES:
        return None
    return row if may_see_rows(viewer, row.snapshot) else None


def children_withheld(viewer: Viewer) -> frozenset[str]:
    """The local identifiers of children whose rows are not the viewer's to see: their records are closed to them."""
    return frozenset(number for numbers in withheld(viewer) for (number,) in numbers)


def counted(figure: FigureRow, page: int) -> list[Counted]:
    """One page of what a figure counted that the viewer has been found to see the rows of. Pages count from 1."""
    start = (page - 1) * ROWS_A_PAGE
    run = Run(figure.keys_from + start, max(0, min(ROWS_A_PAGE, figure.keys_count - start)))
    if not run.count:
        return []
    return read_run(beside(figure.snapshot), MEASURES[figure.measure], figure.period, run)
