"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "safeboard.casework.matching"
    label = "matching"
    verbose_name = "Finding and matching"

    def ready(self) -> None:
        """Put our records under the policy. Not sooner: that needs models to be loaded."""
        import_module(f"{self.name}.guards")
