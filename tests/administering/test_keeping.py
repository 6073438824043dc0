"""Every field of this room's tables, and of the agencies', has a class of personal data and one of retention."""

import pytest
from django.apps import apps

from safeboard.foundation.keeping.declared import declared_in


@pytest.mark.parametrize("room", ["administering", "agencies", "audit"])
def test_every_field_of_every_table_is_declared(room: str) -> None:
    models = apps.get_app_config(room).get_models()
    fields = {model.__name__: {field.name for field in model._meta.concrete_fields} for model in models}
    declared = declared_in(f"safeboard.foundation.{room}")
    assert {name: set(kept.fields) for name, kept in declared.items()} == fields
