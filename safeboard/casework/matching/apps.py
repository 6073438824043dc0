"""Its place in the house."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "safeboard.casework.matching"
    label = "matching"
    verbose_name = "Finding and matching"
