"""The pages' place in the house."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "safeboard.foundation.pages"
    label = "pages"
    verbose_name = "Pages"
