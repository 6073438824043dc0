"""Telling those who look after the trail that something waits: by e-mail, without a name and without what it is."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.words import Action, Module

SUBJECT: Final = "Safeboard: something waits for you"
WORDS: Final = "Something in the audit trail waits to be looked into. Sign in to Safeboard and open Alerts.\n"
BROKEN_SUBJECT: Final = "Safeboard: the audit trail is not whole"
BROKEN: Final = (
    "Tonight's verification found the audit trail changed. Sign in to Safeboard and open Verifications, "
    "keep the database as it is, and tell whoever runs the house.\n"
)


def tell_privacy_officers(areas: Collection[int], at: datetime) -> None:
    """One e-mail to everybody in the areas who looks into alerts, when the transaction is done."""
    addresses = _addresses(Module.TRAIL, Action.VERIFY, at, areas)
    transaction.on_commit(lambda: _send(SUBJECT, WORDS, addresses))


def tell_of_broken_trail(at: datetime) -> None:
    """To every privacy officer and every administrator of the house, at once."""
    addresses = {*_addresses(Module.TRAIL, Action.VERIFY, at), *_addresses(Module.HOUSE, Action.ADMINISTER, at)}
    _send(BROKEN_SUBJECT, BROKEN, sorted(addresses))


def _addresses(module: Module, action: Action, at: datetime, areas: Collection[int] | None = None) -> list[str]:
    able = [role.key for role in roles().values() if role.granted(module, action)]
    on = timezone.localdate(at)
    seats = Seat.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), role__in=able, starts_on__lte=on)
    if areas is not None:
        seats = seats.filter(agency__area__in=areas)
    return sorted(set(seats.filter(user__is_active=True).values_list("user__email", flat=True)))


def _send(subject: str, words: str, addresses: Collection[str]) -> None:
    for address in addresses:
        send_mail(subject, words, None, [address])
