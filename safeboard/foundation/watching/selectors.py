"""Reading the trail: only for those granted it, and only what was done in seats of their own area's agencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import (
    CharField,
    Count,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.policy import GUARDS, visible
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.audit.keys import as_key
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.watching.models import Alert, Sample, SampledReading

READ = (Did.OPENED, Did.PRINTED, Did.EXPORTED, Did.BROKE_GLASS)
"""What counts as having looked at a record."""
LOOKS_SHOWN = 50


def entries(viewer: Viewer, action: Action) -> QuerySet[TrailEntry]:
    """What was done in seats of the area's agencies; none without a grant.

    Without a seat: signing in and out of their users, and what was refused to one whose seat is over.

    `who_name` and `agency_name` are worked out along.
    """
    if not viewer.may(Module.TRAIL, action):
        return TrailEntry.objects.none()
    # The trail holds keys as text.
    users = users_of(viewer).order_by().annotate(key=Cast("pk", CharField())).values("key")
    agencies = Agency.objects.filter(area_id__in=viewer.areas(Module.TRAIL)).order_by()
    ours = Q(agency__in=agencies.annotate(key=Cast("pk", CharField())).values("key"))
    without_seat = Q(agency="", kind="sign-in", object_id__in=users) | Q(agency="", did=Did.REFUSED, who__in=users)
    return named(TrailEntry.objects.filter(ours | without_seat))


def named(rows: QuerySet[TrailEntry]) -> QuerySet[TrailEntry]:
    """The entries with the names of the user and the agency they name by key."""
    keyed = rows.annotate(who_key=as_key("who"), agency_key=as_key("agency"))
    return keyed.annotate(
        who_name=Subquery(User.objects.filter(pk=OuterRef("who_key")).values("name")),
        agency_name=Subquery(Agency.objects.filter(pk=OuterRef("agency_key")).values("name")),
    )


def users_of(viewer: Viewer) -> QuerySet[User]:
    """Everybody who has, or had, a seat in an agency of the area, by name."""
    seats = Seat.objects.filter(agency__area_id__in=viewer.areas(Module.TRAIL)).values("user")
    return User.objects.filter(pk__in=seats).order_by("name")


def user_of(viewer: Viewer, key: int) -> User | None:
    """One of them with their home, for those granted the trail."""
    if not viewer.may(Module.TRAIL, Action.OPEN):
        return None
    return users_of(viewer).select_related("home_address").filter(pk=key).first()


def record_seen(viewer: Viewer, kind: str, object_id: str) -> Model | None:
    """The record that an entry names, where the viewer may open it. `kind` is the policy's word or a table's name."""
    for model, how in GUARDS.items():
        # The policy's word names the record itself, which its parts share; a table's name names the part.
        if model._meta.db_table == kind or (how.kind == kind and how.record == "pk"):
            try:
                key = model._meta.pk.to_python(object_id)
            except ValidationError:
                return None
            return visible(model._default_manager.all(), viewer, Action.OPEN).filter(pk=key).first()
    return None


@dataclass(frozen=True, slots=True)
class Look:
    """One user in one role who looked at a record, or was `refused` it: how often, first and last."""

    who: str
    agency: str
    role: str
    times: int
    first: datetime
    last: datetime
    refused: bool = False


def who_has_looked(viewer: Viewer, kind: str, object_id: object) -> Sequence[Look]:
    """Who has opened, printed or exported a record, and who was refused it, the last first, from whatever area.

    Four queries. Empty for those who are not granted the trail: a page shows the card only where this gives something.
    The caller has found the record visible to the viewer.
    """
    if not viewer.may(Module.TRAIL, Action.OPEN):
        return []
    about = TrailEntry.objects.filter(kind=kind, object_id=str(object_id)).exclude(who="")
    looked, refused = (_by_user(about, did, refused=did != READ) for did in (READ, (Did.REFUSED,)))
    looks = sorted(looked.union(refused, all=True), key=lambda look: look["last"], reverse=True)
    seats = Seat.objects.in_bulk([int(look["seat"]) for look in looks if look["seat"].isdigit()])
    people = User.objects.in_bulk([int(look["who"]) for look in looks if look["who"].isdigit()])
    agencies = Agency.objects.in_bulk({seat.agency_id for seat in seats.values()})
    found = []
    for look in looks:
        seat, user = seats.get(int(look["seat"] or 0)), people.get(int(look["who"]))
        role = roles().get(seat.role) if seat else None
        found.append(
            Look(
                who=user.name if user else "Somebody who is gone",
                agency=agencies[seat.agency_id].name if seat else "",
                role=role.title if role else "",
                times=look["times"],
                first=look["first"],
                last=look["last"],
                refused=look["refused"],
            )
        )
    return found


def _by_user(about: QuerySet[TrailEntry], did: Sequence[Did], *, refused: bool) -> QuerySet[TrailEntry, Any]:
    """What users in their seats did so, counted, the last first. No more of them than are shown."""
    rows = about.filter(did__in=did).values("who", "seat")
    counted = rows.annotate(times=Count("number"), first=Min("at"), last=Max("at"), refused=Value(refused))
    return counted.order_by("-last")[:LOOKS_SHOWN]


def alerts(viewer: Viewer, action: Action) -> QuerySet[Alert]:
    """The alerts of the viewer's area, with their users."""
    return visible(Alert.objects.select_related("user", "looked_by"), viewer, action)


def samples(viewer: Viewer, action: Action) -> QuerySet[Sample]:
    """The samples of the viewer's area, with how many of their readings are reviewed."""
    return visible(Sample.objects.all(), viewer, action).annotate(
        drawn=Count("readings"), reviewed=Count("readings", filter=Q(readings__looked_at__isnull=False))
    )


def waiting_samples(viewer: Viewer) -> QuerySet[Any]:
    """The samples with readings that wait for the viewer's review, the oldest first, and how many do (`waiting`).

    One's own readings wait for somebody else.
    """
    theirs = Q(readings__looked_at=None) & ~Q(readings__user=viewer.user)
    rows = visible(Sample.objects.all(), viewer, Action.VERIFY)
    return rows.annotate(waiting=Count("readings", filter=theirs)).filter(waiting__gt=0).order_by("month")


def sampled(viewer: Viewer, action: Action, sample: Sample) -> QuerySet[SampledReading]:
    """The readings of a sample, with the users and reviewers."""
    return visible(sample.readings.select_related("user", "looked_by"), viewer, action)


def outcomes(viewer: Viewer) -> list[tuple[str, int, int]]:
    """(outcome, alerts, sampled readings) for those looked into, over all the viewer's area: the statistics."""
    counted: dict[str, list[int]] = {}
    both = (alerts(viewer, Action.FIND), visible(SampledReading.objects.all(), viewer, Action.FIND))
    for place, rows in enumerate(both):
        done = rows.exclude(looked_at=None).order_by().values_list("outcome").annotate(Count("pk"))
        for outcome, count in done:
            counted.setdefault(outcome, [0, 0])[place] = count
    return [(outcome, *counts) for outcome, counts in sorted(counted.items())]  # type: ignore[misc]
