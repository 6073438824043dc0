"""Writing the trail from the application: who acts, and what was read."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from safeboard.foundation.audit.models import Did


def acts(*, who: str, seat: str = "", agency: str = "", purpose: str = "") -> None:
    """Say who acts on this connection from now on: for each request and each job. Keys, never names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('safeboard.who', %s, false), set_config('safeboard.seat', %s, false), "
            "set_config('safeboard.agency', %s, false), set_config('safeboard.purpose', %s, false)",
            [who, seat, agency, purpose],
        )


def note(did: Did, kind: str, object_id: object = "", details: Mapping[str, Any] | None = None) -> None:
    """Add an entry: somebody opened, listed, searched, exported or printed. Changes are noted by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_note(%s, %s, %s, %s::jsonb)", [str(did), kind, str(object_id), json.dumps(details or {})]
        )
