"""Which tables the database itself watches: all of ours, and those of sign-in that matter. No code can go round it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

OF_OTHERS: Final = frozenset({"mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialapp"})
UNWATCHED: Final = frozenset({"audit_trailentry", "audit_trailhead", "pages_draft", "pages_postedform"})
"""The trail itself; and what passes: a draft is written every few seconds and is not yet part of any record."""


def watched(models: Iterable[Any]) -> list[str]:
    """The tables that write the trail when a row is added, changed or removed."""
    return sorted(
        model._meta.db_table
        for model in models
        if (model.__module__.startswith("safeboard.") or model._meta.db_table in OF_OTHERS)
        and model._meta.db_table not in UNWATCHED
        and model._meta.managed
    )


def put_triggers(cursor: CursorWrapper, models: Iterable[Any], present: Sequence[str]) -> None:
    """Put the trigger on every watched table that is present. Safe to do again."""
    for table in watched(models):
        if table in present:
            cursor.execute(
                f'CREATE OR REPLACE TRIGGER trail_of_changes AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION audit_note_change()"
            )
