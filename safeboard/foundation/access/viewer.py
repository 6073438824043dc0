"""Who is looking: a user in one seat at one moment, for a purpose. Every reading starts from one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from safeboard.foundation.access.models import BreakGlass, Restriction, Seat, User
from safeboard.foundation.access.roles import Role, roles
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import Arrangement

Record = tuple[str, str]
"""The kind of a record and its key as text."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a user at a moment, asked with their seats: little of each, and every reading needs it.

    `glass`: the records they hold open by break-glass. `kept_out`: those from which a restriction keeps them out by
    name. `closed_kinds`: the kinds of records of which some are closed to all but those listed.
    """

    glass: frozenset[Record] = frozenset()
    kept_out: frozenset[Record] = frozenset()
    closed_kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Viewer:
    """A user in a seat. `areas` of a module are the seat's own and those that share the module by arrangement.

    It stands for one moment: what is said of the user after that moment holds for the next viewer.
    """

    user: User
    seat: Seat
    role: Role
    at: datetime
    shared: Mapping[str, frozenset[int]] = field(default_factory=dict)
    purpose: str = ""
    seats: tuple[Seat, ...] = ()
    """Every seat the user sits in at that moment: what they may change to."""
    said: "Said" = field(default_factory=lambda: Said())

    @property
    def area_id(self) -> int:
        return self.seat.agency.area_id

    def areas(self, module: Module) -> frozenset[int]:
        return frozenset({self.area_id}) | self.shared.get(str(module), frozenset())

    def may(self, module: Module, action: Action) -> bool:
        """Whether the seat grants the action at all, on some record."""
        return bool(self.role.granted(module, action))

    def knows_of_more(self, module: Module) -> bool:
        """Whether the seat lets one know of records there that it does not let one open."""
        return any(Action.OPEN not in grant.actions for grant in self.role.granted(module, Action.FIND))


def seats_of(user: User, at: datetime) -> list[Seat]:
    """The seats a user sits in at a moment, the oldest first. Both end days are inclusive."""
    on = timezone.localdate(at)
    current = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    seats = user.seats.filter(current, role__in=roles()).annotate(shares=_shares(on), **_said(at))
    return list(seats.select_related("agency__area", "team").order_by("id"))


def viewer_of(user: User, at: datetime, seat_id: int | None = None, purpose: str = "") -> Viewer | None:
    """The user in the seat asked for, else in the first; None for somebody without a seat, or who has left."""
    on = timezone.localdate(at)
    if not user.is_active or (user.ended_on and user.ended_on < on):
        return None
    seats = seats_of(user, at)
    seat = next((seat for seat in seats if seat.pk == seat_id), seats[0] if seats else None)
    if seat is None:
        return None
    return Viewer(user, seat, roles()[seat.role], at, _shared_by(seat), purpose, tuple(seats), _said_with(seat))


def _said(at: datetime) -> dict[str, ArraySubquery]:
    """What a seat is annotated with, for `Said`."""
    record = JSONObject(kind=F("kind"), object_id=F("object_id"))
    standing = Restriction.objects.filter(starts_at__lte=at, ends_at__gt=at)
    glass = BreakGlass.objects.filter(user=OuterRef("user"), opened_at__lte=at, ends_at__gt=at)
    kept_out = standing.filter(entries__user=OuterRef("user"), entries__allowed=False)
    return {
        "glass": ArraySubquery(glass.values(record=record)),
        "kept_out": ArraySubquery(kept_out.values(record=record)),
        "closed_kinds": ArraySubquery(standing.filter(only_listed=True).order_by().values("kind").distinct()),
    }


def _said_with(seat: Any) -> Said:
    def records(them: list[dict[str, str]]) -> frozenset[Record]:
        return frozenset((each["kind"], each["object_id"]) for each in them)

    return Said(records(seat.glass), records(seat.kept_out), frozenset(seat.closed_kinds))


def _shares(on: date) -> ArraySubquery:
    """Each module that the seat's area shares on that day, with each area it is shared among. Asked with the seats."""
    # The areas of each arrangement that ours is in: a join that finds our area would leave out all the others.
    ours = Arrangement.areas.through.objects.filter(
        Q(arrangement__ends_on__isnull=True) | Q(arrangement__ends_on__gte=on),
        arrangement__starts_on__lte=on,
        arrangement__areas=OuterRef("agency__area"),
    )
    return ArraySubquery(ours.values(share=JSONObject(module=F("arrangement__module"), area=F("boardarea_id"))))


def _shared_by(seat: Seat) -> Mapping[str, frozenset[int]]:
    shared: dict[str, frozenset[int]] = {}
    for share in getattr(seat, "shares", ()):
        shared[share["module"]] = shared.get(share["module"], frozenset()) | {share["area"]}
    return shared
