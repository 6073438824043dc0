"""Signing out on the server: after half an hour without a page, and when the seat a session was begun in has ended."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import get_template
from django_htmx.http import HttpResponseClientRedirect

from safeboard.foundation.access.middleware import SEAT_IN_SESSION
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.pages.drafts import keep_posted
from safeboard.foundation.pages.posted_again import again
from safeboard.foundation.pages.posted_once import ONCE

SEEN = "seen"
WRITTEN_EVERY = 60
"""Seconds: the time of the last page is written no more often, so that most pages write nothing."""


def begin(request: HttpRequest) -> None:
    """Start counting idle time from now."""
    request.session[SEEN] = int(time.time())


class IdleMiddleware:
    """Ends a session that was idle for `settings.IDLE_SIGN_OUT` seconds, or whose seat has ended, before the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return _given_back(request) if _is_our_form(request) else self.get_response(request)
        if _idle_for(request) > settings.IDLE_SIGN_OUT:
            return _too_late(request)
        if _seat_has_ended(request):
            return _signed_out(request, "You were signed out because the seat you sat in has ended.")
        if _idle_for(request) >= WRITTEN_EVERY:
            begin(request)
        return self.get_response(request)


def _too_late(request: HttpRequest) -> HttpResponse:
    """The session ends. A form that comes with this request is kept as a draft, or given back where it has none."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    said = "You were signed out because nothing was opened for a while."
    if viewer and _is_our_form(request):
        if keep_posted(request.POST, by=viewer) is None:
            logout(request)
            return _given_back(request)
        said += " What you typed is kept as a draft."
    return _signed_out(request, said)


def _is_our_form(request: HttpRequest) -> bool:
    """Whether a form of the house was sent, which somebody may have typed for long."""
    return request.method == "POST" and ONCE in request.POST


def _given_back(request: HttpRequest) -> HttpResponse:
    """What was typed, in a page that sends it again after signing in. Nothing is done with it, nor kept."""
    return HttpResponse(get_template("signing_in/signed_out.html").render(again(request)), status=403)


def _idle_for(request: HttpRequest) -> int:
    """Seconds since the last page of this session. One that was never counted starts now."""
    return int(time.time()) - int(request.session.setdefault(SEEN, int(time.time())))


def _seat_has_ended(request: HttpRequest) -> bool:
    """A session stays in the seat, and so in the area, it was begun in: it never slips into another by itself."""
    begun_in = request.session.get(SEAT_IN_SESSION)
    viewer: Viewer | None = getattr(request, "viewer", None)
    return begun_in is not None and (viewer is None or viewer.seat.pk != begun_in)


def _signed_out(request: HttpRequest, why: str) -> HttpResponse:
    logout(request)
    messages.info(request, why)
    if request.headers.get("HX-Request"):
        # Half a page was asked for: the sign-in page must not land in the middle of the old one.
        return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
