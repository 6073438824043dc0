"""Every table and field of this room has its class of personal data and of retention."""

from django.apps import apps

from safeboard.foundation.keeping.declared import declared_in


def test_nothing_is_undeclared() -> None:
    declared = declared_in("safeboard.figures.performance")
    models = [model for model in apps.get_app_config("performance").get_models() if not model._meta.proxy]
    assert {model.__name__ for model in models} == set(declared)
    for model in models:
        fields = {field.name for field in model._meta.concrete_fields}
        assert fields == set(declared[model.__name__].fields), model.__name__
