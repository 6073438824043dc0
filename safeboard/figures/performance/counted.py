"""What each figure counted, kept so that a page of it is read as quickly of three million as of three.

Beside each snapshot lie Arrow files, read by mapping them into memory: every standard table in the order of its key,
and for each measure and period the things it counted, with the children they belong to and their rows in that table;
then, figure after figure, the places of the things in each numerator. A figure is a run of these places, so a page of
it is a slice at a known offset: nothing is searched, sorted or counted. A table of keys in PostgreSQL would hold each
row of a table some twenty times over, and every one of them would be written to the trail; Parquet would have to unpack
whole groups of rows for a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from safeboard.figures.measures.coverage import availability
from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.engine import keys_of_figures
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.periods import Period

BATCH: Final = 1 << 16
"""Rows to a batch: an offset is then a batch and a place in it."""


@dataclass(frozen=True, slots=True)
class Run:
    """The places of one figure in its measure's file: `count` of them from `start`."""

    start: int
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that a figure counted. `child` is the local identifier, "" where the thing belongs to no child.

    `values` are the columns of its row in the measure's table; empty where what is counted is no row of it (the family
    of several children).
    """

    key: str
    child: str
    values: Mapping[str, Any]


def write_table(snapshot: Snapshot, name: str, folder: Path) -> None:
    """Lay out one standard table in the order of its key."""
    table = TABLES[name]
    query = f'SELECT * EXCLUDE ({SOURCE_COLUMN}, {LINE_COLUMN}) FROM "{name}" ORDER BY "{table.key}"'
    _write(snapshot.connection.sql(query).to_arrow_table(), folder / f"{name}.arrow")


def write_counted(measure: Measure, snapshot: Snapshot, period: Period, folder: Path) -> Mapping[str | None, Run]:
    """Keep what every figure of the measure counted in the period; the run of each by its group. The table first."""
    counted = keys_of_figures(measure, snapshot, period)
    if not counted:
        return {}
    keys = pa.array(sorted(set().union(*counted.values())), pa.string())
    things = {"key": keys, "child": _children(measure, snapshot, period, keys), "row": _rows(measure, folder, keys)}
    _write(pa.table(things), _file(folder, measure.id, period, "things"))
    places = {group: pc.index_in(pa.array(those, pa.string()), value_set=keys) for group, those in counted.items()}
    _write(pa.table({"place": pa.chunked_array(list(places.values()))}), _file(folder, measure.id, period, "places"))
    runs, start = {}, 0
    for group, those in counted.items():
        runs[group] = Run(start, len(those))
        start += len(those)
    return runs


def _children(measure: Measure, snapshot: Snapshot, period: Period, keys: pa.Array) -> pa.Array:
    """The child of each key; where several share a thing (a family), the first of them."""
    rows = measure.rows(snapshot, availability(measure, snapshot, period).period).select("key", "person")
    told = rows.collect("pyarrow").to_native().cast(pa.schema({"key": pa.string(), "person": pa.string()}))
    first = told.group_by("key").aggregate([("person", "min")])
    return first["person_min"].combine_chunks().take(pc.index_in(keys, value_set=first["key"].combine_chunks()))


def _rows(measure: Measure, folder: Path, keys: pa.Array) -> pa.Array:
    table = TABLES[measure.table]
    with pa.memory_map(str(folder / f"{table.name}.arrow")) as file:
        held = pa.ipc.open_file(file).read_all()[table.key].combine_chunks()
        return pc.index_in(keys, value_set=held)


def read_run(folder: Path, measure: Measure, period: Period, run: Run) -> list[Counted]:
    """The things of a run, in the order of their keys."""
    places = _taken(_file(folder, measure.id, period, "places"), range(run.start, run.start + run.count))
    things = _taken(_file(folder, measure.id, period, "things"), [each["place"] for each in places])
    rows = [each["row"] for each in things]
    found = iter(_taken(folder / f"{measure.table}.arrow", [row for row in rows if row is not None]))
    return [
        Counted(each["key"], each["child"] or "", {} if each["row"] is None else _shown(measure, next(found)))
        for each in things
    ]


def _shown(measure: Measure, row: Mapping[str, Any]) -> Mapping[str, Any]:
    table = TABLES[measure.table]
    return {name: value for name, value in row.items() if name not in (table.key, table.person)}


def _taken(path: Path, places: Sequence[int]) -> list[dict[str, Any]]:
    with pa.memory_map(str(path)) as file:
        opened = pa.ipc.open_file(file)
        taken: dict[int, dict[str, Any]] = {}
        for number in sorted({place // BATCH for place in places}):
            within = sorted({place for place in places if place // BATCH == number})
            rows = opened.get_batch(number).take(pa.array([place % BATCH for place in within], pa.int64()))
            taken.update(zip(within, rows.to_pylist(), strict=True))
        return [taken[place] for place in places]


def _write(table: pa.Table, to: Path) -> None:
    # One chunk first: batches of a table in chunks would end where its chunks do, and offsets would not be places.
    with pa.OSFile(str(to), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table.combine_chunks(), max_chunksize=BATCH)


def _file(folder: Path, measure: str, period: Period, what: str) -> Path:
    return folder / f"{measure}-{period.end.isoformat()}-{what}.arrow"
