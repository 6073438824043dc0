"""One's own reminders: the weekly e-mail, the calendar feed's address, and the feed itself."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from safeboard.foundation.access.doors import public_door, signed_in_door
from safeboard.foundation.access.models import User
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.audit.trail import acts
from safeboard.tools.actions.calendar_feed import days_of, make_address, owner_of, revoke_address, set_weekly, written
from safeboard.tools.actions.models import Reminders

OWN = "one's own reminders"


@signed_in_door(OWN)
def reminders_page(request: HttpRequest) -> HttpResponse:
    """How one is reminded."""
    return _page(request)


@require_POST
@signed_in_door(OWN)
def weekly(request: HttpRequest) -> HttpResponse:
    """Have the weekly e-mail or not."""
    wanted = request.POST.get("weekly") == "on"
    set_weekly(user=_user(request), wanted=wanted)
    messages.success(request, "You get the weekly e-mail." if wanted else "You get no weekly e-mail.")
    return redirect("actions:reminders")


@require_POST
@signed_in_door(OWN)
@never_cache
def new_address(request: HttpRequest) -> HttpResponse:
    """Make a new address for the feed and show it, this once."""
    token = make_address(user=_user(request), at=timezone.now())
    path = reverse("actions:calendar", args=[token])
    return _page(request, address=request.build_absolute_uri(path))


@require_POST
@signed_in_door(OWN)
def no_address(request: HttpRequest) -> HttpResponse:
    """Revoke the feed's address."""
    revoke_address(user=_user(request))
    messages.success(request, "The address leads nowhere from now on.")
    return redirect("actions:reminders")


@require_safe
@public_door("a calendar program cannot sign in: the secret address is the proof, and numbers are all it gives")
@never_cache
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed behind a secret address. Not found once it is revoked, or its owner may not sign in."""
    user = owner_of(token)
    if user is None:
        raise Http404
    acts(who=str(user.pk))
    noted(request, Did.EXPORTED, "action calendar", user.pk)
    return HttpResponse(written(days_of(user, timezone.now())), content_type="text/calendar; charset=utf-8")


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    row = Reminders.objects.filter(user=_user(request)).first() or Reminders(user=_user(request))
    return render(request, "actions/reminders.html", {"reminders": row, "address": address})


def _user(request: HttpRequest) -> User:
    user: User | AnonymousUser = request.user
    if isinstance(user, AnonymousUser):
        raise Http404
    return user
