"""Every field of this room's tables has a class of personal data, and every table a class of retention."""

from django.apps import apps

from safeboard.foundation.keeping.declared import declared_in


def test_every_field_of_every_table_is_declared() -> None:
    models = apps.get_app_config("access").get_models()
    fields = {model.__name__: {field.name for field in model._meta.concrete_fields} for model in models}
    declared = declared_in("safeboard.foundation.access")
    assert {name: set(kept.fields) for name, kept in declared.items()} == fields
