"""A bound on the requests that one signed-in session makes in a minute: generous for a person, narrow for a program.

It is counted in the memory of this process, so that no page asks the database for it. Each web process counts for
itself: with four of them a session can make up to four times as many.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from safeboard.foundation.access.refusals import PAGE
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.posted_again import again

MINUTE: Final = 60.0
MOST_SESSIONS: Final = 10_000
"""Beyond it the minute that began first is forgotten, so that the memory stays bounded: some 3 MB."""


@dataclass(slots=True)
class _Minute:
    """A minute of one session: when it is over, in seconds of the clock that counts it, and the requests in it."""

    over: float
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a request may go on: 0 seconds to wait, else how many; `first` is the first that has to in its minute."""

    wait: int = 0
    first: bool = False


class Pace:
    """Counts the requests of sessions by the minute. Threads share it; the caller says what time it is."""

    def __init__(self, most_sessions: int = MOST_SESSIONS) -> None:
        self._most_sessions = most_sessions
        self._lock = Lock()
        self._minutes: OrderedDict[str, _Minute] = OrderedDict()

    def __len__(self) -> int:
        return len(self._minutes)

    def turn(self, session: str, at: float, most: int) -> Turn:
        """Count a request, made at `at` seconds. `most` go on in a minute, which begins with the first of them."""
        with self._lock:
            minute = self._minute(session, at)
            minute.requests += 1
            if minute.requests <= most:
                return Turn()
            return Turn(max(1, math.ceil(minute.over - at)), minute.requests == most + 1)

    def _minute(self, session: str, at: float) -> _Minute:
        minute = self._minutes.get(session)
        if minute is None or at >= minute.over:
            self._forget(at)
            minute = self._minutes[session] = _Minute(at + MINUTE)
            self._minutes.move_to_end(session)
        return minute

    def _forget(self, at: float) -> None:
        """The minutes that are over stand first, as they began in order; and room for one more."""
        while self._minutes:
            first = next(iter(self._minutes.values()))
            if at < first.over and len(self._minutes) < self._most_sessions:
                return
            self._minutes.popitem(last=False)


class PaceMiddleware:
    """Answers 429 where a session made more than `settings.REQUESTS_A_MINUTE` requests in a minute; 0: no bound.

    Stands behind what tells who asks, and before all that is asked for. Static files were served before it.
    """

    def __init__(
        self, get_response: Callable[[HttpRequest], HttpResponse], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.get_response, self.clock, self.pace = get_response, clock, Pace()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most: int = settings.REQUESTS_A_MINUTE
        if not most or not request.user.is_authenticated:
            return self.get_response(request)
        turn = self.pace.turn(request.session.session_key or "", self.clock(), most)
        if not turn.wait:
            return self.get_response(request)
        if turn.first:  # once a minute: a program that goes on must not fill the trail
            noted(request, Did.REFUSED, PAGE, details={"answer": "too many requests"})
        return _too_many(request, turn.wait, most)


def _too_many(request: HttpRequest, wait: int, most: int) -> HttpResponse:
    """How long to wait, and what was typed, to be sent again then."""
    page = get_template("signing_in/too_many.html").render({**again(request), "wait": wait, "most": most})
    return HttpResponse(page, status=429, headers={"Retry-After": str(wait), "Cache-Control": "no-store"})
