"""The pages for bad days: they ask the database for nothing, say what is stored and what is not, lose nothing typed.

A browser need not keep what was typed: these pages may not be kept by it. So they hold it themselves, to send again;
it is in the page alone, never stored and never logged.
"""

import sys
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from psycopg.errors import DiskFull

from safeboard.foundation.kernel.disk import FULL
from safeboard.foundation.pages.posted_again import again
from safeboard.foundation.signing_in.letters import NotSent

DATABASE_AWAY: Final = (OperationalError, InterfaceError)


def not_readable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is not a form of ours, or holds more text than is ever typed."""
    too_big = isinstance(exception, RequestDataTooBig)
    return _alone("too_large" if too_big else "not_readable", status=413 if too_big else 400)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the right token: an old page, mostly, or one of another site.

    Only what came from a page of this house may be sent again with a new token.
    """
    own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = again(request) if own else {"typed": []}
    typed: Any = [pair for pair in context["typed"] if pair[0] != "csrfmiddlewaretoken"]  # type: ignore[attr-defined]
    if typed:
        typed.append(("csrfmiddlewaretoken", get_token(request)))
    return _alone("not_from_here", {**context, "typed": typed}, status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Shown with nothing from the database: it may be what went wrong.

    507 where a disk is full: that must be put right first. 502 where all was stored but an e-mail about it could not
    be sent. 503 where the database is away: a retry may do.
    """
    error = sys.exc_info()[1]
    if _no_room(error):
        return _alone("no_room", again(request), status=507)
    if isinstance(error, NotSent):
        return _alone("not_sent", status=502)
    if isinstance(error, DATABASE_AWAY):
        page = _alone("database_away", again(request), status=503)
        page["Retry-After"] = "30"
        return page
    return _alone("went_wrong", again(request), status=500)


def _no_room(error: BaseException | None) -> bool:
    """Whether a full disk stopped us: the database's, or the one on which uploads are kept."""
    return (isinstance(error, OSError) and error.errno in FULL) or isinstance(error and error.__cause__, DiskFull)


def _alone(name: str, context: dict[str, Any] | None = None, *, status: int) -> HttpResponse:
    page = get_template(f"site/{name}.html").render(context or {})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
