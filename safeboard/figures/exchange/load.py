"""Sources to one snapshot, all or nothing: every problem of every source is told, or the snapshot is whole."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from safeboard.figures.exchange.census_load import stage_census
from safeboard.figures.exchange.cross_checks import (
    Staging,
    database,
    duplicate_keys,
    plans_at_once,
    reviews_before_plans,
)
from safeboard.figures.exchange.staged import Progress
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.disk import disk_problem
from safeboard.figures.tables.snapshot import Manifest
from safeboard.figures.tables.snapshot_file import write_snapshot
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load made. `noted` are problems that did not stop it. `identity` is the snapshot's."""

    manifest: Manifest
    noted: tuple[Problem, ...]
    identity: str


def load(sources: Sequence[Path], *, to: Path, area: str | None = None, progress: Progress = None) -> Loaded:
    """Reads the sources and writes them as the snapshot file `to`.

    `area` names whose figures they are where no source says so itself. `progress` is told (what, done, of how many).
    BadInput with every problem that stops; then nothing is written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".safeboard-", dir=to.parent) as scratch:
            return _load(sources, Path(scratch), to, area, progress)
    except OSError as error:
        raise BadInput(disk_problem(error, to)) from error


def _load(sources: Sequence[Path], scratch: Path, to: Path, area: str | None, progress: Progress) -> Loaded:
    folder = scratch / "1"
    folder.mkdir()
    staged = stage_census(sources[0], number=1, folder=folder, progress=progress)
    problems = [*staged.stopping, *staged.noted]
    with database(scratch) as connection:
        files = {path.stem: path for path in folder.glob("*.parquet")}
        staging = Staging(connection, files, [staged.source.name])
        problems += duplicate_keys(staging, TABLES["ssd_person"])
        problems += reviews_before_plans(staging)
        problems += plans_at_once(staging)
    stopping = [problem for problem in problems if problem.gravity is Gravity.STOPS]
    if stopping:
        raise BadInput(stopping)
    manifest = Manifest(
        reference_date=staged.source.reference_date or date.min,
        sources=(staged.source,),
        areas=(staged.source.area,),
        row_counts=staged.row_counts,
        collected=staged.collected,
        coverage=staged.coverage,
    )
    identity = write_snapshot(folder, manifest, to)
    return Loaded(manifest, tuple(p for p in problems if p.gravity is Gravity.NOTED), identity)
