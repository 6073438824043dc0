"""One census return onto disk as standard tables: read, checked, typed, every problem kept."""

import hashlib
from pathlib import Path

import pyarrow as pa

from safeboard.figures.exchange.census_columns import COLUMNS, KEYS, collected
from safeboard.figures.exchange.census_header import CensusHeader
from safeboard.figures.exchange.census_problems import CensusProblems
from safeboard.figures.exchange.census_reader import CensusReader, Rows
from safeboard.figures.exchange.sources import Given
from safeboard.figures.exchange.staged import Progress, Staged
from safeboard.figures.exchange.suspicions import Suspicions
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.checking import Checker
from safeboard.figures.tables.parquet import Staging
from safeboard.figures.tables.reading import Bounds, Style
from safeboard.figures.tables.snapshot import Coverage, Source
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.periods import Period


def stage_census(given: Given, header: CensusHeader, *, number: int, folder: Path, progress: Progress = None) -> Staged:
    """Reads the return, whose header has been read, as source `number` into `folder`.

    BadInput where it is no census return at all; what is wrong inside it, a break included, is in the result.
    """
    problems = CensusProblems(given.path, given.name)
    suspicions = Suspicions()
    with Staging(folder, {name: TABLES[name] for name in COLUMNS}) as staging:
        checkers = _checkers(header, number)
        try:
            for read, rows in CensusReader(given.path, header.year, problems.irregular).batches():
                suspicions.look(_stage(rows, checkers, staging, problems))
                if progress:
                    progress(f"Reading {given.name}", read, None)
        except BadInput as broken:
            problems.broken(broken)
    own = collected(header.year)
    covered = Coverage(Period.year_ending(header.year).day_before, header.reference_date)
    return Staged(
        source=Source(given.name, "census", sha256_of(given.path), header.reference_date, header.area, header.year),
        folder=folder,
        row_counts=staging.row_counts,
        collected=own,
        coverage=dict.fromkeys(own, covered),
        problems=header.noted + problems.all(),
        suspicious=suspicions.any(),
    )


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes, by which a manifest says what was read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checkers(header: CensusHeader, number: int) -> dict[str, Checker]:
    bounds = Bounds(header.reference_date, header.firm)
    return {name: Checker(TABLES[name], style=Style.CENSUS, bounds=bounds, source_number=number) for name in COLUMNS}


def _stage(rows: Rows, checkers: dict[str, Checker], staging: Staging, problems: CensusProblems) -> dict[str, pa.Table]:
    """Checks, types and writes one batch; the rows of each table that has any."""
    typed = {}
    for name, flat in rows.items():
        if not flat:
            continue
        width = len(COLUMNS[name]) + 2
        texts = {column: pa.array(flat[place::width], pa.string()) for place, column in enumerate(COLUMNS[name])}
        checked = checkers[name].check(texts, pa.array(flat[width - 1 :: width], pa.int32()))
        own = [finding for finding in checked.findings if finding.column.name not in KEYS[name]]
        problems.found(own, flat[width - 2 :: width])
        staging.write(name, checked.rows)
        typed[name] = checked.rows
    return typed
