"""Access's place in the house."""

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "safeboard.foundation.access"
    label = "access"
    verbose_name = "Access"

    def ready(self) -> None:
        """Put our records under the policy. Not sooner: that needs models to be loaded."""
        import_module(f"{self.name}.guards")
