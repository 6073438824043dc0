"""Looking through the new part of the trail for alerts: the worker's job."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.audit.models import TrailBlock, TrailEntry
from safeboard.foundation.watching.models import Alert, Connection, HomeAddress, LookedTo
from safeboard.foundation.watching.rules import Found, Reader, Reading, Record, found_in, surnames_in
from safeboard.foundation.watching.selectors import READ
from safeboard.foundation.watching.telling import tell_privacy_officers
from safeboard.foundation.watching.thresholds import thresholds
from safeboard.foundation.watching.told import told_of

BLOCKS_AT_ONCE: Final = 5_000
LOOKED_BACK: Final = timedelta(days=1)
"""How far before a new reading older ones are taken in, to count many in a short time."""


@transaction.atomic
def look(at: datetime) -> int:
    """Look through the blocks closed since the last time, some thousands at most. Returns how many alerts were made.

    Blocks, not entries, tell what is new: their numbers follow the order of commits, without a gap.
    """
    place, _ = LookedTo.objects.select_for_update().get_or_create(pk=1, defaults={"number": 0})
    newest = TrailBlock.objects.aggregate(newest=Max("number"))["newest"] or 0
    to = min(newest, place.number + BLOCKS_AT_ONCE)
    fresh = TrailBlock.objects.filter(number__gt=place.number, number__lte=to).values("key")
    new = _sensitive().filter(block__in=fresh)
    made = [alert for user, since in _users_of(new).items() for alert in _alerts_of(user, since, at)]
    kept = _keep(made)
    place.number = to
    place.save()
    if kept:
        tell_privacy_officers({alert.area_id for alert in kept}, at)
    return len(kept)


def _sensitive() -> QuerySet[TrailEntry]:
    return TrailEntry.objects.filter(did__in=READ, kind__in=thresholds().kinds, who__regex=r"^[0-9]+$").exclude(
        object_id=""
    )


def _users_of(new: QuerySet[TrailEntry]) -> Mapping[int, datetime]:
    """Everybody with a new reading, and when their first new one was."""
    first: dict[int, datetime] = {}
    for who, at in new.order_by("at").values_list("who", "at"):
        first.setdefault(int(who), at)
    return first


def _alerts_of(user: int, since: datetime, at: datetime) -> list[Alert]:
    rows = list(_sensitive().filter(who=str(user), at__gte=since - LOOKED_BACK).order_by("number"))
    seats = {str(seat.pk): seat for seat in Seat.objects.filter(user=user).select_related("agency")}
    readings = [
        Reading(row.number, row.at, seats[row.seat].role, (row.kind, row.object_id))
        for row in rows
        if row.seat in seats
    ]
    of_area = {row.number: seats[row.seat].agency.area_id for row in rows if row.seat in seats}
    reader = _reader(user, seats)
    found = found_in(readings, reader, told_of({reading.record for reading in readings}), thresholds())
    return [_alert(each, user, of_area[each.first.number], at) for each in found]


def _reader(key: int, seats: Mapping[str, Seat]) -> Reader:
    home = HomeAddress.objects.filter(user=key).first()
    colleagues = Seat.objects.filter(agency__in={seat.agency_id for seat in seats.values()}).exclude(user=key)
    return Reader(
        key,
        surnames_in(User.objects.get(pk=key).name),
        (home.postcode, home.house) if home else None,
        _connected(Connection.objects.filter(user=key)),
        _connected(Connection.objects.filter(user__in=colleagues.values("user"))),
    )


def _connected(rows: QuerySet[Connection]) -> frozenset[Record]:
    return frozenset(rows.values_list("kind", "object_id"))


def _alert(found: Found, user: int, area: int, at: datetime) -> Alert:
    return Alert(
        user_id=user,
        area_id=area,
        cause=found.cause,
        kind=found.record[0],
        object_id=found.record[1],
        first_entry=found.first.number,
        readings=found.count,
        day=found.first.day,
        found_at=at,
        once=found.once,
    )


def _keep(made: Sequence[Alert]) -> list[Alert]:
    """Those whose cause was not told before."""
    before = set(Alert.objects.filter(once__in=[alert.once for alert in made]).values_list("once", flat=True))
    fresh = {alert.once: alert for alert in reversed(made) if alert.once not in before}
    return Alert.objects.bulk_create(reversed(fresh.values()))
