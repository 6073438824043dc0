"""Kinds and keys of the trail in words, and where the record they name is, for whoever may open it."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from safeboard.foundation.access import records
from safeboard.foundation.access.policy import GUARDS
from safeboard.foundation.access.refusals import PAGE
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.audit.triggers import watched
from safeboard.foundation.watching.selectors import record_seen

OF_NO_RECORD: Final = ("sign-in", "looks", "verification", "action calendar", PAGE)
"""What the trail names that is no record under the policy."""


def kind_words(kind: str) -> str:
    """What a kind is called, whether the trail names it by the policy's word or by its table."""
    if kind in records.RECORDS:
        return records.one_of(kind)
    named = (str(model._meta.verbose_name) for model in apps.get_models() if model._meta.db_table == kind)
    return next(named, kind.replace("_", " "))


def kinds_in_words() -> Mapping[str, Sequence[str]]:
    """Every kind that the trail may name, by what it is called: the policy's word and the table of the same thing."""
    kinds = {*records.RECORDS, *(how.kind for how in GUARDS.values()), *watched(apps.get_models()), *OF_NO_RECORD}
    called: dict[str, list[str]] = {}
    for kind in sorted(kinds):
        called.setdefault(kind_words(kind), []).append(kind)
    return dict(sorted(called.items()))


def address_of(viewer: Viewer, kind: str, object_id: str) -> str:
    """The address of the record's page; "" where the viewer may not open it, or it has none."""
    record = record_seen(viewer, kind, object_id)
    return page_of(record) if record is not None else ""


def page_of(record: Model) -> str:
    """The address of the page of a record that the viewer was found to open; "" where it has none."""
    how = GUARDS[type(record)]
    try:
        return records.address_of(how.kind, record.pk) if how.record == "pk" else ""
    except NoReverseMatch:
        return ""


def looked_at(kind: str, object_id: str) -> str:
    """The address of the page that tells who has looked at a record."""
    return reverse("watching:record", args=[kind, quote(object_id, safe="")])
