"""Live records as a source: the areas of the house give their rows as standard tables, and these become a snapshot.

The areas' `to_tables` are put into the register by `site`, which knows them all; this room knows none of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from django.db import IntegrityError, transaction
from django.utils import timezone

from safeboard.figures.performance.codes import Origin, SnapshotState
from safeboard.figures.performance.kept_files import frozen, made, remove_folder
from safeboard.figures.performance.measuring import manifest_of_file, measure
from safeboard.figures.performance.models import HouseSnapshot
from safeboard.figures.performance.rules import year_of
from safeboard.figures.performance.working import alone_on
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN
from safeboard.figures.tables.parquet import Staging
from safeboard.figures.tables.schema import arrow_schema
from safeboard.figures.tables.snapshot import Coverage, Manifest, Source
from safeboard.figures.tables.snapshot_file import write_snapshot
from safeboard.foundation.access.models import User
from safeboard.foundation.agencies.models import BoardArea

TableRow = tuple[str, Mapping[str, Any]]
AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class LiveSource:
    """One area of the house as a source of standard tables.

    `collects` names, by table, the columns that its records can hold: a measure that needs another reads "not
    collected". `first_day` is the first day from which every event is held, None where the rows are no events. `rows`
    gives (table, row) for all records of a board's area, as they are on a day.
    """

    name: str
    collects: Mapping[str, frozenset[str]]
    rows: Callable[[BoardArea, date], Iterable[TableRow]]
    first_day: date | None = None


LIVE_SOURCES: Final[dict[str, LiveSource]] = {}
"""Every live source by its name."""


def register(source: LiveSource) -> None:
    """Let an area's records flow into live snapshots. KeyError for a table or column that no standard table has."""
    for table, columns in source.collects.items():
        for column in columns:
            TABLES[table].column(column)
    LIVE_SOURCES[source.name] = source


def live_snapshot(area: BoardArea, at: datetime, by: User | None = None) -> HouseSnapshot | None:
    """Freeze the area's records as they are now and count its figures. None where the same stands there already.

    Done once at a time for an area; another that begins meanwhile does nothing.
    """
    day = timezone.localdate(at)
    with alone_on(f"live.{area.pk}", by, "Freezing live records into a snapshot") as mine:
        made_now = _freeze(area, day, at, by) if mine else None
    if made_now:
        measure(made_now.pk)
    return made_now


def _freeze(area: BoardArea, day: date, at: datetime, by: User | None) -> HouseSnapshot | None:
    part = frozen("live").parent / f".live-{area.pk}.part"
    remove_folder(part)
    try:
        manifest, identity = _write(area, day, made(part))
    finally:
        remove_folder(part)
    period = year_of(day)
    try:
        with transaction.atomic():
            return HouseSnapshot.objects.create(
                area=area,
                identity=identity,
                origin=Origin.LIVE,
                made_by=by,
                made_at=at,
                state=SnapshotState.MEASURING,
                starts_on=period.start,
                ends_on=period.end,
                reference_date=day,
                manifest=manifest_of_file(manifest),
                rows_in_all=sum(manifest.row_counts.values()),
            )
    except IntegrityError:
        # The same records of the same day are one snapshot; a worker that was killed may have left it uncounted.
        same = HouseSnapshot.objects.filter(area=area, identity=identity, starts_on=period.start, ends_on=period.end)
        return same.filter(origin=Origin.LIVE, state=SnapshotState.MEASURING).first()


def _write(area: BoardArea, day: date, folder: Path) -> tuple[Manifest, str]:
    sources = []
    with Staging(folder, TABLES) as staging:
        for number, live in enumerate(LIVE_SOURCES.values(), start=1):
            sources.append(Source(live.name, "live", _stage(live, area, day, number, staging), day, area.code))
    manifest = Manifest(
        reference_date=day,
        sources=tuple(sources),
        areas=(area.code,),
        row_counts=staging.row_counts,
        collected=_collected(),
        coverage=_coverage(day),
    )
    made_part = folder / "live.snapshot"
    identity = write_snapshot(folder, manifest, made_part)
    made_part.replace(frozen(identity))
    return manifest, identity


def _stage(live: LiveSource, area: BoardArea, day: date, number: int, staging: Staging) -> str:
    """Write the source's rows; the SHA-256 of what was written, for a source that is no file."""
    digest = sha256()
    rows, line = iter(live.rows(area, day)), 0
    while some := list(islice(rows, AT_ONCE)):
        for table in dict.fromkeys(name for name, _ in some):
            given = [row for name, row in some if name == table]
            batch = _typed(table, given, number, line)
            line += len(given)
            for column in batch.columns:
                digest.update(str(column.to_pylist()).encode())
            staging.write(table, batch)
    return digest.hexdigest()


def _typed(table: str, rows: list[Mapping[str, Any]], number: int, line: int) -> pa.Table:
    numbered = [{**row, SOURCE_COLUMN: number, LINE_COLUMN: line + place} for place, row in enumerate(rows, start=1)]
    return pa.Table.from_pylist(numbered, schema=arrow_schema(TABLES[table]))


def _collected() -> dict[str, frozenset[str]]:
    """By table the columns that every source of its rows collects."""
    found: dict[str, frozenset[str]] = {}
    for live in LIVE_SOURCES.values():
        for table, columns in live.collects.items():
            found[table] = found[table] & columns if table in found else columns
    return found


def _coverage(day: date) -> dict[str, Coverage]:
    return {
        table: Coverage(live.first_day, day)
        for live in LIVE_SOURCES.values()
        if live.first_day
        for table in live.collects
    }
