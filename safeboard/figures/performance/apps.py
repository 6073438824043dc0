"""Its place in the house."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "safeboard.figures.performance"
    label = "performance"
    verbose_name = "Performance"
