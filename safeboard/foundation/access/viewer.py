"""Who is looking: a user in one seat at one moment, for a purpose. Every reading starts from one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from safeboard.foundation.access.models import BreakGlass, Seat, User
from safeboard.foundation.access.roles import Role, roles
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import Arrangement


@dataclass(frozen=True)
class Viewer:
    """A user in a seat. `areas` of a module are the seat's own and those that share the module by arrangement."""

    user: User
    seat: Seat
    role: Role
    at: datetime
    shared: Mapping[str, frozenset[int]] = field(default_factory=dict)
    purpose: str = ""
    seats: tuple[Seat, ...] = ()
    """Every seat the user sits in at that moment: what they may change to."""
    holds_glass: bool = False
    """Whether they hold a record open by break-glass: asked with the seats, for every page says so."""

    @property
    def area_id(self) -> int:
        return self.seat.agency.area_id

    def areas(self, module: Module) -> frozenset[int]:
        return frozenset({self.area_id}) | self.shared.get(str(module), frozenset())

    def may(self, module: Module, action: Action) -> bool:
        """Whether the seat grants the action at all, on some record."""
        return bool(self.role.granted(module, action))


def seats_of(user: User, at: datetime) -> list[Seat]:
    """The seats a user sits in at a moment, the oldest first. Both end days are inclusive."""
    on = timezone.localdate(at)
    current = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    open_glass = BreakGlass.objects.filter(user=OuterRef("user"), opened_at__lte=at, ends_at__gt=at)
    seats = user.seats.filter(current, role__in=roles())
    seats = seats.annotate(holds_glass=Exists(open_glass), shares=_shares(on))
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
    return Viewer(
        user,
        seat,
        roles()[seat.role],
        at,
        _shared_by(seat),
        purpose,
        tuple(seats),
        getattr(seat, "holds_glass", False),
    )


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
