"""Signing in, signing out and failing to, noted in the trail by key: no name and no address."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from safeboard.foundation.access.middleware import SEAT_IN_SESSION
from safeboard.foundation.access.models import User
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import acts, note
from safeboard.foundation.signing_in.idle import begin
from safeboard.foundation.signing_in.said_by_agency import taken
from safeboard.foundation.signing_in.second_factor import IN_SESSION, has_second_factor
from safeboard.foundation.signing_in.sessions import KIND, forget, remember


@receiver(user_logged_in)
def signed_in(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Note who signed in, and tie the session to a seat, to its times and to the list of where its user is."""
    viewer = viewer_of(user, timezone.now())
    if viewer is None:
        acts(who=str(user.pk))
    else:
        acts(who=str(user.pk), seat=str(viewer.seat.pk), agency=str(viewer.seat.agency_id))
        request.session[SEAT_IN_SESSION] = viewer.seat.pk
    begin(request)
    if has_second_factor(user):
        request.session[IN_SESSION] = True
    remember(request, user)
    note(Did.SIGNED_IN, KIND, user.pk, taken(request, user))


@receiver(user_logged_out)
def signed_out(sender: object, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Note who signed out, or was signed out: the session that ends is on no list any more."""
    if user is not None:
        forget(request)
        note(Did.SIGNED_OUT, KIND, user.pk)


@receiver(user_login_failed)
def failed(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Note a failed try under the key of the user whose address was given; nothing of an unknown address is kept."""
    email = credentials.get("email") or credentials.get("username") or ""
    user = User.objects.filter(email__iexact=str(email)).only("pk").first()
    note(Did.REFUSED, KIND, user.pk if user else "")
