"""Where somebody is signed in, and ending it there. The library keeps the list, the framework the sessions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from safeboard.foundation.access.models import User
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import note
from safeboard.foundation.signing_in.devices import device_in_words
from safeboard.foundation.signing_in.idle import BEGUN, SEEN
from safeboard.foundation.signing_in.lock_out import address_of

KIND: Final = "sign-in"
"""What the trail calls all that has to do with signing in and out."""

THIS_MACHINE: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class SignedInPlace:
    """One place where somebody is signed in. `ip` is the network address it was begun from."""

    pk: int
    device: str
    ip: str
    begun_at: datetime
    seen_at: datetime
    is_this: bool


def remember(request: HttpRequest, user: User) -> None:
    """Put the session just begun on its user's list. However it was begun: by password, invitation or demonstration."""
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": address_of(request) or THIS_MACHINE,
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
            "created_at": _time_of(request.session[BEGUN]),
        },
    )


def forget(request: HttpRequest) -> None:
    """Take the session that is about to end off the list."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def places_of(user: User, this: str | None, at: datetime) -> list[SignedInPlace]:
    """Where the user is signed in at a moment, this one first, then the last seen. `this` is the session's own key.

    When each was last seen stands in the session already: the list is not written at every page.
    """
    rows = {row.session_key: row for row in UserSession.objects.filter(user=user)}
    found = [
        SignedInPlace(
            pk=rows[key].pk,
            device=device_in_words(rows[key].user_agent),
            ip=rows[key].ip,
            begun_at=_time_of(data[BEGUN]),
            seen_at=_time_of(data[SEEN]),
            is_this=key == this,
        )
        for key, data in _going_on(user, rows, at)
    ]
    return sorted(found, key=lambda place: (not place.is_this, -place.seen_at.timestamp(), place.pk))


def _going_on(user: User, keys: Collection[str], at: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those of the sessions that would open a page, with what they hold."""
    proof = user.get_session_auth_hash()
    # A password that was changed since makes the session nobody's.
    return (
        each for each in _in_time(user, keys, at) if constant_time_compare(each[1].get(HASH_SESSION_KEY, ""), proof)
    )


def _in_time(user: User, keys: Collection[str], at: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those of the user's sessions that are neither idle nor old, with what they hold, whatever the password is now."""
    longest_idle, oldest = timedelta(seconds=settings.IDLE_SIGN_OUT), timedelta(seconds=settings.SESSION_COOKIE_AGE)
    for row in Session.objects.filter(session_key__in=keys, expire_date__gt=at):
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk) and SEEN in data and BEGUN in data:
            idle, age = at - _time_of(data[SEEN]), at - _time_of(data[BEGUN])
            if idle <= longest_idle and age <= oldest:
                yield row.session_key, data


def _time_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@transaction.atomic
def end_elsewhere(
    *, user: User, this: str | None, why: str, at: datetime, only: int | None = None, words: str = ""
) -> int:
    """End the user's other sessions, or one of them by its key in the list; note it, and give how many there were.

    `this`, the key of the session that asks, goes on; None ends every one. `why`, and what an administrator gave as
    reason in their own `words`, are for the trail.
    """
    others = UserSession.objects.filter(user=user).exclude(session_key=this or "")
    # The rows are locked, so that exactly one of two requests at once finds them and says that it ended the sessions.
    wanted = (others if only is None else others.filter(pk=only)).select_for_update()
    keys = list(wanted.values_list("session_key", flat=True))
    ended = sum(1 for _ in _in_time(user, keys, at))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    if ended or words:
        note(Did.SIGNED_OUT, KIND, user.pk, {"sessions": ended, "why": why, **({"words": words} if words else {})})
    return ended


def delete_expired(at: datetime) -> int:
    """Delete the sessions that ended by themselves, and what is listed of sessions that are no more. Gives how many."""
    expired = Session.objects.filter(expire_date__lte=at).delete()[0]
    return int(expired + UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0])
