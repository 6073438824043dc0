"""Its place in the house."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "safeboard.casework.people"
    label = "people"
    verbose_name = "People"
