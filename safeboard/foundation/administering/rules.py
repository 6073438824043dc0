"""When an agency's access review is due, and what an arrangement may share: decided without the database."""

from datetime import date
from typing import Final

from safeboard.foundation.access.words import Module
from safeboard.foundation.kernel.months import add_months

EVERY_MONTHS: Final = 12
"""Agencies confirm their seats once a year (peers/confidentiality.md, 5.10)."""

NEVER_SHARED: Final = frozenset({Module.USERS, Module.TRAIL, Module.HOUSE})
"""Each area keeps its own users, trail and house; an arrangement shares records."""

SHAREABLE: Final = tuple(module for module in Module if module not in NEVER_SHARED)


def review_due(last: date | None, first_seat: date | None) -> date | None:
    """The day by which the next review is due: a year after the last, else after the first seat; None without."""
    since = last or first_seat
    return add_months(since, EVERY_MONTHS) if since else None
