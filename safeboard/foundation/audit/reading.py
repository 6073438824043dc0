"""What was read: gathered while a page is made, and in the trail before the page leaves."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import Error, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from safeboard.foundation.audit.models import Did


def noted(
    request: HttpRequest, did: Did, kind: str, object_id: object = "", details: Mapping[str, Any] | None = None
) -> None:
    """Put a reading, export, print or search on the request. The page is shown only once it stands in the trail.

    Keys only in `object_id`; in `details` what was asked (filters, columns, how many rows), never a name. Raises
    RuntimeError where nobody would write it: outside a request, or when the answer has left already.
    """
    gathered: list[dict[str, Any]] | None = getattr(request, "readings", None)
    if gathered is None:
        raise RuntimeError("A reading is noted while the page is made, within the house's own middleware.")
    gathered.append({"did": str(did), "kind": kind, "object_id": str(object_id), "details": dict(details or {})})


class ReadingMiddleware:
    """Writes what the page noted. Stands right inside the middleware that tells the trail who acts.

    It writes when the view's own transaction is over, in one statement that is a transaction of its own: the lock that
    keeps the chain in order is held for that moment, and not while a page is made.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.readings = []  # type: ignore[attr-defined]
        answer = self.get_response(request)
        gathered = request.readings  # type: ignore[attr-defined]
        request.readings = None  # type: ignore[attr-defined]
        if gathered:
            _write(gathered)
        return answer


def _write(gathered: list[dict[str, Any]]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit_note(did, kind, object_id, details) "
                "FROM jsonb_to_recordset(%s::jsonb) AS noted(did text, kind text, object_id text, details jsonb)",
                [json.dumps(_writable(gathered), default=str)],
            )
    except Error:
        # Not chained to its cause: the database's own words could hold what was read. The page becomes a 503.
        raise OperationalError("The trail cannot be written, so nothing is shown.") from None


def _writable(said: Any) -> Any:
    """The same without NUL characters, which no text in the database may hold: typed into a search, they are noted."""
    match said:
        case str():
            return said.replace("\0", "\ufffd")
        case dict():
            return {key: _writable(value) for key, value in said.items()}
        case list() | tuple():
            return [_writable(value) for value in said]
    return said
