"""One census return onto disk as standard tables: read, checked, typed, every problem kept."""

import hashlib
from pathlib import Path

import pyarrow as pa

from safeboard.figures.exchange.census_columns import COLUMNS, collected
from safeboard.figures.exchange.census_header import CensusHeader, read_header
from safeboard.figures.exchange.census_problems import CensusProblems
from safeboard.figures.exchange.census_reader import CensusReader, Rows
from safeboard.figures.exchange.staged import Progress, Staged
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.checking import Checker
from safeboard.figures.tables.parquet import Staging
from safeboard.figures.tables.reading import Bounds, Style
from safeboard.figures.tables.snapshot import Coverage, Source
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.periods import Period


def stage_census(path: Path, *, number: int, folder: Path, progress: Progress = None) -> Staged:
    """Reads the return at `path` as source `number` into `folder`.

    BadInput where it cannot be read as a census return at all; what is wrong inside it is in the result.
    """
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    header = read_header(path)
    problems = CensusProblems(path)
    with Staging(folder, {name: TABLES[name] for name in COLUMNS}) as staging:
        checkers = _checkers(header, number)
        try:
            for read, rows in CensusReader(path, header.year, problems.irregular).batches():
                _stage(rows, checkers, staging, problems)
                if progress:
                    progress(f"Reading {path.name}", read, None)
        except BadInput as broken:
            problems.broken(broken)
    own = collected(header.year)
    covered = Coverage(Period.year_ending(header.year).day_before, header.reference_date)
    return Staged(
        source=Source(path.name, "census", sha256, header.reference_date, header.area, header.year),
        folder=folder,
        row_counts=staging.row_counts,
        collected=own,
        coverage=dict.fromkeys(own, covered),
        stopping=problems.stopping(),
        noted=header.noted + problems.noted(),
    )


def _checkers(header: CensusHeader, number: int) -> dict[str, Checker]:
    bounds = Bounds(header.reference_date, header.firm)
    return {name: Checker(TABLES[name], style=Style.CENSUS, bounds=bounds, source_number=number) for name in COLUMNS}


def _stage(rows: Rows, checkers: dict[str, Checker], staging: Staging, problems: CensusProblems) -> None:
    for name, flat in rows.items():
        if not flat:
            continue
        width = len(COLUMNS[name]) + 2
        texts = {column: pa.array(flat[place::width], pa.string()) for place, column in enumerate(COLUMNS[name])}
        checked = checkers[name].check(texts, pa.array(flat[width - 1 :: width], pa.int32()))
        problems.found(checked.findings, flat[width - 2 :: width])
        staging.write(name, checked.rows)
