"""The weekly e-mail: counts and a link, no name and no title. One a user and week, whatever ends in between."""

import logging
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.tools.actions.models import Digest, Reminders
from safeboard.tools.actions.reminding import counted

SUBJECT: Final = "Safeboard: your week"
logger = logging.getLogger(__name__)


def week_of(at: datetime) -> date:
    """The Monday of the week of a moment."""
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def send_digests(at: datetime) -> int:
    """Send this week's e-mail to everybody who has not had it and for whom something waits: how many were sent.

    Each is a transaction of its own. What could not be sent is tried again at the next call within the week.
    """
    had = Digest.objects.filter(week=week_of(at)).values("user")
    unwanted = Reminders.objects.filter(weekly=False).values("user")
    users = User.objects.filter(is_active=True, seats__isnull=False).exclude(pk__in=had).exclude(pk__in=unwanted)
    sent = 0
    for key in users.distinct().order_by("pk").values_list("pk", flat=True):
        try:
            sent += send_digest(key, at)
        except OSError:
            # The address is no business of the log's; the next hour tries again.
            logger.warning("A weekly e-mail could not be sent. It is tried again within the hour.")
    return sent


@transaction.atomic
def send_digest(user_key: int, at: datetime) -> bool:
    """Send one user this week's e-mail, if they have not had it and something waits.

    The user's row is held from before the look until after the mail server has taken the message, so that of two
    workers one sends. A worker killed before the server took it leaves no row, and the message is sent by the next.
    """
    user = User.objects.select_for_update().get(pk=user_key)
    week = week_of(at)
    if Digest.objects.filter(user=user, week=week).exists():
        return False
    waits = counted(user, at)
    if not waits:
        return False
    Digest.objects.create(user=user, week=week, sent_at=at)
    address = settings.HOUSE_ADDRESS
    words = {
        "waits": waits,
        "link": address + reverse("actions:actions") + "?standing=open&only=mine",
        "address": address,
    }
    # The same message has the same number, so that even one taken twice by a server is shown once.
    number = f"<actions-{week:%Y%m%d}-{user.pk}@safeboard>"
    body = render_to_string("actions/digest.txt", words)
    EmailMessage(SUBJECT, body, None, [user.email], headers={"Message-ID": number}).send()
    return True
