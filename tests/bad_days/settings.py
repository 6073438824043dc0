"""The settings of tests, for a worker in a process of its own that also knows the tests' job."""

from safeboard.site.settings_for_tests import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bad_days.apps.BadDaysConfig"]  # noqa: F405
