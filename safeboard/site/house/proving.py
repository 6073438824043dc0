"""A backup is believed when it has been restored: into a database of its own, counted, its trail verified."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import ProgrammingError, connection, connections
from pyrage import x25519

from safeboard.foundation.audit.chain import verify
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.house.backup import read_manifest, restore_database, row_counts


def prove(backup: Path, key: x25519.Identity) -> Mapping[str, Any]:
    """The manifest of a backup that was restored, equals what it says it holds, and whose trail is whole."""
    manifest = read_manifest(backup)
    name = f"proof_{secrets.token_hex(6)}"
    with _database(name):
        restore_database(backup, key, name)
        with _connected_to(name):
            found, trail = row_counts(), verify()
    if found != manifest["rows"] or trail.wrong:
        raise BadInput(_differs(backup, found, manifest["rows"]))
    return manifest


@contextmanager
def _database(name: str) -> Iterator[None]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    except ProgrammingError as error:
        raise BadInput(_may_not_restore_here()) from error
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """The default connection, for a while, to another database of the same server."""
    default = connections["default"]
    other = default.copy()
    other.settings_dict = {**default.settings_dict, "NAME": name}
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = default


def _may_not_restore_here() -> Problem:
    return Problem(
        message="The backup is written but not proved: this role may not make a database to restore it into.",
        element="DATABASE_URL",
        expected="the database's owner, with CREATEDB",
        remedy="Take backups as the owner, and let the server's administrator say ALTER ROLE ... CREATEDB of it.",
    )


def _differs(backup: Path, found: Mapping[str, int], expected: Mapping[str, int]) -> Problem:
    tables = sorted(table for table in {*found, *expected} if found.get(table) != expected.get(table))
    return Problem(
        message="Restored, the backup is not what it says it holds.",
        file=str(backup),
        found=f"other counts in {', '.join(tables)}" if tables else "an audit trail that is not whole",
        remedy="Do not rely on it. Write another, and keep the one before it.",
    )
