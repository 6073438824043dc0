"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class AdministeringConfig(AppConfig):
    name = "safeboard.foundation.administering"
    label = "administering"
    verbose_name = "Keeping the house"

    def ready(self) -> None:
        """Put our records under the policy. Not sooner: that needs models to be loaded."""
        import_module(f"{self.name}.guards")
