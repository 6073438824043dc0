"""The site's place in the house."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "safeboard.site"
    label = "safeboard_site"
    verbose_name = "Safeboard"
