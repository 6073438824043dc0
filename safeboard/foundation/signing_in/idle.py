"""Signing out on the server: after half an hour without a page, eight hours after signing in, and with one's seat."""

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
BEGUN = "begun"
WRITTEN_EVERY = 60
"""Seconds: the time of the last page is written no more often, so that most pages write nothing."""


def begin(request: HttpRequest) -> None:
    """Start counting the age of the session, and its idle time, from now."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())


class IdleMiddleware:
    """Ends a session before the page: idle for `settings.IDLE_SIGN_OUT` seconds, begun longer than
    `settings.SESSION_COOKIE_AGE` seconds ago whatever was opened since, or its seat ended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return _given_back(request) if _is_our_form(request) else self.get_response(request)
        if _seconds_since(request, SEEN) > settings.IDLE_SIGN_OUT:
            return _too_late(request, "You were signed out because nothing was opened for a while.")
        if _seconds_since(request, BEGUN) > settings.SESSION_COOKIE_AGE:
            return _too_late(
                request, f"You were signed out because you signed in {settings.SESSION_COOKIE_AGE // 3600} hours ago."
            )
        if _seat_has_ended(request):
            return _signed_out(request, "You were signed out because the seat you sat in has ended.")
        if _seconds_since(request, SEEN) >= WRITTEN_EVERY:
            request.session[SEEN] = int(time.time())
        return self.get_response(request)


def _too_late(request: HttpRequest, said: str) -> HttpResponse:
    """The session ends. A form that comes with this request is kept as a draft, or given back where it has none."""
    viewer: Viewer | None = getattr(request, "viewer", None)
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


def _seconds_since(request: HttpRequest, moment: str) -> int:
    """Seconds since the last page of this session, or since it was begun. One that was never counted starts now."""
    now = int(time.time())
    return now - int(request.session.setdefault(moment, now))


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
