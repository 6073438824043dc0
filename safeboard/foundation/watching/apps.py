"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "safeboard.foundation.watching"
    label = "watching"
    verbose_name = "Looking after the trail"

    def ready(self) -> None:
        """Put our records under the policy. Not sooner: that needs models to be loaded."""
        import_module(f"{self.name}.guards")
