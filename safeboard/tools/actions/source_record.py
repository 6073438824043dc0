"""Which record of the house a source is of: named by kind and key, and told to those alone who may open that record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.foundation.access.records import RECORDS, address_of, found, record_of_one
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.tools.actions.guards import SOURCE
from safeboard.tools.actions.models import Source
from safeboard.tools.actions.writing import held_now

NOT_FOUND: Final = Problem(
    "No such record is found.", "Copy its key from the address of the record's page.", element="object_id"
)
"""The same for a record that there is not and for one that the viewer may not open."""


@dataclass(frozen=True, slots=True)
class Named:
    """The record that a source is of, for somebody who may open it: what it is called by its kind, and its page."""

    words: str
    address: str


def kinds_to_name(viewer: Viewer) -> Sequence[tuple[str, str]]:
    """The kinds of record that the viewer may open some of, each with what one is called."""
    kinds = [(kind, how.one.capitalize()) for kind, how in RECORDS.items() if viewer.may(how.guard.module, Action.OPEN)]
    return sorted(kinds, key=lambda each: each[1])


def named_by(source: Source, viewer: Viewer) -> Named | None:
    """The record that the source is of; None where it is of none, or of one that the viewer may not open."""
    if not source.record_kind or found(viewer, source.record_kind, source.object_id, Action.OPEN) is None:
        return None
    return Named(record_of_one(source.record_kind), address_of(source.record_kind, source.object_id))


def may_name(source: Source, viewer: Viewer) -> bool:
    """Whether the record may be named anew by somebody who may change the source: not over one closed to them.

    What closes that record closes the source: nobody takes that away who may not open it.
    """
    return not source.record_kind or named_by(source, viewer) is not None


@transaction.atomic
def name_record(*, source: Source, record_kind: str, object_id: str, by: Viewer) -> None:
    """Say which record a source is of; both empty: of none. The key is kept as the record itself has it.

    Raises BadInput by field, in the same words for what there is not and what the viewer may not open;
    PermissionDenied where they may not change the source, or not open the record that it names now.
    """
    held = held_now(source, Action.CHANGE, by)
    if not may_name(held, by):
        raise PermissionDenied
    held.record_kind, held.object_id = _as_kept(held, record_kind, object_id.strip(), by)
    held.save(update_fields=["record_kind", "object_id"])


def _as_kept(source: Source, kind: str, key: str, by: Viewer) -> tuple[str, str]:
    if not kind and not key:
        return "", ""
    if not kind:
        raise BadInput(
            Problem("A key alone names nothing.", "Choose the kind of record as well.", element="record_kind")
        )
    if not key:
        raise BadInput(Problem("A kind alone names no record.", "Give its key, or choose none.", element="object_id"))
    record = found(by, kind, key, Action.OPEN)
    if record is None:
        raise BadInput(NOT_FOUND)
    if (kind, record.pk) == (SOURCE, source.pk):
        raise BadInput(Problem("A source is not of itself.", "Name another record, or none.", element="object_id"))
    return kind, str(record.pk)
