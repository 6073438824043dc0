"""Every field of every table of this room has a class of personal data."""

from django.apps import apps

from safeboard.foundation.keeping.declared import declared_in


def test_every_field_has_a_class() -> None:
    declared = declared_in("safeboard.casework.people")
    tables = {
        model.__name__: {field.name for field in model._meta.local_fields}
        for model in apps.get_app_config("people").get_models()
    }
    assert {name: set(kept.fields) for name, kept in declared.items()} == tables
