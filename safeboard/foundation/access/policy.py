"""The one policy: which records somebody may find, open, change. Pages, counts, searches and exports all ask here.

It is written once, as conditions on the database, so a list and the page it leads to cannot disagree.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import In
from django.utils import timezone

from safeboard.foundation.access.models import Involvement, Restriction, RestrictionEntry
from safeboard.foundation.access.roles import Grant
from safeboard.foundation.access.viewer import Record, Viewer
from safeboard.foundation.access.words import Action, Module, Reach, Sensitivity

Row = TypeVar("Row", bound=Model)
EVERY, NONE = Q(pk__isnull=False), Q(pk__in=[])
"""Conditions, since an empty `Q()` would vanish beside another one: `Q() | Q(a)` is `Q(a)`."""


@dataclass(frozen=True, slots=True)
class Guard:
    """How the policy reads a kind of record: the look-ups of its area, sensitivity, agency and owner (a user).

    `sensitivity` may be a look-up or one level for all. An empty `agency` or `owner` is reached by nobody that way.
    `contributing` leads to further agencies (many), whose people may find and open the record, and no more.
    `record` leads to the record that restrictions, involvement and break-glass name (a name's person, say); more than
    one path where several can be named (both people of a relationship): a restriction of any closes it, involvement
    in any reaches it. `fields` names those fields that are more sensitive than their record, each with its level.
    """

    module: Module
    kind: str
    area: str = "area_id"
    sensitivity: str | Sensitivity = "sensitivity"
    agency: str = ""
    contributing: str = ""
    owner: str = ""
    record: str | tuple[str, ...] = "pk"
    fields: Mapping[str, Sensitivity] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.record,) if isinstance(self.record, str) else self.record


READING = (Action.FIND, Action.OPEN)
GUARDS: dict[type[Model], Guard] = {}


def guard(kind: type[Model], how: Guard) -> None:
    """Put a kind of record under the policy. One that is not is seen by nobody."""
    GUARDS[kind] = how


def visible(
    rows: QuerySet[Row], viewer: Viewer | None, action: Action, *, level: Sensitivity = Sensitivity.OPEN
) -> QuerySet[Row]:
    """Those of the rows on which the viewer may do the action. None at all without a guard, a seat or a grant.

    With a `level`, those of which the viewer may see even a field of that level.
    """
    how = GUARDS.get(rows.model)
    grants = viewer.role.granted(how.module, action) if viewer and how else ()
    if viewer is None or how is None or not grants:
        return rows.none()
    asked = _Asked(rows.model, how, viewer, action)
    granted = NONE
    for grant in grants:
        if grant.up_to >= level:
            granted |= asked.reached(grant)
    reached = granted & ~asked.closed()
    if action in READING:
        reached |= asked.among(viewer.said.glass)
    inside = Q(**{f"{how.area}__in": viewer.areas(how.module)})
    return rows.filter(inside, reached).exclude(asked.among(viewer.said.kept_out))


def may(viewer: Viewer | None, action: Action, record: Model, *, level: Sensitivity = Sensitivity.OPEN) -> bool:
    """Whether the viewer may do the action on this one record: the same conditions as in a list."""
    return visible(type(record)._default_manager.filter(pk=record.pk), viewer, action, level=level).exists()


def hidden_fields(viewer: Viewer | None, action: Action, record: Model) -> frozenset[str]:
    """The fields of a record, found to be the viewer's to see, that they may not see. Not in its history either."""
    how = GUARDS.get(type(record))
    if how is None:
        return frozenset(each.name for each in record._meta.fields)
    levels = {level: may(viewer, action, record, level=level) for level in set(how.fields.values())}
    return frozenset(name for name, level in how.fields.items() if not levels[level])


def hidden_in_lists(viewer: Viewer | None, action: Action, kind: type[Model]) -> frozenset[str]:
    """The fields of a kind of record that are neither shown, searched, sorted by nor exported in the viewer's lists.

    A list has one set of columns: a field is in it only if every grant by which a row may be there reaches so high.
    """
    how = GUARDS.get(kind)
    grants = viewer.role.granted(how.module, action) if viewer and how else ()
    if how is None or not grants:
        return frozenset(each.name for each in kind._meta.fields)
    lowest = min(grant.up_to for grant in grants)
    return frozenset(name for name, level in how.fields.items() if level > lowest)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question to the policy: may this viewer do this to records so guarded? Each answer is a condition on rows."""

    model: type[Model]
    how: Guard
    viewer: Viewer
    action: Action

    def reached(self, grant: Grant) -> Q:
        if isinstance(self.how.sensitivity, Sensitivity):
            low_enough = EVERY if self.how.sensitivity <= grant.up_to else NONE
        else:
            low_enough = Q(**{f"{self.how.sensitivity}__lte": grant.up_to})
        return low_enough & self._within(grant.reach)

    def _within(self, reach: Reach) -> Q:
        own = Q(**{self.how.owner: self.viewer.user.pk}) if self.how.owner else NONE
        match reach:
            case Reach.AREA:
                return EVERY
            case Reach.AGENCY:
                return own | self._of_agency() | self._contributed()
            case Reach.INVOLVED:
                return own | self._named(self._involvements())
            case Reach.OWN:
                return own

    def _of_agency(self) -> Q:
        return Q(**{self.how.agency: self.viewer.seat.agency_id}) if self.how.agency else NONE

    def _contributed(self) -> Q:
        if not self.how.contributing or self.action not in READING:
            return NONE
        # By key, in a query of its own: a join to many agencies would give a row as often as it has them.
        rows = self.model._default_manager.filter(**{self.how.contributing: self.viewer.seat.agency_id})
        return Q(pk__in=rows.values("pk"))

    def closed(self) -> Q:
        """Those closed to the viewer by a restriction, for this action."""
        if self.action is Action.RESTRICT:
            # Whoever keeps restrictions must be able to review, and to end, one whose list they are not on.
            return NONE
        if self.how.kind not in self.viewer.said.closed_kinds:
            return NONE
        listed = RestrictionEntry.objects.filter(user=self.viewer.user, allowed=True, restriction=OuterRef("pk"))
        at = self.viewer.at
        standing = Restriction.objects.filter(~Exists(listed), only_listed=True, starts_at__lte=at, ends_at__gt=at)
        if self.viewer.role.on_duty:
            standing = standing.filter(lets_duty_team_in=False)
        if self.action is Action.FIND:
            # That a restricted record exists may be known by those the role reaches, unless that too would do harm.
            standing = standing.filter(hides_existence=True)
        return self._named(standing)

    def among(self, records: Collection[Record]) -> Q:
        """The rows whose record, by any of the guard's paths, is one of these few."""
        keys = [object_id for kind, object_id in records if kind == self.how.kind]
        among = NONE
        for path in self.how.paths if keys else ():
            among |= Q(**{f"{path}__in": keys})
        return among

    def _involvements(self) -> QuerySet[Involvement]:
        on = timezone.localdate(self.viewer.at)
        return Involvement.objects.filter(
            Q(user=self.viewer.user) | Q(agency=self.viewer.seat.agency_id),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            starts_on__lte=on,
        )

    def _named(self, said: QuerySet[Any]) -> Q:
        """The rows whose record, by any of the guard's paths, is named by what is said."""
        named, keys = NONE, said.filter(kind=self.how.kind).order_by().values("object_id")
        for path in self.how.paths:
            # Compared as text, for keys are numbers or not; a path that leads nowhere is named by nothing. Not by a
            # query for each row: the few that are said are read once, and looked up for as many rows as there are.
            named |= Q(In(Coalesce(Cast(path, TextField()), Value("", TextField())), keys))
        return named
