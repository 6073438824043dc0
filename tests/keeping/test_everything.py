"""Every field of every table has a class of personal data with a scrub rule, and every table one of retention."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from safeboard.foundation.keeping.classes import SCRUB, PersonalData
from safeboard.foundation.keeping.declared import Kept, declared_in, retention_classes

OF_LIBRARIES = "safeboard.site"
"""Where the tables of libraries are declared: they have no `keeping.toml` of their own."""


def tables() -> Iterator[tuple[str, Any]]:
    """(package that declares it, model) for every table that the house makes, and the registries made for tests not."""
    for model in apps.get_models():
        room = apps.get_app_config(model._meta.app_label).name
        ours = room.startswith("safeboard.")
        if (ours or model._meta.managed) and not model._meta.proxy and not model.__module__.startswith("tests."):
            yield room if ours else OF_LIBRARIES, model


def declared(room: str, model: Any) -> Kept | None:
    name = model.__name__ if room != OF_LIBRARIES else model._meta.label_lower.replace(".", "_")
    return declared_in(room).get(name)


def test_every_field_of_every_table_has_a_class() -> None:
    wrong = {}
    for room, model in tables():
        fields = {field.name for field in model._meta.concrete_fields}
        kept = declared(room, model)
        if kept is None or set(kept.fields) != fields:
            wrong[model._meta.label] = sorted(fields ^ set(kept.fields if kept else ()))
    assert wrong == {}


def test_nothing_is_declared_that_is_not_there() -> None:
    there: dict[str, set[str]] = {}
    for room, model in tables():
        name = model.__name__ if room != OF_LIBRARIES else model._meta.label_lower.replace(".", "_")
        there.setdefault(room, set()).add(name)
    assert {room: set(declared_in(room)) - names for room, names in there.items()} == {room: set() for room in there}


def test_tables_between_two_others_hold_keys_alone() -> None:
    """Django makes them for many-to-many: they need no declaration, since all they hold is keys."""
    between = [model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    others = [
        field
        for model in between
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.is_relation)
    ]
    assert (bool(between), others) == (True, [])


def test_every_class_has_a_rule_for_scrubbing_and_every_retention_an_event() -> None:
    assert set(SCRUB) == set(PersonalData)
    assert all(SCRUB.values())
    assert [key for key, each in retention_classes().items() if not (each.event and each.source)] == []
