"""The pages for bad days: they ask the database for nothing, say what is stored and what is not, lose nothing typed.

A browser need not keep what was typed: these pages may not be kept by it. So they hold it themselves, to send again.
"""

import sys
from collections.abc import Sequence
from typing import Final

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from psycopg.errors import DiskFull

from safeboard.figures.tables.disk import FULL
from safeboard.foundation.signing_in.letters import NotSent

DATABASE_AWAY: Final = (OperationalError, InterfaceError)
NEVER_SHOWN: Final = ("password", "code", "token", "credential", "secret")
"""Parts of names of fields whose values are typed anew rather than put into a page."""


def went_wrong(request: HttpRequest) -> HttpResponse:
    """What went wrong, in plain words.

    507 where a disk is full: that must be put right first. 502 where all was stored but an e-mail about it could not
    be sent. 503 where the database is away: a retry may do. Else 500.
    """
    error = sys.exc_info()[1]
    if _no_room(error):
        return _page(request, "site/no_room.html", 507)
    if isinstance(error, NotSent):
        return HttpResponse(get_template("site/not_sent.html").render(), status=502)
    if isinstance(error, DATABASE_AWAY):
        answer = _page(request, "site/database_away.html", 503)
        answer["Retry-After"] = "30"
        return answer
    return _page(request, "site/went_wrong.html", 500)


def _no_room(error: BaseException | None) -> bool:
    """Whether a full disk stopped us: the database's, or the one on which uploads are kept."""
    return (isinstance(error, OSError) and error.errno in FULL) or isinstance(error and error.__cause__, DiskFull)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    typed = _typed(request) if request.method == "POST" else ()
    words = {"typed": typed, "address": request.get_full_path(), "token": get_token(request) if typed else ""}
    return HttpResponse(get_template(template).render(words), status=status)


def _typed(request: HttpRequest) -> Sequence[tuple[str, str]]:
    """What was posted, field by field. Nothing where it cannot be read, or held something that is never shown."""
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
    except (OSError, SuspiciousOperation):
        return ()
    fields = [(name, value) for name, value in posted if name != "csrfmiddlewaretoken"]
    return () if any(part in name.lower() for name, _ in fields for part in NEVER_SHOWN) else fields
