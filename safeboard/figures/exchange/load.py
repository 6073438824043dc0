"""Sources to one snapshot, all or nothing: every problem of every source is told, or the snapshot is whole."""

import errno
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from safeboard.figures.exchange.census_load import stage_census
from safeboard.figures.exchange.coverage import collected_by_all, coverage_of_all
from safeboard.figures.exchange.cross_checks import Rows, relations, repeated_keys
from safeboard.figures.exchange.extract import Extract
from safeboard.figures.exchange.joining import Joined, join, take_over
from safeboard.figures.exchange.opening import Opening, open_all
from safeboard.figures.exchange.parquet_query import database
from safeboard.figures.exchange.sources import Form, Given, given_files
from safeboard.figures.exchange.staged import Progress, Staged
from safeboard.figures.exchange.table_sources import stage_tables, undated
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.disk import disk_problem
from safeboard.figures.tables.snapshot import Manifest
from safeboard.figures.tables.snapshot_file import copy_snapshot, write_snapshot
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load made. `noted` are problems that did not stop it. `identity` is the snapshot's."""

    manifest: Manifest
    noted: tuple[Problem, ...]
    identity: str


def load(sources: Sequence[Path], *, to: Path, area: str | None = None, progress: Progress = None) -> Loaded:
    """Reads the sources and writes them as the snapshot file `to`.

    Sources are census returns, folders of tables, single tables in CSV, Parquet or Excel, in any mixture; or one
    snapshot, which is checked and copied. `area` names whose figures they are where no source says so itself.
    `progress` is told (what, done, of how many). BadInput with every problem that stops; then nothing is written.
    """
    try:
        files, noted = given_files(sources)
        if any(given.form is Form.SNAPSHOT for given in files):
            return _copied(files, to)
        opening = open_all(files, area)
        with tempfile.TemporaryDirectory(prefix=".safeboard-", dir=to.parent) as scratch:
            loaded = _load(opening, Path(scratch), to, progress)
        return replace(loaded, noted=(*noted, *loaded.noted))
    except OSError as error:
        unread = [source for source in sources if str(source) == str(error.filename)]
        raise BadInput(disk_problem(error, *unread or [to])) from error
    except duckdb.IOException as error:
        raise BadInput(disk_problem(OSError(errno.ENOSPC, str(error)), to)) from error


def _copied(files: Sequence[Given], to: Path) -> Loaded:
    if len(files) > 1:
        raise BadInput(
            Problem(
                message="A snapshot is never changed, so nothing can be added to it.",
                file=next(given.name for given in files if given.form is Form.SNAPSHOT),
                remedy="Give the sources it was made from together with the new ones, or the snapshot alone.",
            )
        )
    manifest, identity = copy_snapshot(files[0].path, to)
    return Loaded(manifest, (), identity)


def _load(opening: Opening, scratch: Path, to: Path, progress: Progress) -> Loaded:
    staged = _stage(opening, scratch, progress)
    problems = [*opening.noted, *(problem for source in staged for problem in source.problems)]
    whole = scratch / "joined"
    whole.mkdir()
    joined = _joined(staged, scratch, whole)
    coverage, gaps = coverage_of_all(staged)
    problems += [*joined.problems, *gaps]
    stopping = [problem for problem in problems if problem.gravity is Gravity.STOPS]
    if stopping:
        raise BadInput(stopping)
    manifest = Manifest(
        reference_date=opening.reference_date,
        sources=tuple(source.source for source in staged),
        areas=opening.areas,
        row_counts={name: joined.counts.get(name, 0) for name in TABLES},
        collected={**collected_by_all(staged), **joined.collected},
        coverage=coverage,
    )
    if progress:
        progress("Writing the snapshot", 0, None)
    return Loaded(manifest, tuple(problems), write_snapshot(whole, manifest, to))


def _joined(staged: Sequence[Staged], scratch: Path, whole: Path) -> Joined:
    """All sources together in the folder `whole`, with what contradicts itself in one or between several."""
    if len(staged) == 1 and not staged[0].suspicious:
        return take_over(staged[0], whole)
    with database(scratch) as connection:
        repeated = [*repeated_keys(connection, staged)]
        joined = join(connection, staged, whole)
        files = {name: [whole / f"{name}.parquet"] for name in joined.counts}
        rows = Rows(connection, files, staged)
        only_returns = all(source.source.kind == "census" for source in staged)
        joined.problems = [*repeated, *joined.problems, *relations(rows, only_returns=only_returns)]
    return joined


def _stage(opening: Opening, scratch: Path, progress: Progress) -> list[Staged]:
    """Every source on disk, each in a folder of its own, numbered from 1 as the manifest lists them."""
    staged: list[Staged] = []

    def folder() -> Path:
        made = scratch / str(len(staged) + 1)
        made.mkdir()
        return made

    for given, header in opening.returns:
        staged.append(stage_census(given, header, number=len(staged) + 1, folder=folder(), progress=progress))
    for file in opening.tables:
        extract = opening.extracts.get(file.given.folder, Extract())
        end = extract.reference_date or opening.reference_date
        number = len(staged) + 1
        staged.append(stage_tables(file, extract, end, number=number, folder=folder(), progress=progress))
    spans = undated(staged, opening.reference_date)
    return [source.covering(spans) for source in staged]
