"""Each test begins with nobody having tried anything."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_tries(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
