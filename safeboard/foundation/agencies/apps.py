"""The agencies' place in the house."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "safeboard.foundation.agencies"
    label = "agencies"
    verbose_name = "Areas and agencies"
