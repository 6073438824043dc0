"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "safeboard.casework.matching"
    label = "matching"
    verbose_name = "Finding and matching"

    def ready(self) -> None:
        """Put our records under the policy, and tell `people` who finds similar ones. Not before models are loaded."""
        import_module(f"{self.name}.guards")
        import_module(f"{self.name}.similar")
