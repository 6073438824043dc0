"""Access's place in the house."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "safeboard.foundation.access"
    label = "access"
    verbose_name = "Access"
