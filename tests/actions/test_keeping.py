"""Every field of this room's tables is declared, and every table that a page reads stands under the policy."""

from django.apps import apps

from safeboard.foundation.access.policy import GUARDS
from safeboard.foundation.keeping.declared import declared_in

OWN_ONLY = {"Reminders", "Digest", "CalendarDay"}
"""Read and written for the user who is signed in, by their own key alone."""
BY_THEIR_PARENT = {"OwnerChanged"}


def test_every_field_of_every_table_is_declared() -> None:
    models = apps.get_app_config("actions").get_models()
    fields = {model.__name__: {field.name for field in model._meta.concrete_fields} for model in models}
    declared = declared_in("safeboard.tools.actions")
    assert {name: set(kept.fields) for name, kept in declared.items()} == fields


def test_every_table_is_guarded() -> None:
    names = {model.__name__ for model in apps.get_app_config("actions").get_models()}
    guarded = {model.__name__ for model in GUARDS if model._meta.app_label == "actions"}
    assert names - guarded == OWN_ONLY | BY_THEIR_PARENT
