"""The links by which somebody was asked about an action, as its page lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from safeboard.foundation.pages.columns import in_words
from safeboard.tools.actions.models import ActionItem, NewsAsked
from safeboard.tools.actions.timeline import Told


@dataclass(frozen=True, slots=True)
class SentLink:
    """One link: whom it asks, by whom and when it was sent, its last day (inclusive), and what became of it.

    `is_open`: it has not been answered and has not ended, so it can be withdrawn.
    """

    key: int
    whom: str
    sent_at: datetime
    sent_by: str
    last_day: date
    state: str
    is_open: bool


def sent_links(action: ActionItem, told: Iterable[Told], at: datetime) -> list[SentLink]:
    """The links about the action, the newest first. Asks nothing of the database."""
    return [_sent(each, action, at) for each in told if each.kind == NewsAsked.__name__]


def _sent(told: Told, action: ActionItem, at: datetime) -> SentLink:
    said = told.said
    expires_at = datetime.fromisoformat(said["expires_at"])
    ended = _ended(said, action, expires_at <= at)
    return SentLink(
        key=said["key"],
        whom=said["whom"],
        sent_at=told.at,
        sent_by=told.who,
        last_day=timezone.localdate(expires_at - timedelta(microseconds=1)),
        state=ended or "Not answered yet",
        is_open=not ended,
    )


def _ended(said: Any, action: ActionItem, is_over: bool) -> str:
    """How the link ended; empty while it can still be answered."""
    if said["answered_at"]:
        return f"Answered {_moment(said['answered_at'])}"
    if said["withdrawn_at"]:
        return f"Withdrawn {_moment(said['withdrawn_at'])} by {said['withdrawn_by']}"
    if is_over:
        return "Not answered: its last day has passed"
    if action.closed_on:
        return "Not answered: the action was closed"
    return "" if said["tries_left"] else "Not answered: ended by five wrong codes"


def _moment(written: str) -> str:
    return in_words(datetime.fromisoformat(written))
