"""The trial area's place in the house of a test run."""

from importlib import import_module

from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "tests.pages.trial"
    label = "trial"

    def ready(self) -> None:
        import_module("tests.pages.trial.guards")
