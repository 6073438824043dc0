"""Rows attached to people, of every room: found by the keys that lead to a person, moved at a join, brought home again.

Nothing here knows which rooms there are. A row is attached to a person by a foreign key, or by naming the person as the
record it is about (an involvement, a restriction). Where each row came from is remembered with the row, not with the
join: so joins may be undone in any order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, Q, QuerySet

from safeboard.casework.matching.models import AttachedRow
from safeboard.casework.people.codes import MUTUAL, AddressKind, NameKind
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.models import Person, PersonAddress, PersonName, Relationship
from safeboard.foundation.access.models import Involvement, Restriction

OF_JOINING = "matching"
"""This room's own rows stay where they are: they tell of the joining itself."""

NAMED = (Involvement, Restriction)
"""Rows that name the person as the record they are about. An opening by break-glass was of one record and stays."""

WAYS_OUT: Mapping[type[Model], Mapping[str, str]] = {
    PersonName: {"kind": NameKind.KNOWN_AS.value},
    PersonAddress: {"kind": AddressKind.OTHER.value},
}
"""What is changed of a row that cannot stand beside the kept record's own: a second current name, a main address."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A kind of row and its columns that lead to a person."""

    model: type[Model]
    columns: tuple[str, ...]

    @property
    def rows(self) -> QuerySet[Any]:
        rows = self.model._base_manager.all()
        return rows.filter(kind=PERSON) if self.model in NAMED else rows

    def at(self, person: UUID) -> QuerySet[Any]:
        where = Q()
        for column in self.columns:
            where |= Q(**{column: str(person)})
        return self.rows.filter(where)


def attachments() -> list[Attachment]:
    """Every kind of row that is attached to people, in every room."""
    found = [Attachment(model, ("object_id",)) for model in NAMED]
    for model in apps.get_models():
        if model is Person or model._meta.app_label == OF_JOINING or not model._meta.managed:
            continue
        columns = tuple(
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model is Person
        )
        if columns:
            found.append(Attachment(model, columns))
    return found


def remember(person: UUID) -> list[AttachedRow]:
    """The memory of every row that stands at the person; made where there is none yet."""
    memories = []
    for attachment in attachments():
        for row in attachment.at(person):
            homes = _places(row, attachment)
            named = {"table": attachment.model._meta.label, "row": str(row.pk)}
            memory, _ = AttachedRow.objects.get_or_create(**named, defaults={"homes": homes, "placed": homes})
            memories.append(memory)
    return memories


def from_homes(people: Iterable[UUID]) -> list[AttachedRow]:
    """The memories of rows that came from any of these people."""
    keys = {str(person) for person in people}
    return [memory for memory in AttachedRow.objects.all() if keys & set(memory.homes.values())]


def settle(memories: Iterable[AttachedRow]) -> None:
    """Put each row where it belongs as records are joined now: at the record in use for the one it came from.

    One row may stand where another belongs until that one has moved, so those refused are tried again.
    """
    by_label = {attachment.model._meta.label: attachment for attachment in attachments()}
    waiting = {memory.pk: memory for memory in (*memories, *AttachedRow.objects.filter(stuck=True))}
    while waiting:
        moved = [key for key, memory in waiting.items() if _settled(memory, by_label[memory.table])]
        if not moved:
            break
        for key in moved:
            del waiting[key]
    AttachedRow.objects.filter(pk__in=waiting).update(stuck=True)


def _settled(memory: AttachedRow, attachment: Attachment) -> bool:
    """Whether the row stands where it belongs now. Somebody related to themselves, say, cannot be told of."""
    row = attachment.rows.select_for_update(of=("self",)).filter(pk=memory.row).first()
    if row is None or _places(row, attachment) != memory.placed:
        memory.delete()  # removed, or attached to somebody else by hand: that stands
        return True
    wanted = _in_order(row, {column: str(_in_use(UUID(home))) for column, home in memory.homes.items()})
    is_home = wanted == _in_order(row, memory.homes)
    for changes in _tries(row, memory, attachment, is_home):
        if _changed(attachment, row, {**wanted, **changes}):
            _placed(memory, wanted, row, changes, is_home)
            return True
    return False


def _tries(row: Model, memory: AttachedRow, attachment: Attachment, is_home: bool) -> Iterator[dict[str, str]]:
    if is_home:
        back = {name: old for name, old in memory.before.items() if getattr(row, name) == memory.after.get(name)}
        if back:
            yield back
    yield {}
    way_out = WAYS_OUT.get(attachment.model)
    if way_out:
        yield dict(way_out)


def _placed(memory: AttachedRow, wanted: dict[str, str], row: Model, changes: Mapping[str, str], is_home: bool) -> None:
    if is_home:
        memory.delete()
        return
    if changes and not memory.before:
        memory.before, memory.after = {name: getattr(row, name) for name in changes}, dict(changes)
    memory.placed, memory.stuck = wanted, False
    memory.save()


def _changed(attachment: Attachment, row: Model, changes: Mapping[str, str]) -> bool:
    """Whether the database took the change."""
    try:
        with transaction.atomic():
            attachment.model._base_manager.filter(pk=row.pk).update(**changes)
    except IntegrityError:
        return False
    return True


def _places(row: Model, attachment: Attachment) -> dict[str, str]:
    return {column: str(place) for column in attachment.columns if (place := getattr(row, column)) is not None}


def _in_order(row: Model, places: Mapping[str, str]) -> dict[str, str]:
    """A mutual relationship is held with the lower key first."""
    if isinstance(row, Relationship) and row.kind in MUTUAL:
        low, high = sorted(places.values())
        return {"person_id": low, "other_id": high}
    return dict(places)


def _in_use(person: UUID) -> UUID:
    """The record in use for a person, perhaps by several joins."""
    while above := Person.objects.filter(pk=person).values_list("joined_into", flat=True).first():
        person = above
    return person
