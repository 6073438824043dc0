"""Records of any kind by a plain kind and id: which model that is, what it is called, and where its page is.

`site/records.py` fills the table: it alone knows every room. What is below asks here and needs to know none.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet, UUIDField
from django.urls import resolve, reverse

from safeboard.foundation.access.policy import GUARDS, Guard, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action

SIGNS: Final = 8
"""Of a key, enough to read to somebody over the telephone and to tell two of some thousand records apart."""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record: its model, what one is called, its page (a route that takes `argument`).

    `titles` gives the titles of records that a viewer has been found to open, by key; without it, each says its own.
    """

    model: type[Model]
    one: str
    route: str
    argument: str = "pk"
    titles: Callable[[Viewer, Collection[Any]], Mapping[Any, str]] | None = None
    record: str = ""
    """What the record of one is called, where that is another word: a person is not closed, their record is."""

    @property
    def guard(self) -> Guard:
        return GUARDS[self.model]

    @property
    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.all()


RECORDS: dict[str, RecordKind] = {}


@dataclass(frozen=True, slots=True)
class Titled:
    """A record as it may be shown to a viewer: what it is called, and where its page is ("" where it has none)."""

    title: str
    address: str


def record_kind(kind: str, how: RecordKind) -> None:
    """Say what a kind of record is. Once, in `site/records.py`."""
    RECORDS[kind] = how


def found(viewer: Viewer | None, kind: str, object_id: str, action: Action) -> Any | None:
    """The record on which the viewer may do the action; None where there is none, or none for them."""
    how = RECORDS.get(kind)
    key = _key(how, object_id) if how else None
    return visible(how.rows.filter(pk=key), viewer, action).first() if how and key is not None else None


def titled(viewer: Viewer, named: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Titled]:
    """Titles and addresses of those of the named records that the viewer may know exist: one question a kind."""
    by_kind: dict[str, list[str]] = {}
    for kind, object_id in named:
        by_kind.setdefault(kind, []).append(object_id)
    shown = {}
    for kind, ids in by_kind.items():
        if how := RECORDS.get(kind):
            keys = [key for each in ids if (key := _key(how, each)) is not None]
            for key, title in _titles(viewer, how, keys).items():
                shown[(kind, str(key))] = Titled(title, address_of(kind, key))
    return shown


def _titles(viewer: Viewer, how: RecordKind, keys: Collection[object]) -> Mapping[Any, str]:
    """What the records are called; of one that may be known of and not opened, no more than `not_opened` says."""
    opens = visible(how.rows.filter(pk=OuterRef("pk")), viewer, Action.OPEN)
    records = list(visible(how.rows.filter(pk__in=keys), viewer, Action.FIND).annotate(opens=Exists(opens)))
    titles = {record.pk: not_opened(how.guard.kind, record.pk) for record in records}
    if how.titles:
        return {**titles, **how.titles(viewer, [record for record in records if record.opens])}
    return {**titles, **{record.pk: str(record) for record in records if record.opens}}


def address_of(kind: str, object_id: object) -> str:
    """Where the page of a record is; "" for a kind without one."""
    how = RECORDS.get(kind)
    return reverse(how.route, kwargs={how.argument: object_id}) if how and how.route else ""


def one_of(kind: str) -> str:
    """What one record of the kind is called."""
    return RECORDS[kind].one if kind in RECORDS else "record"


def record_of_one(kind: str) -> str:
    """What the record of one is called: "person's record"."""
    return (RECORDS[kind].record or RECORDS[kind].one) if kind in RECORDS else "record"


def reference_of(kind: str, object_id: object) -> str:
    """The kind of a record and the first signs of its key: tells two records apart, and nothing of what is in them."""
    return f"{one_of(kind)} {str(object_id)[:SIGNS]}"


def not_opened(kind: str, object_id: object) -> str:
    """What stands for a record that somebody may know of but not open."""
    return f"A {record_of_one(kind)} that you may not open (reference: {reference_of(kind, object_id)})"


def kind_of_page(route: str) -> str:
    """The kind whose record page this route is, or ""."""
    return next((kind for kind, how in RECORDS.items() if how.route and how.route == route), "")


@cache
def pattern_of_page(kind: str) -> str:
    """The pattern of a record's page (`people/<uuid:person>/`), with which those of the pages below it begin, or ""."""
    nothing = UUID(int=0) if isinstance(RECORDS[kind].model._meta.pk, UUIDField) else 0
    address = address_of(kind, nothing)
    return resolve(address).route if address else ""


def _key(how: RecordKind, object_id: str) -> object | None:
    """The key as the model keeps it; None for text that cannot be one."""
    try:
        return UUID(object_id) if isinstance(how.model._meta.pk, UUIDField) else int(object_id)
    except ValueError:
        return None
