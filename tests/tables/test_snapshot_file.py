"""A snapshot is one file that says what it holds, is the same for the same rows, and cannot be changed unnoticed."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.manifest_file import manifest_bytes, parse_manifest
from safeboard.figures.tables.parquet import ROWS_A_GROUP, Staging
from safeboard.figures.tables.schema import arrow_schema
from safeboard.figures.tables.snapshot import Coverage, Manifest, Source
from safeboard.figures.tables.snapshot_file import copy_snapshot, open_snapshot, write_snapshot
from safeboard.foundation.kernel.errors import BadInput

MANIFEST = Manifest(
    reference_date=date(2025, 3, 31),
    sources=(
        Source("cin.xml", "census", "0" * 64, date(2025, 3, 31), "990", 2025),
        Source("caf.csv", "sheet", "1" * 64),
    ),
    areas=("990",),
    row_counts={"caf": 2},
    collected={"caf": frozenset({"caf_assessment_id", "caf_person_id"})},
    coverage={"caf": Coverage(date(2024, 4, 1), date(2025, 3, 31))},
)
ROWS = [
    {"caf_assessment_id": name, "caf_person_id": "C1", "caf_completed_date": date(2024, 5, 1), "source_number": 2}
    for name in ("1", "2")
]


def staged(folder: Path, rows: list[dict[str, object]], pieces: int = 1) -> Path:
    """A folder with the rows as the staged table caf, written in so many pieces."""
    folder.mkdir()
    table = pa.Table.from_pylist(rows, schema=arrow_schema(TABLES["caf"]))
    size = max(1, -(-table.num_rows // pieces))
    with Staging(folder, TABLES) as staging:
        for start in range(0, table.num_rows, size):
            staging.write("caf", table.slice(start, size))
    return folder


@pytest.fixture
def written(tmp_path: Path) -> Path:
    to = tmp_path / "made.snapshot"
    write_snapshot(staged(tmp_path / "staged", ROWS), MANIFEST, to)
    return to


def test_what_is_written_can_be_opened(written: Path) -> None:
    with open_snapshot(written) as snapshot:
        assert snapshot.manifest == MANIFEST
        rows = snapshot.table("caf").collect().to_native().to_pylist()
        assert [{name: value for name, value in row.items() if value is not None} for row in rows] == ROWS
        empty = snapshot.table("ssd_cp_plans").collect().to_native()
        assert (empty.num_rows, empty.schema.names) == (0, arrow_schema(TABLES["ssd_cp_plans"]).names)


def test_the_identity_is_the_hash_of_the_manifest_which_has_that_of_every_member(written: Path) -> None:
    with open_snapshot(written) as snapshot, zipfile.ZipFile(written) as archive:
        assert archive.comment.decode() == snapshot.identity
        assert archive.namelist() == ["manifest.json", "caf.parquet"]
        assert list(json.loads(archive.read("manifest.json"))["members"]) == ["caf.parquet"]
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_the_same_rows_give_the_same_bytes_however_they_arrive(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "caf_assessment_id": str(number)} for number in range(ROWS_A_GROUP + 1_000)]
    made = []
    for pieces in (1, 7):
        to = tmp_path / f"{pieces}.snapshot"
        write_snapshot(staged(tmp_path / str(pieces), rows, pieces), MANIFEST, to)
        made.append(to.read_bytes())
    assert made[0] == made[1]


def test_a_manifest_reads_back_as_it_was() -> None:
    said = manifest_bytes(MANIFEST, {"caf.parquet": "2" * 64})
    assert parse_manifest(said) == (MANIFEST, {"caf.parquet": "2" * 64})
    assert manifest_bytes(*parse_manifest(said)) == said


def test_nobody_can_write_to_it_afterwards(written: Path) -> None:
    assert written.stat().st_mode & 0o777 == 0o444


def test_the_same_again_is_no_matter_but_another_is_refused(tmp_path: Path, written: Path) -> None:
    before = written.read_bytes()
    write_snapshot(tmp_path / "staged", MANIFEST, written)
    with pytest.raises(BadInput, match="a snapshot is never changed"):
        write_snapshot(tmp_path / "staged", replace(MANIFEST, areas=("991",)), written)
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    with pytest.raises(BadInput, match="There is a different file of this name already"):
        write_snapshot(tmp_path / "staged", MANIFEST, other)
    assert (written.read_bytes(), other.read_text()) == (before, "mine")


def _rewritten(path: Path, change: Callable[[dict[str, bytes]], None], comment: bytes | None = None) -> Path:
    """A copy of the snapshot with changed members."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
        said = archive.comment
    change(members)
    copy = path.with_name("copy.snapshot")
    with zipfile.ZipFile(copy, "w") as archive:
        archive.comment = comment if comment is not None else said
        for name, content in members.items():
            archive.writestr(name, content)
    return copy


def _refused(path: Path) -> str:
    with pytest.raises(BadInput) as bad, open_snapshot(path):
        pass
    (problem,) = bad.value.problems
    assert (problem.file, bool(problem.remedy)) == (path.name, True)
    return problem.message


CHANGED = "The snapshot has been changed since it was written: its contents do not match their hashes."
NOT_WHOLE = "This is not a whole snapshot file: it is something else, or was cut off."


def test_a_changed_member_is_noticed(written: Path) -> None:
    def table(members: dict[str, bytes]) -> None:
        members["caf.parquet"] = members["caf.parquet"][:-1] + b"X"

    def said(members: dict[str, bytes]) -> None:
        members["manifest.json"] = members["manifest.json"].replace(b'"990"', b'"991"')

    def more(members: dict[str, bytes]) -> None:
        members["ssd_person.parquet"] = members["caf.parquet"]

    def less(members: dict[str, bytes]) -> None:
        del members["caf.parquet"]

    assert {_refused(_rewritten(written, change)) for change in (table, said, more, less)} == {CHANGED}
    assert _refused(_rewritten(written, lambda members: None, b"")) == CHANGED


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_one_turned_bit_is_noticed(written: Path, at: float) -> None:
    content = bytearray(written.read_bytes())
    content[int(len(content) * at)] ^= 1
    copy = written.with_name("copy.snapshot")
    copy.write_bytes(content)
    assert _refused(copy) in (CHANGED, NOT_WHOLE)


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9])
def test_a_cut_off_file_is_noticed(written: Path, kept: float) -> None:
    copy = written.with_name("copy.snapshot")
    copy.write_bytes(written.read_bytes()[: int(written.stat().st_size * kept)])
    assert _refused(copy) == NOT_WHOLE


def test_what_is_no_snapshot(tmp_path: Path) -> None:
    text, archive = tmp_path / "a.snapshot", tmp_path / "b.snapshot"
    text.write_text("hello")
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("manifest.json", "[]")
    assert (_refused(text), _refused(archive)) == (NOT_WHOLE, NOT_WHOLE)
    with pytest.raises(BadInput) as refused, open_snapshot(tmp_path / "missing.snapshot"):
        pass
    assert str(refused.value).startswith(f"{tmp_path / 'missing.snapshot'}: The file could not be read or written")


def test_one_written_by_a_later_version(tmp_path: Path) -> None:
    to = tmp_path / "later.snapshot"
    write_snapshot(staged(tmp_path / "staged", ROWS), replace(MANIFEST, schema_version=99), to)
    with pytest.raises(BadInput) as bad, open_snapshot(to):
        pass
    (problem,) = bad.value.problems
    assert problem.message == "The snapshot was written by a later Safeboard than this one."
    assert (problem.found, problem.expected) == ("schema version 99", "schema version 1 or lower")


def test_a_member_cannot_be_put_outside_its_folder(written: Path) -> None:
    def outside(members: dict[str, bytes]) -> None:
        members["../ssd_person.parquet"] = members["caf.parquet"]
        said = json.loads(members["manifest.json"])
        said["members"]["../ssd_person.parquet"] = said["members"]["caf.parquet"]
        members["manifest.json"] = json.dumps(said).encode()

    assert _refused(_rewritten(written, outside)) in (CHANGED, NOT_WHOLE)


def test_a_copy_is_the_same_file(tmp_path: Path, written: Path) -> None:
    manifest, identity = copy_snapshot(written, tmp_path / "copy.snapshot")
    assert (tmp_path / "copy.snapshot").read_bytes() == written.read_bytes()
    assert manifest == MANIFEST
    assert copy_snapshot(written, written) == (manifest, identity)


def test_nothing_is_left_where_it_cannot_be_written(tmp_path: Path) -> None:
    folder = staged(tmp_path / "staged", ROWS)
    to = tmp_path / "missing" / "made.snapshot"
    with pytest.raises(BadInput) as refused:
        write_snapshot(folder, MANIFEST, to)
    assert str(refused.value) == (
        f"{to}: The file could not be read or written: No such file or directory. "
        "Check that the folder exists and that you may write there."
    )


FILL = """
import resource, signal, sys
from pathlib import Path
from safeboard.foundation.kernel.errors import BadInput
from tests.tables.test_snapshot_file import MANIFEST
from safeboard.figures.tables.snapshot_file import write_snapshot

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
try:
    write_snapshot(Path(sys.argv[1]), MANIFEST, Path(sys.argv[2]))
except BadInput as bad:
    print(bad)
"""


def test_a_disk_that_fills_leaves_nothing(tmp_path: Path) -> None:
    """A limit on the size of a file stands for the full disk: the system refuses the write in the same place."""
    folder = staged(tmp_path / "staged", ROWS * 500)
    to = tmp_path / "out" / "made.snapshot"
    to.parent.mkdir()
    said = subprocess.run(
        [sys.executable, "-c", FILL, folder, to],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert said.stdout == (
        f"{to}: There is no room left to write; nothing has been kept. "
        "Free some space, or write to another disk, and start again.\n"
    )
    assert list(to.parent.iterdir()) == []
