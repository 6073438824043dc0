"""A private calendar feed: how many actions are due on which day, under a secret address that can be revoked."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.signing_in.tokens import digest_of, new_token
from safeboard.tools.actions.models import CalendarDay, Reminders
from safeboard.tools.actions.reminding import counted_by_day

KEPT: Final = timedelta(days=30)
"""How long a day that is over stays in the feed, cancelled or not."""


@transaction.atomic
def make_address(*, user: User, at: datetime) -> str:
    """A new secret for the user's feed. The one before leads nowhere from now on. Only its digest is kept."""
    token = new_token()
    values = {"token_digest": digest_of(token), "token_made_at": at}
    Reminders.objects.update_or_create(user=user, defaults=values)
    return token


@transaction.atomic
def revoke_address(*, user: User) -> None:
    """The feed's address leads nowhere from now on."""
    Reminders.objects.filter(user=user).update(token_digest=None, token_made_at=None)


@transaction.atomic
def set_weekly(*, user: User, wanted: bool) -> None:
    """Whether the user wants the weekly e-mail."""
    Reminders.objects.update_or_create(user=user, defaults={"weekly": wanted})


def owner_of(token: str) -> User | None:
    """Whose feed it is; None for an address that leads nowhere, or to somebody who may not sign in."""
    found = Reminders.objects.filter(token_digest=digest_of(token), user__is_active=True).select_related("user").first()
    return found.user if found else None


@transaction.atomic
def days_of(user: User, at: datetime) -> Sequence[CalendarDay]:
    """The feed's days as they are now. A day whose number has changed counts on, one without actions is at 0."""
    Reminders.objects.select_for_update().get(user=user)  # two readers at once come one after the other
    now = dict(counted_by_day(user, at))
    first = timezone.localdate(at) - KEPT
    known = {each.due_on: each for each in CalendarDay.objects.filter(user=user)}
    for day in sorted(set(known) | set(now)):
        number = now.get(day, 0)
        if day not in known:
            known[day] = CalendarDay.objects.create(user=user, due_on=day, counted=number, changed_at=at)
        elif known[day].counted != number:
            row = known[day]
            row.counted, row.sequence, row.changed_at = number, row.sequence + 1, at
            row.save()
    return [known[day] for day in sorted(known) if day >= first]


def written(days: Iterable[CalendarDay]) -> str:
    """The days as iCalendar (RFC 5545). Titles say a number, nothing else."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Safeboard//Actions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Safeboard",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for each in days:
        lines += _event(each)
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _event(day: CalendarDay) -> list[str]:
    noun = "action" if day.counted == 1 else "actions"
    return [
        "BEGIN:VEVENT",
        f"UID:actions-{day.due_on:%Y%m%d}-{day.user_id}@safeboard",
        f"DTSTAMP:{day.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.due_on + timedelta(days=1):%Y%m%d}",
        f"SEQUENCE:{day.sequence}",
        f"STATUS:{'CONFIRMED' if day.counted else 'CANCELLED'}",
        f"SUMMARY:Safeboard: {day.counted} {noun} due",
        f"URL:{settings.HOUSE_ADDRESS}{reverse('actions:actions')}?standing=open&only=mine",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
