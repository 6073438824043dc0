"""Its place in the house."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "safeboard.tools.actions"
    label = "actions"
    verbose_name = "Actions"
