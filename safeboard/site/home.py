"""The first page, the choice of seat, and the pages for what is not found or went wrong."""

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.views.decorators.http import require_POST
from psycopg.errors import DiskFull

from safeboard.figures.tables.disk import FULL
from safeboard.foundation.access.doors import public_door, signed_in_door, viewer_from
from safeboard.foundation.access.middleware import SEAT_IN_SESSION
from safeboard.foundation.access.viewer import Viewer, seats_of
from safeboard.foundation.pages.drafts import drafts_of
from safeboard.foundation.signing_in.letters import NotSent
from safeboard.site.first_page import panels_for

DATABASE_AWAY = (OperationalError, InterfaceError)


@signed_in_door("everybody has a first page")
def home(request: HttpRequest) -> HttpResponse:
    viewer: Viewer | None = getattr(request, "viewer", None)
    shown = {"panels": panels_for(viewer), "drafts": drafts_of(viewer)} if viewer else {}
    return render(request, "site/home.html", shown)


@require_POST
@signed_in_door("one's own seats")
def choose_seat(request: HttpRequest) -> HttpResponseRedirect:
    """Sit in another of one's own seats for the rest of the session."""
    asked = request.POST.get("seat", "")
    viewer = viewer_from(request)
    if asked not in {str(seat.pk) for seat in seats_of(viewer.user, viewer.at)}:
        raise Http404
    request.session[SEAT_IN_SESSION] = int(asked)
    return redirect("home")


@public_door("a proxy asks whether the house is up; it is told nothing else")
def health(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("up", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/not_found.html", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Shown with nothing from the database: it may be what went wrong.

    507 where a disk is full: that must be put right first. 502 where all was stored but an e-mail about it could not
    be sent. 503 where the database is away: a retry may do.
    """
    error = sys.exc_info()[1]
    if no_room(error):
        return HttpResponse(get_template("site/no_room.html").render(), status=507)
    if isinstance(error, NotSent):
        return HttpResponse(get_template("site/not_sent.html").render(), status=502)
    if isinstance(error, DATABASE_AWAY):
        page = get_template("site/database_away.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": "30"})
    return HttpResponse(get_template("site/went_wrong.html").render(), status=500)


def no_room(error: BaseException | None) -> bool:
    """Whether a full disk stopped us: the database's, or the one on which uploads are kept."""
    return (isinstance(error, OSError) and error.errno in FULL) or isinstance(error and error.__cause__, DiskFull)
