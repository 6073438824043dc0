"""Backups: the database and the files in one file, encrypted before anything touches the disk, proved by restoring.

The file is a ZIP of three members: `manifest.json` (counts and hashes, nothing personal), and `database.age` and
`files.age` in the age format, which other programs open too (docs/deployment.md).
"""

import hashlib
import json
import os
import subprocess  # the database's own programs, by list
import tarfile
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import pyrage
from django.conf import settings
from django.db import connection, transaction
from pyrage import x25519

from safeboard.foundation.database.server import programs
from safeboard.foundation.kernel.errors import BadInput, Problem

DATABASE, FILES, MANIFEST = "database.age", "files.age", "manifest.json"
MiB = 1024 * 1024


def write_backup(to: Path, key: x25519.Identity, now: datetime) -> Mapping[str, Any]:
    """Write the whole house to `to`, all or nothing, and give back its manifest."""
    unfinished = to.with_name(f".{to.name}.unfinished")
    try:
        with tempfile.TemporaryDirectory(dir=to.parent) as folder:
            database, files = Path(folder) / DATABASE, Path(folder) / FILES
            with one_moment() as moment:
                counts = row_counts()
                encrypt(dumped(moment), database, key)
            encrypt(packed(Path(settings.MEDIA_ROOT)), files, key)
            manifest = {
                "made_at": now.isoformat(timespec="seconds"),
                "rows": counts,
                "sha256": {part.name: sha256(part) for part in (database, files)},
            }
            with zipfile.ZipFile(unfinished, "w") as backup:
                backup.writestr(MANIFEST, json.dumps(manifest, indent=2))
                backup.write(database, DATABASE)
                backup.write(files, FILES)
        unfinished.replace(to)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def read_manifest(backup: Path) -> Mapping[str, Any]:
    """The manifest of a backup whose parts have the hashes it names. BadInput for any other file."""
    try:
        with zipfile.ZipFile(backup) as opened:
            manifest: Mapping[str, Any] = json.loads(opened.read(MANIFEST))
            for part, expected in manifest["sha256"].items():
                with opened.open(part) as stream:
                    if digest(stream) != expected:
                        raise BadInput(_not_a_backup(backup, f"its part {part} is not as it was written"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BadInput(_not_a_backup(backup, "it cannot be read as one")) from error
    return manifest


def restore_database(backup: Path, key: x25519.Identity, database: str) -> None:
    """Put a backup's database into an empty database of this name on the house's server."""
    with _decrypted(backup, DATABASE, key) as plain:
        restore_dump(plain, database, backup)


def restore_dump(plain: IO[bytes], database: str, backup: Path) -> None:
    """Put a dump into an empty database of this name, whole or not at all. `backup` is what it came from."""
    words = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    command = [str(programs() / words[0]), *words[1:], "--dbname", database]
    done = subprocess.run(command, stdin=plain, env=_connection(database), capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise BadInput(_not_a_backup(backup, f"the database did not take it: {done.stderr.strip()[:300]}"))


def gather_statistics() -> None:
    """A dump brings none: without them the first searches in a restored house would read whole tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def restore_files(backup: Path, key: x25519.Identity, to: Path) -> None:
    """Put a backup's files into an empty folder."""
    to.mkdir(parents=True, exist_ok=True)
    with _decrypted(backup, FILES, key) as plain, tarfile.open(fileobj=plain, mode="r|") as archive:
        archive.extractall(to, filter="data")


def row_counts() -> dict[str, int]:
    """How many rows each table holds."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


@contextmanager
def one_moment() -> Iterator[str]:
    """The database as it is at one moment, and PostgreSQL's name of that moment, by which `dumped` sees the same.

    A house in use changes between two readings: what was counted would not be what was dumped.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dumped(moment: str = "") -> Callable[[IO[bytes]], None]:
    """Writes the database in pg_dump's own format, as it is or as it was at a moment that lasts."""

    def write(to: IO[bytes]) -> None:
        command = [str(programs() / "pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
        command += [f"--snapshot={moment}"] if moment else []
        done = subprocess.run(command, stdout=to, env=_connection(), stderr=subprocess.PIPE, text=True)  # noqa: S603
        if done.returncode:
            raise BadInput(
                Problem(
                    message=f"The database could not be read: {done.stderr.strip()[:300]}",
                    element="DATABASE_URL",
                    remedy="Take backups as the database's owner, with PostgreSQL's programs no older than the server.",
                )
            )

    return write


def packed(folder: Path) -> Callable[[IO[bytes]], None]:
    """Writes a folder as a tar; an empty one where the folder is not there."""

    def write(to: IO[bytes]) -> None:
        with tarfile.open(fileobj=to, mode="w|") as archive:
            if folder.exists():
                archive.add(folder, arcname=".")

    return write


def encrypt(write: Callable[[IO[bytes]], None], to: Path, key: x25519.Identity) -> None:
    """Encrypt to a file what `write` writes, as it is written. Its error is ours."""
    failed: list[BaseException] = []
    reading, writing = os.pipe()

    def fill() -> None:
        with os.fdopen(writing, "wb") as stream:
            try:
                write(stream)
            except BaseException as error:
                failed.append(error)

    thread = threading.Thread(target=fill)
    thread.start()
    with os.fdopen(reading, "rb") as plain, to.open("wb") as encrypted:
        pyrage.encrypt_io(plain, encrypted, [key.to_public()])
    thread.join()
    if failed:
        raise failed[0]


@contextmanager
def _decrypted(backup: Path, part: str, key: x25519.Identity) -> Iterator[IO[bytes]]:
    # Decrypted to a file without a name: it is gone when it is closed, whatever happens.
    with zipfile.ZipFile(backup) as opened, opened.open(part) as encrypted, tempfile.TemporaryFile() as plain:
        try:
            pyrage.decrypt_io(encrypted, plain, [key])
        except pyrage.DecryptError as error:
            raise BadInput(_not_a_backup(backup, "this key does not open it")) from error
        plain.seek(0)
        yield plain


def _connection(database: str = "") -> dict[str, str]:
    """The environment in which the database's programs find it: a password never stands in a list of processes."""
    own = connection.settings_dict
    said = {"PGHOST": own["HOST"], "PGPORT": own["PORT"], "PGUSER": own["USER"], "PGPASSWORD": own["PASSWORD"]}
    return {
        **os.environ,
        **{name: str(value) for name, value in said.items() if value},
        "PGDATABASE": database or own["NAME"],
    }


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return digest(stream)


def digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := stream.read(MiB):
        found.update(block)
    return found.hexdigest()


def _not_a_backup(backup: Path, why: str) -> Problem:
    return Problem(
        message=f"This is not a backup that can be restored: {why}.",
        file=str(backup),
        expected="a file written by ./run backup, whole, and the key it was written with",
        remedy="Fetch the file again from where it is kept, or take the backup before it.",
    )
