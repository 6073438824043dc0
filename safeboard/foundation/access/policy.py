"""The one policy: which records somebody may find, open, change. Pages, counts, searches and exports all ask here.

It is written once, as conditions on the database, so a list and the page it leads to cannot disagree.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import BigIntegerField, Case, Field, ForeignKey, Model, Q, QuerySet, UUIDField, When
from django.db.models.functions import Cast

from safeboard.foundation.access.models import BreakGlass, Involvement, Restriction
from safeboard.foundation.access.roles import Grant
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Reach, Sensitivity

Row = TypeVar("Row", bound=Model)
READING = (Action.FIND, Action.OPEN)


@dataclass(frozen=True, slots=True)
class Guard:
    """How the policy reads a kind of record: the look-ups of its area, sensitivity, agency and owner (a user).

    `sensitivity` may be a look-up or one level for all. An empty `agency` or `owner` is reached by nobody that way.
    `contributing` leads to further agencies (many), whose people may find and open the record, and no more.
    `record` leads to the record that restrictions, involvement and break-glass name (a name's person, say).
    """

    module: Module
    kind: str
    area: str = "area_id"
    sensitivity: str | Sensitivity = "sensitivity"
    agency: str = ""
    contributing: str = ""
    owner: str = ""
    record: str = "pk"


GUARDS: dict[type[Model], Guard] = {}


def guard(kind: type[Model], how: Guard) -> None:
    """Put a kind of record under the policy. One that is not is seen by nobody."""
    GUARDS[kind] = how


def visible(rows: QuerySet[Row], viewer: Viewer | None, action: Action) -> QuerySet[Row]:
    """Those of the rows on which the viewer may do the action. None at all without a guard, a seat or a grant."""
    how = GUARDS.get(rows.model)
    grants = viewer.role.granted(how.module, action) if viewer and how else ()
    if viewer is None or how is None or not grants:
        return rows.none()
    granted = Q()
    for grant in grants:
        granted |= _reached(grant, how, viewer, action)
    broken = _by_break_glass(how, viewer) if action in READING else Q(pk__in=[])
    inside = Q(**{f"{how.area}__in": viewer.areas(how.module)})
    if action is Action.FIND:
        # That a restricted record exists may be known by those the role reaches, but not by those kept out by name.
        return rows.filter(inside).filter((granted & ~_kept_out(how, viewer)) | broken)
    return rows.filter(inside).filter((granted & ~_closed(how, viewer)) | broken)


def may(viewer: Viewer | None, action: Action, record: Model) -> bool:
    """Whether the viewer may do the action on this one record: the same conditions as in a list."""
    return visible(type(record)._default_manager.filter(pk=record.pk), viewer, action).exists()


def _reached(grant: Grant, how: Guard, viewer: Viewer, action: Action) -> Q:
    if isinstance(how.sensitivity, Sensitivity):
        low_enough = Q() if how.sensitivity <= grant.up_to else Q(pk__in=[])
    else:
        low_enough = Q(**{f"{how.sensitivity}__lte": grant.up_to})
    return low_enough & _within_reach(grant.reach, how, viewer, action)


def _within_reach(reach: Reach, how: Guard, viewer: Viewer, action: Action) -> Q:
    nobody = Q(pk__in=[])
    own = Q(**{how.owner: viewer.user.pk}) if how.owner else nobody
    match reach:
        case Reach.AREA:
            return Q()
        case Reach.AGENCY:
            led = Q(**{how.agency: viewer.seat.agency_id}) if how.agency else nobody
            return own | led | (_contributed(how, viewer) if how.contributing and action in READING else nobody)
        case Reach.INVOLVED:
            return own | _named(how, _involvements(viewer))
        case Reach.OWN:
            return own


def _contributed(how: Guard, viewer: Viewer) -> Q:
    # By key, in a query of its own: a join to many agencies would give a row as often as it has them.
    rows = _guarded_by(how)._default_manager.filter(**{how.contributing: viewer.seat.agency_id})
    return Q(pk__in=rows.values("pk"))


def _involvements(viewer: Viewer) -> QuerySet[Involvement]:
    on = viewer.at.date()
    return Involvement.objects.filter(
        Q(user=viewer.user) | Q(agency=viewer.seat.agency_id),
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        starts_on__lte=on,
    )


def _restrictions(viewer: Viewer) -> QuerySet[Restriction]:
    return Restriction.objects.filter(starts_at__lte=viewer.at, ends_at__gt=viewer.at)


def _closed(how: Guard, viewer: Viewer) -> Q:
    return _named(how, _restrictions(viewer).exclude(entries__user=viewer.user, entries__allowed=True))


def _kept_out(how: Guard, viewer: Viewer) -> Q:
    return _named(how, _restrictions(viewer).filter(entries__user=viewer.user, entries__allowed=False))


def _by_break_glass(how: Guard, viewer: Viewer) -> Q:
    return _named(how, BreakGlass.objects.filter(user=viewer.user, opened_at__lte=viewer.at, ends_at__gt=viewer.at))


def _named(how: Guard, said: QuerySet[Any]) -> Q:
    """The rows whose record is named by these involvements, restrictions or openings."""
    # The name is text, the record's key may not be: only names of this kind can be turned into one.
    key = Case(When(kind=how.kind, then=Cast("object_id", _key_of(how))))
    return Q(**{f"{how.record}__in": said.filter(kind=how.kind).annotate(record_key=key).values("record_key")})


def _key_of(how: Guard) -> "Field[Any, Any]":
    """A field of the type of the key of the record that the guard leads to."""
    model = _guarded_by(how)
    *path, last = how.record.split("__")
    for part in path:
        model = model._meta.get_field(part).related_model  # type: ignore[assignment]
    key = model._meta.pk if last == "pk" else model._meta.get_field(last)
    while isinstance(key, ForeignKey):
        key = key.target_field
    return type(key)() if isinstance(key, UUIDField) else BigIntegerField()


def _guarded_by(how: Guard) -> type[Model]:
    return next(kind for kind, its in GUARDS.items() if its is how)
