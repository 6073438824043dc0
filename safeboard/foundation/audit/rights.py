"""The rights of the application's own database role: all work on the records, none to change the trail."""

from typing import Final

from django.db import ProgrammingError
from django.db.backends.utils import CursorWrapper
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from safeboard.foundation.audit.triggers import TRAIL
from safeboard.foundation.kernel.errors import BadInput, Problem

GRANTED: Final = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    "REVOKE ALL ON SEQUENCE audit_entry_number, audit_block_key FROM {role}",
)


def make_role(cursor: CursorWrapper, role: str, password: str) -> bool:
    """Make the role where there is none. True where it was made; one that is there keeps its password.

    BadInput where the owner may not make roles.
    """
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone():
        return False
    words = "CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {password}"
    try:
        cursor.execute(sql.SQL(words).format(role=sql.Identifier(role), password=sql.Literal(password)))
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise BadInput(_may_not_make_roles()) from error
    return True


def _may_not_make_roles() -> Problem:
    return Problem(
        message="This role may not make other roles.",
        element="DATABASE_URL",
        expected="the database's owner, with CREATEROLE",
        remedy="Let the server's administrator say ALTER ROLE ... CREATEROLE of it, or make the application's role.",
    )


def grant_rights(cursor: CursorWrapper, role: str) -> None:
    """Let the role work on every table, read the trail, and change nothing of it. Safe to do again, as the owner."""
    cursor.execute("SELECT current_schema()")
    named = {"schema": sql.Identifier(cursor.fetchone()[0]), "role": sql.Identifier(role)}
    for words in GRANTED:
        cursor.execute(sql.SQL(words).format(**named))
    for table in sorted(TRAIL):
        cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(table=sql.Identifier(table), **named))
        cursor.execute(sql.SQL("GRANT SELECT ON {table} TO {role}").format(table=sql.Identifier(table), **named))
