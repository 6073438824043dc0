"""Its place in the house."""

from django.apps import AppConfig


class ConfidentialityConfig(AppConfig):
    name = "safeboard.foundation.confidentiality"
    label = "confidentiality"
    verbose_name = "Confidentiality"
