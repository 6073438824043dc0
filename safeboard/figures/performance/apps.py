"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "safeboard.figures.performance"
    label = "performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        """Put our records under the policy. Not sooner: it needs models to be loaded."""
        import_module(f"{self.name}.guards")
