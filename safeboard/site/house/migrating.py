"""Bringing a database's tables to this version, by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import ProgrammingError, connection
from psycopg.errors import InsufficientPrivilege

from safeboard.foundation.kernel.errors import BadInput, Problem

LOCK = 5_417_011
"""Any number that nobody else takes in this database."""


def migrate() -> None:
    """Bring the tables to this version. Whoever comes meanwhile waits, and finds it done.

    BadInput where there is something to do and this database role may not do it.
    """
    with _alone():
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            raise BadInput(_may_not_migrate()) from error


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _may_not_migrate() -> Problem:
    return Problem(
        message="The database has the tables of another version, and this role may not change them.",
        element="DATABASE_URL",
        expected="tables of this version, or the database's owner",
        remedy="Say ./run roles with the DATABASE_URL of the database's owner first: it migrates.",
    )
