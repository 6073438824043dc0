"""The tests' own job, known to a worker that runs with settings.py beside this."""

from django.apps import AppConfig


class BadDaysConfig(AppConfig):
    name = "tests.bad_days"
    label = "bad_days"
