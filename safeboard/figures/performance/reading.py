"""The worker's reading of an upload: every problem told, or a snapshot staged that is not official yet."""

import logging
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

import duckdb
from django.db import transaction
from django.utils import timezone

from safeboard.figures.census.catalogue import edition
from safeboard.figures.census.check import check_census
from safeboard.figures.census.findings import CheckResult, Status
from safeboard.figures.census.rule import Severity
from safeboard.figures.census.tabular import write_xlsx
from safeboard.figures.exchange.load import Loaded, load
from safeboard.figures.performance.codes import FileKind, UploadState
from safeboard.figures.performance.kept_files import findings_of, folder_of_upload, remove_folder, staged, uploaded
from safeboard.figures.performance.models import ReturnFinding, Upload, UploadedFile, UploadProblem
from safeboard.figures.performance.rules import first_day_of, other_areas
from safeboard.figures.performance.working import alone_on, telling
from safeboard.figures.reporting.period_of_sources import period_of
from safeboard.figures.tables.snapshot_file import SUFFIX
from safeboard.foundation.kernel.disk import FULL
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

MOST_KEPT: Final = 25_000
"""Problems of an upload that are listed one by one; the rest are counted: so many are mended at their source.

Readers tell at most 10,000 of one file, so that all of two files are kept.
"""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Outcome:
    """What reading found, before anything of it is written down."""

    loaded: Loaded | None = None
    problems: Sequence[Problem] = ()
    checks: list[CheckResult] = field(default_factory=list)


def read(pk: UUID) -> None:
    """Read the files of an upload and write down what was found. Done once, however often it is begun.

    One that ended in the middle begins afresh: nothing is written down until all is read, and then all at once.
    """
    upload = Upload.objects.select_related("area", "made_by").get(pk=pk)
    with alone_on(f"upload.{pk}", upload.made_by, "Reading files that were uploaded") as mine:
        if not mine or not _begun(upload):
            return
        files = list(upload.files.all())
        part = _clear(folder_of_upload(upload)) / f"part{SUFFIX}"
        try:
            outcome = _read(upload, files, part)
            if outcome.loaded:
                part.rename(staged(upload))
            _write_down(upload, outcome)
        except Exception:
            # Without its words: they could hold what stands in the file.
            _log.error("Upload %s could not be read", pk)
            _clear(folder_of_upload(upload))
            _fail(upload)
            raise
        finally:
            part.unlink(missing_ok=True)


def _begun(upload: Upload) -> bool:
    begun = Upload.objects.filter(pk=upload.pk, state__in=[UploadState.WAITING, UploadState.READING])
    return bool(begun.update(state=UploadState.READING))


def _clear(folder: Path) -> Path:
    """The folder without what a worker that ended in the middle left in it."""
    for left in folder.glob(".safeboard-*"):
        remove_folder(left)
    for part in folder.glob(".*.part"):
        part.unlink()
    (folder / f"part{SUFFIX}").unlink(missing_ok=True)
    return folder


def _read(upload: Upload, files: Sequence[UploadedFile], part: Path) -> Outcome:
    outcome = Outcome()
    tell = telling(upload.pk)
    with tempfile.TemporaryDirectory(prefix="safeboard-") as folder:
        paths = [_under_its_name(file, Path(folder)) for file in files]
        try:
            loaded = load(paths, to=part, area=upload.area.code, progress=tell)
            others = tuple(other_areas(loaded.manifest, upload.area))
            outcome.problems = (*loaded.noted, *others)
            outcome.loaded = None if others else loaded
        except BadInput as bad:
            if _disk_is_full(bad.__cause__):
                raise  # which no other file would mend
            outcome.problems = bad.problems
        for file, path in zip(files, paths, strict=True):
            if file.kind == FileKind.CENSUS:
                tell(f"Checking {file.name} by the department's rules", 0, None)
                outcome.checks += _checked(file, path)
    return outcome


def _disk_is_full(error: BaseException | None) -> bool:
    return isinstance(error, duckdb.IOException) or (isinstance(error, OSError) and error.errno in FULL)


def _under_its_name(file: UploadedFile, folder: Path) -> Path:
    """A link by the name its giver knows it by, so that every message names that."""
    path = folder / file.name
    path.symlink_to(uploaded(file))
    return path


def _checked(file: UploadedFile, path: Path) -> Iterator[CheckResult]:
    try:
        result = check_census(path)
    except BadInput:
        return  # what keeps it from being read at all has been told by the reading itself
    if result.findings:
        part = uploaded(file).with_name(f".{file.pk}.part")
        write_xlsx(result, part)
        part.rename(findings_of(file))
    yield result


@transaction.atomic
def _write_down(upload: Upload, outcome: Outcome) -> None:
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if held.state != UploadState.READING:
        return  # withdrawn meanwhile
    held.problems.all().delete()
    held.findings.all().delete()
    UploadProblem.objects.bulk_create([_problem_row(held, each) for each in outcome.problems[:MOST_KEPT]])
    ReturnFinding.objects.bulk_create([row for result in outcome.checks for row in _finding_rows(held, result)])
    held.problems_in_all = sum(each.stands_for for each in outcome.problems)
    held.problems_stopping = sum(each.stands_for for each in outcome.problems if each.gravity is Gravity.STOPS)
    held.finished_at = timezone.now()
    held.state = UploadState.WRONG
    if outcome.loaded:
        manifest = outcome.loaded.manifest
        held.state = UploadState.READY
        held.identity = outcome.loaded.identity
        held.reference_date = manifest.reference_date
        held.first_day = first_day_of(manifest)
        held.newest_year = period_of(manifest, None).label
        held.row_counts = dict(manifest.row_counts)
    held.save()


def _fail(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk, state=UploadState.READING).update(
        state=UploadState.FAILED, finished_at=timezone.now()
    )


def _problem_row(upload: Upload, problem: Problem) -> UploadProblem:
    return UploadProblem(
        upload=upload,
        file=_plain(problem.file, 200),
        line=problem.line,
        child=_plain(problem.child, 100),
        element=_plain(problem.element, 200),
        message=_plain(problem.message),
        found=_plain(problem.found),
        expected=_plain(problem.expected),
        remedy=_plain(problem.remedy),
        stops=problem.gravity is Gravity.STOPS,
    )


def _plain(text: str, longest: int = 2_000) -> str:
    """The text as the database can hold it: no NUL, no longer than there is room for."""
    kept = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return kept if len(kept) <= longest else f"{kept[: longest - 1]}…"


def _finding_rows(upload: Upload, result: CheckResult) -> Iterator[ReturnFinding]:
    found = Counter(finding.code for finding in result.findings)
    for outcome in result.outcomes:
        if outcome.status is Status.FOUND:
            rule = edition(outcome.code)
            yield ReturnFinding(
                upload=upload,
                file=_plain(result.file, 200),
                rules_of=_plain(result.by_whose_rules, 100),
                code=outcome.code,
                title=_plain(outcome.title, 300),
                is_error=outcome.severity is Severity.ERROR,
                found=found[outcome.code],
                usual_cause=rule.usual_cause,
                remedy=rule.remedy,
            )
