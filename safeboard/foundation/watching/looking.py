"""Looking through the new part of the trail for alerts: the worker's job."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, QuerySet

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.audit.models import Did, TrailBlock, TrailEntry
from safeboard.foundation.watching.models import Alert, Connection, HomeAddress, LookedTo
from safeboard.foundation.watching.rules import Found, Reader, Reading, Record, found_in, refused_often, surnames_in
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
    looked, refused = (_users_of(rows.filter(block__in=fresh)) for rows in (_sensitive(), _refusals()))
    made = [alert for user, since in looked.items() for alert in _alerts_of(user, since, at)]
    made += [alert for user, since in refused.items() for alert in _alerts_of_refusals(user, since, at)]
    kept = _keep(made)
    place.number = to
    place.save()
    if kept:
        tell_privacy_officers({alert.area_id for alert in kept}, at)
    return len(kept)


def _sensitive() -> QuerySet[TrailEntry]:
    return _by_users(did__in=READ, kind__in=thresholds().kinds).exclude(object_id="")


def _refusals() -> QuerySet[TrailEntry]:
    return _by_users(did=Did.REFUSED)


def _by_users(**said: Any) -> QuerySet[TrailEntry]:
    return TrailEntry.objects.filter(who__regex=r"^[0-9]+$", **said)


def _users_of(new: QuerySet[TrailEntry]) -> Mapping[int, datetime]:
    """Everybody with a new reading, or refusal, and when their first new one was."""
    first: dict[int, datetime] = {}
    for who, at in new.order_by("at").values_list("who", "at"):
        first.setdefault(int(who), at)
    return first


def _alerts_of(user: int, since: datetime, at: datetime) -> list[Alert]:
    rows, seats = _rows_of(_sensitive(), user, since)
    readings = [Reading(row.number, row.at, seats[row.seat].role, (row.kind, row.object_id)) for row in rows]
    reader = _reader(user, seats)
    found = found_in(readings, reader, told_of({reading.record for reading in readings}), thresholds())
    return _alerts(found, user, {row.number: seats[row.seat].agency.area_id for row in rows}, at)


def _alerts_of_refusals(user: int, since: datetime, at: datetime) -> list[Alert]:
    rows, seats = _rows_of(_refusals(), user, since)
    refusals = [Reading(row.number, row.at, seats[row.seat].role, _address(row)) for row in rows]
    found = refused_often(refusals, user, thresholds())
    return _alerts(found, user, {row.number: seats[row.seat].agency.area_id for row in rows}, at)


def _rows_of(
    entries: QuerySet[TrailEntry], user: int, since: datetime
) -> tuple[Sequence[TrailEntry], Mapping[str, Seat]]:
    """What one user did in a seat from a day before, in its order, and their seats by key."""
    seats = {str(seat.pk): seat for seat in Seat.objects.filter(user=user).select_related("agency")}
    rows = entries.filter(who=str(user), at__gte=since - LOOKED_BACK, seat__in=list(seats))
    return list(rows.order_by("number")), seats


def _address(row: TrailEntry) -> Record:
    """What tells one refused address from another: the page, and every key in it."""
    page = [row.kind, *(str(row.details.get(said, "")) for said in ("page", "other keys"))]
    return " ".join(page), row.object_id


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


def _alerts(found: Sequence[Found], user: int, areas: Mapping[int, int], at: datetime) -> list[Alert]:
    """`areas` says in which area each entry was made."""
    return [_alert(each, user, areas[each.first.number], at) for each in found]


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
