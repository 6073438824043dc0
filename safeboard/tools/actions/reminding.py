"""What somebody is reminded of, counted through the policy: how many actions, never which."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.access.viewer import Viewer, seats_of, viewer_of
from safeboard.tools.actions.selectors import own_open, to_verify

SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one's own actions are overdue, due within a fortnight and open; how many wait to be verified."""

    overdue: int
    soon: int
    open: int
    to_verify: int

    def __bool__(self) -> bool:
        return bool(self.open or self.to_verify)


def counted(user: User, at: datetime) -> Counted:
    """What waits for a user in all their seats. Nothing for somebody who may not sign in."""
    on = timezone.localdate(at)
    due = own_due_dates(user, at).values()
    verify = {key for viewer in _viewers(user, at) for key in to_verify(viewer).values_list("pk", flat=True)}
    return Counted(
        overdue=sum(day < on for day in due),
        soon=sum(on <= day <= on + SOON for day in due),
        open=len(due),
        to_verify=len(verify),
    )


def counted_by_day(user: User, at: datetime) -> Mapping[date, int]:
    """How many of one's own open actions are due on each day."""
    return Counter(own_due_dates(user, at).values())


def own_due_dates(user: User, at: datetime) -> Mapping[UUID, date]:
    """The due date of each of the user's own open actions that they may see in one of their seats."""
    rows: dict[UUID, date] = {}
    for viewer in _viewers(user, at):
        found: Any = own_open(viewer).values_list("pk", "due_on")
        rows.update(found)
    return rows


def _viewers(user: User, at: datetime) -> Iterator[Viewer]:
    for seat in seats_of(user, at):
        viewer = viewer_of(user, at, seat.pk)
        if viewer is not None:
            yield viewer
