"""Its place in the house."""

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "safeboard.casework.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Put our records under the policy. Not sooner: that needs models to be loaded."""
        import_module(f"{self.name}.guards")
