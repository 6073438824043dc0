"""One PostgreSQL for a test run, made when the first test needs it and removed when the run ends."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from safeboard.foundation.database.server import Server

settings.register_profile("untimed", deadline=None)  # no test times anything: a busy machine is no fault of ours
settings.load_profile("untimed")


def _server() -> Server:
    return Server(Path(os.environ["SAFEBOARD_TEST_DATA"]) / "postgres", quick=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The server is up; each process of the run has a database of its own on it."""
    if "DATABASE_URL" not in os.environ:
        folder = Path(os.environ["SAFEBOARD_TEST_DATA"])
        folder.chmod(0o711)  # the server, which is not run as root, must be able to reach its own folder in it
        _server().start()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and "SAFEBOARD_TEST_DATA" in os.environ:
        _server().remove()


def pytest_unconfigure() -> None:
    """Hypothesis leaves a callback with the garbage collector, which outlives all modules and holds DuckDB's types.

    DuckDB then calls them leaked, on a page of lines at the end of a run. Nothing of ours is left open.
    """
    gc.callbacks.clear()
