"""The trail's place in the house: after each migration every table of ours gets the trigger that writes the trail."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate

from safeboard.foundation.audit.triggers import put_triggers


class AuditConfig(AppConfig):
    name = "safeboard.foundation.audit"
    label = "audit"
    verbose_name = "The audit trail"

    def ready(self) -> None:
        post_migrate.connect(_watch_every_table)


def _watch_every_table(using: str, **_: Any) -> None:
    with connections[using].cursor() as cursor:
        put_triggers(cursor, apps.get_models(include_auto_created=True), connections[using].introspection.table_names())
