"""The history of a record in words, from the trail: who changed what and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import DateField, DateTimeField, Field, ForeignKey, Model, OuterRef, Q, Subquery

from safeboard.foundation.access.models import User
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.audit.keys import as_key
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.keeping.classes import PersonalData
from safeboard.foundation.keeping.declared import declared_in
from safeboard.foundation.pages.columns import in_words

NEWEST: Final = 50
CHANGES: Final = (Did.ADDED, Did.CHANGED, Did.REMOVED)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, from what to what, in words. Both empty: that it changed is all that may be told."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history."""

    at: datetime
    who: str
    did: str
    fields: Sequence[FieldChange]


def changes_of(viewer: Viewer, records: Sequence[Model], hidden: frozenset[str] = frozenset()) -> list[Change]:
    """The newest changes of records that the viewer has been found to see, the newest first."""
    wanted = Q(pk__in=[])
    for record in records:
        wanted |= Q(kind=record._meta.db_table, object_id=str(record.pk))
    rows = TrailEntry.objects.filter(wanted, did__in=CHANGES).annotate(who_key=as_key("who"))
    who = Subquery(User.objects.filter(pk=OuterRef("who_key")).values("name"))
    entries: list[Any] = list(rows.annotate(who_name=who).order_by("-number")[:NEWEST])
    names = _names(_users_in(entries))
    return [_change(entry, names, hidden) for entry in entries]


def _names(keys: set[str]) -> Mapping[str, str]:
    if not keys:
        return {}
    return {str(key): name for key, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}


def _users_in(entries: Sequence[TrailEntry]) -> set[str]:
    """The keys of users that the changed fields themselves name: an owner, say."""
    found: set[str] = set()
    for entry in entries:
        fields = _fields(entry.kind)
        for column, values in entry.details.items():
            if _names_user(fields.get(column)):
                found |= {str(value) for value in values if value is not None}
    return found


def _change(entry: Any, names: Mapping[str, str], hidden: frozenset[str]) -> Change:
    model = _model(entry.kind)
    noun = str(model._meta.verbose_name) if model else ""
    told = [_told(entry.kind, column, values, names) for column, values in _may_be_told(entry, hidden)]
    fields = [each for each in told if each is not None]
    return Change(entry.at, entry.who_name or "The house itself", f"{Did(entry.did).label} {noun}".strip(), fields)


def _may_be_told(entry: TrailEntry, hidden: frozenset[str]) -> list[tuple[str, Any]]:
    fields = _fields(entry.kind)
    known = [(column, values) for column, values in sorted(entry.details.items()) if column in fields]
    return [(column, values) for column, values in known if fields[column].name not in hidden | {"id"}]


def _told(table: str, column: str, values: Any, names: Mapping[str, str]) -> FieldChange | None:
    field = _fields(table)[column]
    label = str(field.verbose_name).capitalize()
    if values == ["hidden", "hidden"] or _is_secret(table, field.name):
        return FieldChange(label, "", "")
    if isinstance(field, ForeignKey) and not _names_user(field):
        return FieldChange(label, "", "")
    before, after = (_said(field, value, names) for value in values)
    return FieldChange(label, before, after) if before != after else None


def _said(field: "Field[Any, Any]", value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return in_words(None)
    if _names_user(field):
        return names.get(str(value), "somebody")
    if isinstance(field, DateTimeField):
        return in_words(datetime.fromisoformat(str(value)))
    if isinstance(field, DateField):
        return in_words(date.fromisoformat(str(value)))
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.flatchoices)
        return in_words([labels.get(each, each) for each in value])
    return in_words(dict(field.flatchoices).get(value, value))


def _names_user(field: "Field[Any, Any] | None") -> bool:
    return isinstance(field, ForeignKey) and field.related_model is User


def _model(table: str) -> type[Model] | None:
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def _fields(table: str) -> Mapping[str, "Field[Any, Any]"]:
    model = _model(table)
    return {str(field.column): field for field in model._meta.concrete_fields} if model else {}


def _is_secret(table: str, name: str) -> bool:
    model = _model(table)
    if model is None:
        return True
    kept = declared_in(model.__module__.rpartition(".")[0]).get(model.__name__)
    return kept is not None and kept.fields.get(name) is PersonalData.SECRET
