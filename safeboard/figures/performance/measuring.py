"""The worker's counting of a snapshot: every figure once, so that pages only read."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from safeboard.figures.disclosure.figures import protect_figures
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.figure import Figure
from safeboard.figures.performance.codes import PUBLISHED_THRESHOLD, SnapshotState
from safeboard.figures.performance.counted import Run, write_counted, write_table
from safeboard.figures.performance.kept_files import beside, frozen, made, remove_folder
from safeboard.figures.performance.models import FigureRow, HouseSnapshot
from safeboard.figures.performance.rules import official
from safeboard.figures.performance.stored import earlier_of, row_of
from safeboard.figures.performance.working import alone_on, telling
from safeboard.figures.reporting.building import build_report
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.manifest_file import manifest_bytes
from safeboard.figures.tables.snapshot import Manifest, Snapshot
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.kernel.periods import Period

Runs = Mapping[tuple[str, Period, str | None], Run]

_log = logging.getLogger(__name__)


def measure(pk: UUID) -> None:
    """Count every figure of a snapshot and keep it. Done once, however often it is begun."""
    row = HouseSnapshot.objects.select_related("area", "made_by").get(pk=pk)
    with alone_on(f"snapshot.{pk}", row.made_by, "Counting the figures of a snapshot") as mine:
        if not mine or not HouseSnapshot.objects.filter(pk=pk, state=SnapshotState.MEASURING).exists():
            return
        try:
            _measure(row)
        except Exception:
            _log.error("The figures of snapshot %s could not be counted", pk)
            remove_folder(_part(row))
            HouseSnapshot.objects.filter(pk=pk, state=SnapshotState.MEASURING).update(state=SnapshotState.FAILED)
            raise


def _measure(row: HouseSnapshot) -> None:
    tell = telling(row.pk)
    with open_snapshot(frozen(row.identity)) as snapshot:
        tell("Counting the figures", 0, None)
        figures = tuple(report_of(row, snapshot).figures)
        part = _part(row)
        remove_folder(part)  # what a worker that was killed left behind
        runs = _count(snapshot, figures, made(part), tell)
        remove_folder(beside(row))
        part.rename(beside(row))
    protected = protect_figures(figures, MEASURES, PUBLISHED_THRESHOLD, earlier_of(row))
    _keep(
        row,
        [
            row_of(row, position, figure, public, runs.get((figure.measure, figure.period, figure.group)))
            for position, (figure, public) in enumerate(zip(figures, protected, strict=True))
        ],
    )


def _part(row: HouseSnapshot) -> Path:
    """What was counted so far."""
    return beside(row).with_name(f".{row.pk}.part")


def report_of(row: HouseSnapshot, snapshot: Snapshot, threshold: int = 0) -> ReportInput:
    """What the road makes of the snapshot for its area and period: the pages' figures are these, no others."""
    area = official(row.area.code)
    return build_report(snapshot, area=area.code if area else None, period=row.period, threshold=threshold)


def _count(
    snapshot: Snapshot, figures: Sequence[Figure], folder: Path, tell: Callable[[str, int, int | None], None]
) -> Runs:
    for name in TABLES:
        write_table(snapshot, name, folder)
    wanted = list(dict.fromkeys((each.measure, each.period) for each in figures if each.collected))
    runs = {}
    for done, (measured, period) in enumerate(wanted):
        tell("Keeping what each figure counted", done, len(wanted))
        for group, run in write_counted(MEASURES[measured], snapshot, period, folder).items():
            runs[measured, period, group] = run
    return runs


@transaction.atomic
def _keep(row: HouseSnapshot, figures: Sequence[FigureRow]) -> None:
    held = HouseSnapshot.objects.select_for_update().get(pk=row.pk)
    if held.state != SnapshotState.MEASURING:
        return  # withdrawn meanwhile
    FigureRow.objects.filter(snapshot=held).delete()
    FigureRow.objects.bulk_create(figures)
    held.state = SnapshotState.READY
    held.measured_at = timezone.now()
    held.save(update_fields=["state", "measured_at"])


def manifest_of_file(manifest: Manifest) -> dict[str, object]:
    """The manifest as the database keeps it beside the snapshot, so that pages need not open the file."""
    said: dict[str, object] = json.loads(manifest_bytes(manifest, {}))
    return said
