"""Which way round a list is sorted, in words of the kind of its column: A to Z, newest first, largest first."""

from typing import Any, Final

from django.db import models
from django.db.models import QuerySet

from safeboard.foundation.pages.columns import Column

Ways = tuple[str, str]
"""The words for one way round and for the other: as `order` stands, and turned."""

BY_KIND: Final[tuple[tuple[tuple[type[Any], ...], Ways], ...]] = (
    ((models.DateField,), ("oldest first", "newest first")),
    ((models.BooleanField,), ("no first", "yes first")),
    ((models.IntegerField, models.DecimalField, models.FloatField), ("smallest first", "largest first")),
    ((models.CharField, models.TextField), ("A to Z", "Z to A")),
)
"""A moment is a kind of day; a key that counts is a kind of number."""
BY_CODE: Final[Ways] = ("group by group", "group by group, backwards")
"""Where the database sorts by codes whose words stand in another order."""


def ways_of(rows: QuerySet[Any], column: Column) -> Ways:
    """How a column's two orders are called: by itself, else by the kind of the first look-up that it is sorted by."""
    if column.ways:
        return column.ways
    look_up = column.order[0]
    forwards, backwards = _ways_of_field(_field(rows, look_up.removeprefix("-")))
    return (backwards, forwards) if look_up.startswith("-") else (forwards, backwards)


def _field(rows: QuerySet[Any], look_up: str) -> "models.Field[Any, Any]":
    # A clone, since looking up a path may add a join to the query.
    field: models.Field[Any, Any] = rows.query.clone().resolve_ref(look_up).output_field
    return field.target_field if isinstance(field, models.ForeignKey) else field


def _ways_of_field(field: "models.Field[Any, Any]") -> Ways:
    labels = [str(label) for _, label in sorted(field.flatchoices)]
    if labels != sorted(labels):
        return BY_CODE
    return next((ways for kinds, ways in BY_KIND if isinstance(field, kinds)), BY_CODE)
