"""A snapshot as one file: a ZIP of a manifest and one Parquet file a table, never changed once written."""

import hashlib
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.declaration import SCHEMA_VERSION
from safeboard.figures.tables.disk import disk_problem
from safeboard.figures.tables.manifest_file import NewerSchema, manifest_bytes, parse_manifest
from safeboard.figures.tables.schema import arrow_schema
from safeboard.figures.tables.snapshot import Manifest, Snapshot
from safeboard.foundation.kernel.errors import BadInput, Problem

SUFFIX: Final = ".snapshot"
MANIFEST: Final = "manifest.json"
FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a ZIP can hold: the file says nothing of when it was made, so equal rows give equal bytes."""

BLOCK: Final = 1 << 20


def write_snapshot(staged: Path, manifest: Manifest, to: Path) -> str:
    """Freezes the Parquet files in the folder `staged` with their manifest as the file `to`; returns its identity.

    The identity is the SHA-256 of the manifest, which holds that of every member. The file appears whole or not at
    all, and cannot be written to afterwards. BadInput where `to` holds something else, or the disk fills.
    """
    members = {path.name: path for path in sorted(staged.glob("*.parquet"))}
    try:
        said = manifest_bytes(manifest, {name: _sha256(path) for name, path in members.items()})
        identity = hashlib.sha256(said).hexdigest()
        if to.exists():
            _refuse_other(to, identity)
            return identity
        _write_whole(to, said, members, identity)
    except OSError as error:
        raise BadInput(disk_problem(error, to)) from error
    return identity


def _write_whole(to: Path, said: bytes, members: dict[str, Path], identity: str) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                archive.comment = identity.encode()
                archive.writestr(_member(MANIFEST), said)
                for member, path in members.items():
                    with path.open("rb") as source, archive.open(_member(member), "w", force_zip64=True) as target:
                        while block := source.read(BLOCK):
                            target.write(block)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        partial.rename(to)
    finally:
        partial.unlink(missing_ok=True)


def copy_snapshot(path: Path, to: Path) -> tuple[Manifest, str]:
    """Checks the snapshot at `path` and copies it, byte for byte, to `to`; its manifest and identity.

    BadInput where it is not whole, where `to` holds something else, or the disk fills.
    """
    with tempfile.TemporaryDirectory(prefix="safeboard-") as folder:
        manifest, identity = _unpack(path, Path(folder))
        if not (to.exists() and to.samefile(path)):
            write_snapshot(Path(folder), manifest, to)
        return manifest, identity


@contextmanager
def open_snapshot(path: Path) -> Iterator[Snapshot]:
    """The snapshot in the file, on its own DuckDB connection, closed with everything it needed when left.

    Every byte is checked against the manifest first. BadInput where one differs, the file is cut off or is no
    snapshot, or a later Safeboard wrote it.
    """
    with tempfile.TemporaryDirectory(prefix="safeboard-") as folder:
        manifest, identity = _unpack(path, Path(folder))
        connection = duckdb.connect()
        try:
            _fill_all(connection, Path(folder))
            yield Snapshot(identity=identity, manifest=manifest, connection=connection)
        finally:
            connection.close()


def _fill_all(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Reads every table, two at a time: reading one alone keeps only one and a half processors at work."""

    def fill(name: str) -> None:
        with connection.cursor() as own:
            _fill(own, name, folder / f"{name}.parquet")

    with ThreadPoolExecutor(max_workers=2) as workers:
        list(workers.map(fill, TABLES))


def _fill(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    if file.exists():
        connection.execute(f"CREATE TABLE \"{name}\" AS SELECT * FROM read_parquet('{file}')")
    else:
        empty = pa.Table.from_pylist([], schema=arrow_schema(TABLES[name]))
        connection.register("empty_table", empty)
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM empty_table')
        connection.unregister("empty_table")


def _unpack(path: Path, folder: Path) -> tuple[Manifest, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            said = archive.read(MANIFEST)
            manifest, members = parse_manifest(said)
            identity = hashlib.sha256(said).hexdigest()
            whole = archive.comment.decode(errors="replace") == identity
            whole = whole and set(archive.namelist()) == {MANIFEST, *members}
            if not whole or not all(_extract(archive, name, folder) == sha for name, sha in members.items()):
                raise BadInput(_changed(path))
    except NewerSchema as newer:
        raise BadInput(_newer(path, newer.version)) from newer
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BadInput(_no_snapshot(path, error)) from error
    except OSError as error:
        raise BadInput(disk_problem(error, path)) from error
    return manifest, identity


def _extract(archive: zipfile.ZipFile, name: str, folder: Path) -> str:
    """Copies a member out and returns the SHA-256 of what was copied. Its name is one of our tables or nothing."""
    if name.removesuffix(".parquet") not in TABLES:
        raise ValueError(f"{name} is no standard table")
    digest = hashlib.sha256()
    with archive.open(name) as source, (folder / name).open("wb") as target:
        while block := source.read(BLOCK):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, FIXED_TIME)
    info.external_attr = (stat.S_IFREG | stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH) << 16
    return info


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_other(to: Path, identity: str) -> None:
    try:
        with zipfile.ZipFile(to) as archive:
            there = archive.comment.decode(errors="replace")
    except zipfile.BadZipFile:
        there = ""
    if there != identity:
        raise BadInput(
            Problem(
                message="There is a different file of this name already, and a snapshot is never changed.",
                file=str(to),
                found=there or "a file that is no snapshot",
                expected=identity,
                remedy="Give another name, or move the old file away first.",
            )
        )


def _changed(path: Path) -> Problem:
    return Problem(
        message="The snapshot has been changed since it was written: its contents do not match their hashes.",
        file=path.name,
        remedy="Take the copy that was archived, or make the snapshot again from its sources.",
    )


def _newer(path: Path, version: int) -> Problem:
    return Problem(
        message="The snapshot was written by a later Safeboard than this one.",
        file=path.name,
        found=f"schema version {version}",
        expected=f"schema version {SCHEMA_VERSION} or lower",
        remedy="Open it with the newer Safeboard, or make the snapshot again from its sources.",
    )


def _no_snapshot(path: Path, error: Exception) -> Problem:
    changed = "Bad CRC" in str(error)
    return (
        _changed(path)
        if changed
        else Problem(
            message="This is not a whole snapshot file: it is something else, or was cut off.",
            file=path.name,
            remedy="Copy it again from where it was made, or make the snapshot again from its sources.",
        )
    )
