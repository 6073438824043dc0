"""What is written in this room: files given, a snapshot made of them, what was given or made withdrawn."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile as GivenFile
from django.db import transaction

from safeboard.figures.performance.accepting import MOST_FILES, faults, kind_of
from safeboard.figures.performance.codes import Origin, ReportState, SnapshotState, UploadState
from safeboard.figures.performance.kept_files import (
    beside,
    folder_of_upload,
    frozen,
    keep,
    made,
    remove_folder,
    staged,
    uploaded,
)
from safeboard.figures.performance.measuring import manifest_of_file
from safeboard.figures.performance.models import HouseSnapshot, Upload, UploadedFile
from safeboard.figures.performance.tasks import freeze_live_records, measure_snapshot, read_upload
from safeboard.figures.reporting.period_of_sources import period_of
from safeboard.figures.tables.disk import disk_problem
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.disk import FULL
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period
from safeboard.foundation.pages.uploads import NO_ROOM

NOT_WITHDRAWN: Final = [
    UploadState.WAITING,
    UploadState.READING,
    UploadState.WRONG,
    UploadState.READY,
    UploadState.FAILED,
]


@transaction.atomic
def give_files(*, files: Sequence["GivenFile[Any]"], by: Viewer) -> Upload:
    """Keep the files for the worker to read. Nothing of them is loaded yet.

    Raises BadInput with every file that cannot be taken; then none is kept. PermissionDenied without the grant.
    """
    if not by.may(Module.PERFORMANCE, Action.ADD):
        raise PermissionDenied
    if problems := _refused(files):
        raise BadInput(problems)
    upload = Upload.objects.create(area_id=by.area_id, made_by=by.user, made_at=by.at)
    try:
        for given in files:
            _keep(upload, given)
    except OSError as error:
        remove_folder(folder_of_upload(upload))
        raise BadInput(_not_kept(error)) from error
    read_upload.defer(upload=str(upload.pk))
    return upload


def _refused(files: Sequence["GivenFile[Any]"]) -> list[Problem]:
    names = [_name(given) for given in files]
    problems = [fault for given in files for fault in faults(_name(given), given.size or 0, given)]
    problems += [
        Problem("Two files have the same name.", "Give it once, or rename one of them.", file=name)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if not files:
        problems.append(Problem("No file was chosen.", "Choose at least one.", element="given"))
    if len(files) > MOST_FILES:
        problems.append(
            Problem(
                "These are too many files for one upload.",
                "Give those of one snapshot only.",
                found=str(len(files)),
                expected=f"at most {MOST_FILES}",
            )
        )
    return problems


def _name(given: "GivenFile[Any]") -> str:
    return given.name or ""


def _keep(upload: Upload, given: "GivenFile[Any]") -> None:
    file = UploadedFile(upload=upload, name=_name(given), kind=kind_of(_name(given)), size=given.size or 0)
    file.sha256 = keep(given.chunks(), uploaded(file))
    file.save()


def _not_kept(error: OSError) -> Problem:
    if error.errno in FULL:
        return Problem(NO_ROOM, "")
    return Problem(disk_problem(error, Path()).message, "Tell your system administrator, then give the files again.")


@transaction.atomic
def make_snapshot(*, upload: Upload, year: str, by: Viewer) -> HouseSnapshot:
    """Make what was read official: a snapshot, whose figures the worker then counts. `year` "" is the newest.

    One upload can make several snapshots, each of another year.

    Raises BadInput where the upload is not right or the same records are a snapshot already; PermissionDenied.
    """
    held = Upload.objects.select_for_update().select_related("area").get(pk=upload.pk)
    if not may(by, Action.ADD, held):
        raise PermissionDenied
    if held.state not in (UploadState.READY, UploadState.LOADED):
        raise BadInput(Problem("These files cannot be loaded now.", "See what has become of them."))
    with open_snapshot(staged(held)) as snapshot:
        manifest = snapshot.manifest
        period = period_of(manifest, year or None)
    _refuse_the_same(held, period)
    snapshot_row = HouseSnapshot.objects.create(
        area=held.area,
        identity=held.identity,
        origin=Origin.UPLOAD,
        upload=held,
        made_by=by.user,
        made_at=by.at,
        starts_on=period.start,
        ends_on=period.end,
        reference_date=manifest.reference_date,
        manifest=manifest_of_file(manifest),
        rows_in_all=sum(manifest.row_counts.values()),
    )
    held.state = UploadState.LOADED
    held.save(update_fields=["state"])
    _freeze(held)
    measure_snapshot.defer(snapshot=str(snapshot_row.pk))
    return snapshot_row


def _refuse_the_same(upload: Upload, period: Period) -> None:
    """BadInput where these records are a snapshot of the period already: two would be counted as two."""
    same = HouseSnapshot.objects.exclude(state=SnapshotState.WITHDRAWN).filter(
        area=upload.area, identity=upload.identity, starts_on=period.start, ends_on=period.end
    )
    if same.exists():
        raise BadInput(
            Problem(
                "The same records are a snapshot of the same year already, so nothing was made.",
                "Use that snapshot, or withdraw this upload.",
                found=period.label,
            )
        )


def _freeze(upload: Upload) -> None:
    """The staged file under its hash. A link, so that nothing is lost should the transaction fail after it."""
    to = frozen(upload.identity)
    if not to.exists():
        made(to.parent)
        to.hardlink_to(staged(upload))


@transaction.atomic
def read_again(*, upload: Upload, by: Viewer) -> None:
    """Let the worker try once more to read files whose reading stopped for a reason that does not lie in them.

    Raises BadInput where that is not how they stand; PermissionDenied.
    """
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if not may(by, Action.ADD, held):
        raise PermissionDenied
    if held.state != UploadState.FAILED:
        raise BadInput(Problem("These files do not wait to be tried again.", "See what has become of them."))
    held.state, held.finished_at = UploadState.WAITING, None
    held.save(update_fields=["state", "finished_at"])
    read_upload.defer(upload=str(held.pk))


@transaction.atomic
def withdraw_upload(*, upload: Upload, by: Viewer) -> None:
    """Take back files that were not loaded: they and what was read of them are removed.

    Raises BadInput where they were loaded (withdraw the snapshot); PermissionDenied.
    """
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if not may(by, Action.CHANGE, held):
        raise PermissionDenied
    if held.state not in NOT_WITHDRAWN:
        raise BadInput(Problem("These files were loaded, or withdrawn, already.", "Withdraw the snapshot instead."))
    held.problems.all().delete()
    held.findings.all().delete()
    held.state = UploadState.WITHDRAWN
    held.save(update_fields=["state"])
    transaction.on_commit(lambda: remove_folder(folder_of_upload(held)))


@transaction.atomic
def withdraw_snapshot(*, snapshot: HouseSnapshot, by: Viewer) -> None:
    """Take back a snapshot that no report is made of: no page shows it any more, and its upload can be loaded again.

    Raises BadInput where a report is made of it, or it was withdrawn already; PermissionDenied.
    """
    held = HouseSnapshot.objects.select_for_update(of=("self",)).get(pk=snapshot.pk)
    if not may(by, Action.CHANGE, held):
        raise PermissionDenied
    if held.state == SnapshotState.WITHDRAWN:
        raise BadInput(Problem("This snapshot was withdrawn already.", "There is nothing to do."))
    if held.reports.exclude(state__in=[ReportState.TURNED_DOWN, ReportState.FAILED]).exists():
        raise BadInput(
            Problem("A report is made of this snapshot, so it stays.", "Turn the report down first, if it is not out.")
        )
    held.state, held.withdrawn_by, held.withdrawn_at = SnapshotState.WITHDRAWN, by.user, by.at
    held.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    upload = held.upload
    if upload and not upload.snapshots.exclude(state=SnapshotState.WITHDRAWN).exists():
        upload.state = UploadState.READY
        upload.save(update_fields=["state"])
    transaction.on_commit(lambda: remove_folder(beside(held)))


def freeze_live(*, by: Viewer) -> None:
    """Let the worker freeze the live records of the viewer's area now. PermissionDenied without the grant."""
    if not by.may(Module.PERFORMANCE, Action.ADD):
        raise PermissionDenied
    freeze_live_records.defer(area=by.area_id, by=by.user.pk)
