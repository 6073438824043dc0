"""How the worker's jobs of this room run: one at a time on a thing, on behalf of somebody, telling how far they are."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.core.cache import cache
from django.db import connection

from safeboard.foundation.access.models import User
from safeboard.foundation.audit.trail import acts

KEPT_SECONDS: Final = 24 * 60 * 60
BETWEEN_SECONDS: Final = 1.0


@contextmanager
def alone_on(key: str, by: User | None, purpose: str) -> Iterator[bool]:
    """True for the only process that works on this now, False for any other. The trail names `by` for what is done.

    The lock is the database connection's: it goes with a worker that is killed, so that another can begin afresh.
    """
    acts(who=str(by.pk) if by else "", purpose=purpose)
    try:
        mine = _ask("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key)
        try:
            yield mine
        finally:
            if mine:
                _ask("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)
    finally:
        acts(who="")


def _ask(query: str, key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, [f"safeboard.performance.{key}"])
        (answer,) = cursor.fetchone()
    return bool(answer)


def progress_of(key: object) -> str:
    """How far a job is, in words; "" where nothing is known."""
    said: str = cache.get(f"performance.progress.{key}", "")
    return said


def telling(key: object) -> Callable[[str, int, int | None], None]:
    """What a job tells (what is done, how many, of how many), kept for the page that waits; once a second at most.

    In the cache, not in the record: each change of a record stands in the trail for good.
    """
    last = [0.0]

    def tell(what: str, done: int, of: int | None) -> None:
        if time.monotonic() - last[0] >= BETWEEN_SECONDS:
            last[0] = time.monotonic()
            cache.set(f"performance.progress.{key}", _in_words(what, done, of), KEPT_SECONDS)

    return tell


def _in_words(what: str, done: int, of: int | None) -> str:
    if not done:
        return what
    return f"{what}: {done:,} of {of:,}" if of else f"{what}: {done:,}"
