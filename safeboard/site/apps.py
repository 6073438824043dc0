"""The site's place in the house."""

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "safeboard.site"
    label = "safeboard_site"
    verbose_name = "Safeboard"

    def ready(self) -> None:
        """Say what each kind of record is, tells and gives to figures. Not sooner: that needs models to be loaded."""
        for part in ("records", "trail_tellers", "live_sources", "people_found"):
            import_module(f"{self.name}.{part}")
