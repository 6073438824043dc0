"""The first page, the choice of seat, and the page for what is not found."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import public_door, signed_in_door, viewer_from
from safeboard.foundation.access.middleware import SEAT_IN_SESSION
from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer, seats_of
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.drafts import drafts_of
from safeboard.site.first_page import panels_for


@signed_in_door("everybody has a first page")
def home(request: HttpRequest) -> HttpResponse:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return render(request, "site/home.html")
    shown = {
        "panels": panels_for(viewer),
        "drafts": drafts_of(viewer),
        "own_seats": _own_seats(viewer),
        "finds_people": viewer.may(Module.PEOPLE, Action.FIND),
    }
    return render(request, "site/home.html", shown)


def _own_seats(viewer: Viewer) -> list[tuple[Seat, str]]:
    """Each of one's own seats in words; with its area where they are in more than one."""
    several = len({seat.agency.area_id for seat in viewer.seats}) > 1
    areas = {seat.pk: f", {seat.agency.area.name}" if several else "" for seat in viewer.seats}
    return [(seat, f"{roles()[seat.role].title}, {seat.agency.name}{areas[seat.pk]}") for seat in viewer.seats]


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
