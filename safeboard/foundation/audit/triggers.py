"""Which tables the database itself watches: all of ours, and those of sign-in that matter. No code can go round it."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

OF_OTHERS: Final = frozenset({"mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialapp"})
TRAIL: Final = frozenset({"audit_trailentry", "audit_trailblock", "audit_trailhead"})
UNWATCHED: Final = TRAIL | {"pages_draft", "pages_postedform", "watching_lookedto"}
"""The trail itself, and how far it was looked through; and what passes: a draft is not yet part of any record."""

TRIGGERS: Final = {
    "trail_of_added": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS after_rows "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_note_added({key})",
    "trail_of_changed": "AFTER UPDATE ON {table} REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_note_changed({key})",
    "trail_of_removed": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS before_rows "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_note_removed({key})",
}
"""What writes the trail, on each watched table. `key` is the column of the record's key."""


def watched(models: Iterable[Any]) -> dict[str, str]:
    """The tables that write the trail when a row is added, changed or removed, each with the column of its key."""
    return {
        model._meta.db_table: model._meta.pk.column
        for model in models
        if (model.__module__.startswith("safeboard.") or model._meta.db_table in OF_OTHERS)
        and model._meta.db_table not in UNWATCHED
        and model._meta.managed
    }


def put_triggers(cursor: CursorWrapper, models: Iterable[Any]) -> None:
    """Put the triggers that a watched table lacks. Nothing is asked of the database's owner where none is missing."""
    present = present_triggers(cursor)
    for table, key in watched(models).items():
        for name in TRIGGERS.keys() - present.get(table, set()):
            how = TRIGGERS[name].format(table=f'"{table}"', key=f"'{key}'")
            cursor.execute(f"CREATE TRIGGER {name} {how}")


def present_triggers(cursor: CursorWrapper) -> dict[str, set[str]]:
    """The trail's triggers that are switched on, by table."""
    cursor.execute(
        "SELECT relname, array_agg(tgname::text) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgname LIKE 'trail\\_of\\_%%' AND tgenabled IN ('O', 'A') "
        "AND relnamespace = current_schema()::regnamespace GROUP BY relname",
        [],
    )
    return {table: set(names) for table, names in cursor.fetchall()}
