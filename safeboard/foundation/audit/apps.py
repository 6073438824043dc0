"""The trail's place in the house: after each migration every table of ours gets the triggers that write the trail."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from safeboard.foundation.audit.triggers import put_triggers


class AuditConfig(AppConfig):
    name = "safeboard.foundation.audit"
    label = "audit"
    verbose_name = "The audit trail"

    def ready(self) -> None:
        post_migrate.connect(_watch_tables)


def _watch_tables(sender: AppConfig, using: str, **_: Any) -> None:
    """Those of one room: the signal comes for each, once all tables are there."""
    with connections[using].cursor() as cursor:
        put_triggers(cursor, sender.get_models(include_auto_created=True))
