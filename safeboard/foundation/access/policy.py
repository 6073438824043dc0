"""The one policy: which records somebody may find, open, change. Pages, counts, searches and exports all ask here.

It is written once, as conditions on the database, so a list and the page it leads to cannot disagree.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
class About:
    """A record that another tells of, by look-ups of its plain key and of its kind (or the kind itself, in `of`)."""

    key: str
    kind: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """How the policy reads a kind of record: the look-ups of its area, sensitivity, agency and owner (a user).

    `sensitivity` may be a look-up or one level for all. An empty `agency` or `owner` is reached by nobody that way.
    `contributing` leads to further agencies (many), whose people may find and open the record, and no more.
    `record` leads to the record that restrictions, involvement and break-glass name (a name's person, say); more than
    one path where several can be named (both people of a relationship): a restriction of any closes it, involvement
    in any reaches it. `both` names the foreign keys of records on all of which one may do the same: both people of a
    relationship. `about` leads to records of other kinds that this one tells of (the person whom the source of an
    action names): a restriction of any closes it too, nothing else of theirs matters.
    `fields` names those fields that are more sensitive than their record, each with its level or a look-up of it.
    """

    module: Module
    kind: str
    area: str = "area_id"
    sensitivity: str | Sensitivity = "sensitivity"
    agency: str = ""
    contributing: str = ""
    owner: str = ""
    record: str | tuple[str, ...] = "pk"
    both: tuple[str, ...] = ()
    about: tuple[About, ...] = ()
    fields: Mapping[str, Sensitivity | str] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.record,) if isinstance(self.record, str) else self.record


READING = (Action.FIND, Action.OPEN)
GUARDS: dict[type[Model], Guard] = {}


def guard(kind: type[Model], how: Guard) -> None:
    """Put a kind of record under the policy. One that is not is seen by nobody."""
    GUARDS[kind] = how


def visible(
    rows: QuerySet[Row], viewer: Viewer | None, action: Action, *, level: Sensitivity | str = Sensitivity.OPEN
) -> QuerySet[Row]:
    """Those of the rows on which the viewer may do the action. None at all without a guard, a seat or a grant.

    With a `level` (as `Guard.fields` gives it), those of which the viewer may see even a field of that level.
    """
    how = GUARDS.get(rows.model)
    grants = viewer.role.granted(how.module, action) if viewer and how else ()
    if viewer is None or how is None or not grants:
        return rows.none()
    asked = _Asked(rows.model, how, viewer, action)
    granted = NONE
    for grant in grants:
        granted |= asked.reached(grant) & _low_enough(level, grant)
    reached = granted & ~asked.closed()
    if action in READING:
        reached |= asked.among(viewer.said.glass)
    inside = Q(**{f"{how.area}__in": viewer.areas(how.module)})
    for path in how.both:
        of: Any = rows.model._meta.get_field(path).related_model
        inside &= Q(**{f"{path}__in": visible(of._default_manager.all(), viewer, action)})
    return rows.filter(inside, reached).exclude(asked.kept_out())


def closed_by_restriction(rows: QuerySet[Row], viewer: Viewer, action: Action) -> QuerySet[Row]:
    """Those of the rows that a restriction closes to the viewer for the action, whatever their role reaches."""
    asked = _Asked(rows.model, GUARDS[rows.model], viewer, action)
    opened = asked.among(viewer.said.glass) if action in READING else NONE
    return rows.filter((asked.closed() & ~opened) | asked.kept_out())


def keys_closed_by_restriction(kind: str, viewer: Viewer, action: Action) -> QuerySet[Any, Any]:
    """The keys, as text, of the records of a kind that a restriction closes to the viewer, whatever their role reaches.

    For what shows a record by another way than the record itself: the rows of a figure, say. There are few.
    """
    out = [object_id for of, object_id in viewer.said.kept_out if of == kind]
    opened = [object_id for of, object_id in viewer.said.glass if of == kind] if action in READING else []
    closing = _closing(viewer, action).exclude(object_id__in=opened).values("pk")
    standing = Restriction.objects.filter(kind=kind, starts_at__lte=viewer.at, ends_at__gt=viewer.at)
    return standing.filter(Q(pk__in=closing) | Q(object_id__in=out)).values("object_id")


def is_restricted(record: Model, at: datetime) -> bool:
    """Whether a restriction stands on a record, or on what it tells of: for what is shown without a viewer."""
    how = GUARDS[type(record)]
    row = type(record)._default_manager.filter(pk=record.pk)
    named = Q(pk__in=[])
    for path in how.paths:
        named |= Q(kind=how.kind, object_id=str(row.values_list(path, flat=True).get()))
    for each in how.about:
        (key, kind) = row.values_list(each.key, each.kind or Value(each.of)).get()
        named |= Q(kind=kind, object_id=str(key))
    return Restriction.objects.filter(named, starts_at__lte=at, ends_at__gt=at).exists()


def _closing(viewer: Viewer, action: Action) -> QuerySet[Restriction]:
    """The restrictions that close their record to the viewer, for this action."""
    if action is Action.RESTRICT:
        # Whoever keeps restrictions must be able to review, and to end, one whose list they are not on.
        return Restriction.objects.none()
    listed = RestrictionEntry.objects.filter(user=viewer.user, allowed=True, restriction=OuterRef("pk"))
    at = viewer.at
    standing = Restriction.objects.filter(~Exists(listed), only_listed=True, starts_at__lte=at, ends_at__gt=at)
    if viewer.role.on_duty:
        standing = standing.filter(lets_duty_team_in=False)
    if action is Action.FIND:
        # That a restricted record exists may be known by those the role reaches, unless that too would do harm.
        standing = standing.filter(hides_existence=True)
    return standing


def may(viewer: Viewer | None, action: Action, record: Model, *, level: Sensitivity | str = Sensitivity.OPEN) -> bool:
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
    # A level that differs from row to row may be any: no list has such a field, but of those who may see all.
    levels = {name: level if isinstance(level, Sensitivity) else max(Sensitivity) for name, level in how.fields.items()}
    return frozenset(name for name, level in levels.items() if level > lowest)


def seen_with(model: type[Model], name: str, viewer: Viewer, action: Action) -> Exists:
    """For an annotation of rows: whether the viewer may see the field, and not the rest of the row alone."""
    rows = model._default_manager.filter(pk=OuterRef("pk"))
    return Exists(visible(rows, viewer, action, level=GUARDS[model].fields[name]))


def _low_enough(level: Sensitivity | str, grant: Grant) -> Q:
    if isinstance(level, Sensitivity):
        return EVERY if level <= grant.up_to else NONE
    return Q(**{f"{level}__lte": grant.up_to})


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question to the policy: may this viewer do this to records so guarded? Each answer is a condition on rows."""

    model: type[Model]
    how: Guard
    viewer: Viewer
    action: Action

    def reached(self, grant: Grant) -> Q:
        return _low_enough(self.how.sensitivity, grant) & self._within(grant.reach)

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
        closed = NONE
        if self.action is Action.RESTRICT:
            return closed
        kinds = self.viewer.said.closed_kinds
        if self.how.kind in kinds:
            closed |= self._named(_closing(self.viewer, self.action))
        for each in self.how.about:
            if each.of in kinds or (each.kind and kinds):
                kind: Any = OuterRef(each.kind) if each.kind else each.of
                named = {"kind": kind, "object_id": Cast(OuterRef(each.key), TextField())}
                closed |= Q(Exists(_closing(self.viewer, self.action).filter(**named)))
        return closed

    def kept_out(self) -> Q:
        """Those from which a restriction keeps the viewer out by name: whatever the action, and break-glass too."""
        out = self.among(self.viewer.said.kept_out)
        for each in self.how.about:
            for of, keys in _by_kind(self.viewer.said.kept_out).items():
                if each.kind or each.of == of:
                    out |= Q(**{f"{each.key}__in": keys}, **({each.kind: of} if each.kind else {}))
        return out

    def among(self, records: Collection[Record]) -> Q:
        """The rows whose record, by any of the guard's paths, is one of these few."""
        keys = _by_kind(records).get(self.how.kind, [])
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


def _by_kind(records: Collection[Record]) -> Mapping[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for kind, object_id in records:
        kinds.setdefault(kind, []).append(object_id)
    return kinds
