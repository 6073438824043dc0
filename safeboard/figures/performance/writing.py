"""The worker's writing of a report: its files, frozen under their hashes."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from safeboard.figures.census.check import check_census
from safeboard.figures.census.findings import CheckResult
from safeboard.figures.performance.codes import THRESHOLDS, Audience, FileKind, ReportState
from safeboard.figures.performance.kept_files import folder_of_report, frozen, keep, of_report, remove_folder, uploaded
from safeboard.figures.performance.measuring import report_of
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport, ReportFile, Upload
from safeboard.figures.performance.stored import earlier_of
from safeboard.figures.performance.working import alone_on, telling
from safeboard.figures.reporting.building import with_returns
from safeboard.figures.reporting.writing import files_of
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

_log = logging.getLogger(__name__)


def write(pk: UUID) -> None:
    """Write the files of a report. Done once, however often it is begun."""
    report = PublishedReport.objects.select_related("snapshot__area", "snapshot__upload", "prepared_by").get(pk=pk)
    with alone_on(f"report.{pk}", report.prepared_by, "Writing a report") as mine:
        if not mine or not PublishedReport.objects.filter(pk=pk, state=ReportState.WAITING).exists():
            return
        try:
            _freeze(report, contents_of(report))
        except Exception:
            _log.error("Report %s could not be written", pk)
            remove_folder(folder_of_report(report))
            PublishedReport.objects.filter(pk=pk, state=ReportState.WAITING).update(state=ReportState.FAILED)
            raise


def contents_of(report: PublishedReport) -> Mapping[str, bytes]:
    """The five files of the report by name, as the road writes them from the same snapshot."""
    row, upload = report.snapshot, report.snapshot.upload
    telling(report.pk)("Writing the page, the paper and the workbook", 0, None)
    with open_snapshot(frozen(row.identity)) as snapshot:
        given = replace(report_of(row, snapshot, THRESHOLDS[Audience(report.audience)]), earlier=tuple(earlier_of(row)))
    noted = tuple(_noted(upload)) if upload else ()
    checks = tuple(_checks(upload)) if upload else ()
    return files_of(with_returns(replace(given, problems=noted), checks))


def _noted(upload: Upload) -> Iterator[Problem]:
    for row in upload.problems.filter(stops=False):
        yield Problem(
            message=row.message,
            remedy=row.remedy,
            file=row.file,
            line=row.line,
            child=row.child,
            element=row.element,
            found=row.found,
            expected=row.expected,
            gravity=Gravity.NOTED,
        )


def _checks(upload: Upload) -> Iterator[CheckResult]:
    for file in upload.files.filter(kind=FileKind.CENSUS):
        try:
            yield replace(check_census(uploaded(file)), file=file.name)
        except BadInput:
            continue  # it was read; that it cannot be checked has been told when it was given


@transaction.atomic
def _freeze(report: PublishedReport, contents: Mapping[str, bytes]) -> None:
    held = PublishedReport.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.WAITING:
        return
    for name, content in contents.items():
        file = ReportFile(report=held, name=name, size=len(content), sha256=sha256(content).hexdigest())
        keep([content], of_report(file))
        file.save()
    held.state = ReportState.PREPARED
    held.save(update_fields=["state"])


def written_as(snapshot: HouseSnapshot, file: ReportFile) -> str:
    """The name a downloaded file gets: what it is of, and the first signs of the snapshot's hash."""
    return f"{snapshot.area.code}-{snapshot.period.label}-{snapshot.identity[:8]}-{file.name}"
