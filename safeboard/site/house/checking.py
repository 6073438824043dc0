"""Whether a house is safe to be used by people: each thing unsafe, with its remedy."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from safeboard.foundation.audit.triggers import TRAIL, TRIGGERS, present_triggers, watched
from safeboard.foundation.kernel.errors import Problem

SHORTEST_KEY = 50
Check = Callable[[], Iterator[Problem]]


def unsafe() -> list[Problem]:
    """Everything unsafe, in the order in which it is best mended. Empty: the house may be opened to its users."""
    return [problem for check in CHECKS for problem in check()]


def _mode() -> Iterator[Problem]:
    if settings.MODE != "production":
        yield _problem("SAFEBOARD_MODE", settings.MODE, "production", "Set SAFEBOARD_MODE=production.")


def _key() -> Iterator[Problem]:
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield _problem(
            "SAFEBOARD_SECRET_KEY", "a short key", f"{SHORTEST_KEY} characters or more", "Make a longer one."
        )
    kept = Path(settings.DATA) / "secret-key"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield _problem(str(kept), "a key others may read", "mode 600", "chmod 600 it, and make a new key.")


def _hosts() -> Iterator[Problem]:
    loose = [host for host in settings.ALLOWED_HOSTS if host in ("*", "localhost", "127.0.0.1") or host.startswith(".")]
    if loose or not settings.ALLOWED_HOSTS:
        yield _problem("SAFEBOARD_HOSTS", ", ".join(loose), "the house's own name", "Set SAFEBOARD_HOSTS to that name.")


def _mail() -> Iterator[Problem]:
    if not settings.MAIL:
        remedy = "Set SAFEBOARD_MAIL (docs/deployment.md): invitations and reminders go by e-mail."
        yield _problem("SAFEBOARD_MAIL", "no mail server", "smtp://user:password@host:587", remedy)


def _database() -> Iterator[Problem]:
    if not os.environ.get("DATABASE_URL"):
        remedy = "Set DATABASE_URL to a server that is backed up and looked after."
        yield _problem("DATABASE_URL", "the house's own small server", "a PostgreSQL server", remedy)
    for setting in ("fsync", "full_page_writes"):
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone()[0] != "on":
                yield _problem(f"PostgreSQL, {setting}", "off", "on", "Switch it on: a power cut would lose records.")


def _migrations() -> Iterator[Problem]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield _problem(
            "the database",
            "tables of an older version",
            "those of this one",
            "Say ./run roles as the database's owner: it migrates.",
        )


def _role() -> Iterator[Problem]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            remedy = "Give the application a role of its own (docs/deployment.md)."
            yield _problem("DATABASE_URL", "a superuser", "a role that may not change the trail", remedy)
        cursor.execute(
            "SELECT bool_or(has_table_privilege(kept, right_)) FROM unnest(%s::text[]) AS kept, "
            "unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS right_",
            [sorted(TRAIL)],
        )
        if cursor.fetchone()[0]:
            remedy = "Take these rights from the application's role (docs/deployment.md)."
            yield _problem("the audit trail", "the application may change it", "it may only be added to", remedy)


def _triggers() -> Iterator[Problem]:
    with connection.cursor() as cursor:
        present = present_triggers(cursor)
    for table in sorted(watched(apps.get_models(include_auto_created=True))):
        if missing := sorted(TRIGGERS.keys() - present.get(table, set())):
            remedy = "Say ./run roles as the database's owner: it migrates."
            yield _problem(f"the table {table}", f"no {', '.join(missing)}", "triggers that write the trail", remedy)


def _framework() -> Iterator[Problem]:
    for found in run_checks(include_deployment_checks=True):
        if found.level >= 30:
            yield Problem(
                message=found.msg, element=str(found.id), remedy=found.hint or "See the framework's documentation."
            )


def _problem(element: str, found: str, expected: str, remedy: str) -> Problem:
    return Problem(
        message="This is not safe for a house in use.", element=element, found=found, expected=expected, remedy=remedy
    )


CHECKS: tuple[Check, ...] = (_mode, _key, _hosts, _mail, _database, _migrations, _role, _triggers, _framework)
