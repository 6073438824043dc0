"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "safeboard.tools.actions"
    label = "actions"
    verbose_name = "Actions"

    def ready(self) -> None:
        import_module("safeboard.tools.actions.guards")
        import_module("safeboard.tools.actions.asking_pages")
