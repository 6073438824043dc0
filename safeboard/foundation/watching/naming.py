"""Kinds and keys of the trail in words, and where the record they name is, for whoever may open it."""

from urllib.parse import quote

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from safeboard.foundation.access import records
from safeboard.foundation.access.policy import GUARDS
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.watching.selectors import record_seen


def kind_words(kind: str) -> str:
    """What a kind is called, whether the trail names it by the policy's word or by its table."""
    if kind in records.RECORDS:
        return records.one_of(kind)
    named = (str(model._meta.verbose_name) for model in apps.get_models() if model._meta.db_table == kind)
    return next(named, kind.replace("_", " "))


def address_of(viewer: Viewer, kind: str, object_id: str) -> str:
    """The address of the record's page; "" where the viewer may not open it, or it has none."""
    record = record_seen(viewer, kind, object_id)
    if record is None:
        return ""
    how = GUARDS[type(record)]
    try:
        return records.address_of(how.kind, record.pk) if how.record == "pk" else ""
    except NoReverseMatch:
        return ""


def looked_at(kind: str, object_id: str) -> str:
    """The address of the page that tells who has looked at a record."""
    return reverse("watching:record", args=[kind, quote(object_id, safe="")])
