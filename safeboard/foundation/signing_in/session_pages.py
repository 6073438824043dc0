"""Where one is signed in oneself, and ending it there."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from safeboard.foundation.access.confirming import confirm_again
from safeboard.foundation.access.doors import signed_in_door
from safeboard.foundation.access.models import User
from safeboard.foundation.signing_in.sessions import end_elsewhere, places_of


@signed_in_door("one's own sessions")
def sessions(request: HttpRequest) -> HttpResponse:
    """Each place where one is signed in, this one first. Stands at the library's own address."""
    places = places_of(_user(request), request.session.session_key, timezone.now())
    return render(request, "signing_in/sessions.html", {"places": places})


@require_POST
@signed_in_door("one's own sessions")
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End another of one's own sessions. This one is ended by signing out."""
    user, this, now = _user(request), request.session.session_key, timezone.now()
    if pk not in {place.pk for place in places_of(user, this, now) if not place.is_this}:
        raise Http404
    confirm_again(request)
    if end_elsewhere(user=user, this=this, why="ended by its user elsewhere", at=now, only=pk):
        messages.success(request, "You are signed out there.")
    return redirect("signing_in:sessions")


@require_POST
@signed_in_door("one's own sessions")
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    confirm_again(request)
    this = request.session.session_key
    end_elsewhere(user=_user(request), this=this, why="ended by their user elsewhere", at=timezone.now())
    messages.success(request, "You are signed in here only.")
    return redirect("signing_in:sessions")


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
