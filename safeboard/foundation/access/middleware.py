"""Puts the viewer on each request, tells the trail who acts and what was refused, shuts each page that has no door."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from safeboard.foundation.access.break_glass import closed_to
from safeboard.foundation.access.doors import Door, refusal
from safeboard.foundation.access.models import User
from safeboard.foundation.access.records import RECORDS, kind_of_page
from safeboard.foundation.access.refusals import note_refusal
from safeboard.foundation.access.viewer import Viewer, viewer_of
from safeboard.foundation.audit.trail import acts

SEAT_IN_SESSION = "seat"


class SeatMiddleware:
    """`request.viewer` is the signed-in user in the seat chosen for this session, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = None  # type: ignore[attr-defined]
        if isinstance(request.user, User):
            seat = request.session.get(SEAT_IN_SESSION)
            request.viewer = viewer_of(request.user, timezone.now(), seat)  # type: ignore[attr-defined]
        _tell_trail(request)
        return self.get_response(request)


def _tell_trail(request: HttpRequest) -> None:
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    if viewer is None:
        acts(who=str(request.user.pk or ""))
        return
    seat = viewer.seat
    acts(who=str(viewer.user.pk), seat=str(seat.pk), agency=str(seat.agency_id), purpose=viewer.purpose)


class DoorMiddleware:
    """Deny by default: a view that declares no door, and is not among those declared for libraries, is not found.

    What was refused here, by the policy or by the page itself, is noted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        note_refusal(request, answer)
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        through = door_of(view, request.resolver_match.view_name if request.resolver_match else "")
        if through is None:
            raise Http404
        return refusal(through, request, kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead somebody who may know that a record exists, but not open it, to the page that says whom to ask."""
        here = request.resolver_match
        kind = kind_of_page(here.view_name) if here and isinstance(exception, Http404) else ""
        object_id = str(here.kwargs.get(RECORDS[kind].argument, "")) if here and kind else ""
        if kind and closed_to(getattr(request, "viewer", None), kind, object_id) is not None:
            return redirect(settings.CLOSED_RECORD_PAGE, kind=kind, object_id=object_id)
        return None


def door_of(view: Callable[..., HttpResponse], name: str) -> Door | None:
    """The door of a view: its own, else the one the settings declare by name for a library's page."""
    own: Door | None = getattr(view, "door", None)
    if own is not None:
        return own
    if name in settings.PUBLIC_PAGES_OF_LIBRARIES:
        return Door(public=settings.PUBLIC_PAGES_OF_LIBRARIES[name])
    if name in settings.SIGNED_IN_PAGES_OF_LIBRARIES:
        return Door(signed_in=settings.SIGNED_IN_PAGES_OF_LIBRARIES[name])
    return None
