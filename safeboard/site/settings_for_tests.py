"""The settings as tests use them: a quick PostgreSQL of the run's own, plain static files, cheap password hashing."""

import atexit
import os
import shutil
import tempfile

# Set once by the first process of a test run and inherited by the others, so that they share one server.
if "SAFEBOARD_TEST_DATA" not in os.environ:
    os.environ["SAFEBOARD_TEST_DATA"] = tempfile.mkdtemp(prefix="sb-")
    atexit.register(shutil.rmtree, os.environ["SAFEBOARD_TEST_DATA"], ignore_errors=True)
os.environ["SAFEBOARD_DATA"] = os.environ["SAFEBOARD_TEST_DATA"]
os.environ["SAFEBOARD_MODE"] = "test"

from safeboard.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REQUESTS_A_MINUTE = 0  # tests ask for thousands of pages as one user; what tests the bound sets it
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - the static file server wants its folder
INSTALLED_APPS = [*INSTALLED_APPS, "tests.pages.trial"]  # noqa: F405 - an area to try the page machinery with
