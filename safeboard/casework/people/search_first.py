"""A search comes before a new record: whether this viewer has searched lately, as their session can prove."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.core import signing

from safeboard.foundation.access.viewer import Viewer

GOOD_FOR: Final = timedelta(minutes=15)
IN_SESSION: Final = "people_searched"
TYPED: Final = "people_typed"
BEGUN: Final = "people_begun"
_SALT: Final = "safeboard.casework.people.search_first"


@dataclass(frozen=True, slots=True)
class Searched:
    """A search for people that somebody made, in one seat. It says nothing of what they looked for."""

    user: int
    seat: int
    at: datetime

    def good_for(self, viewer: Viewer) -> bool:
        """Whether it was this viewer's, in this seat, in the last 15 minutes."""
        mine = (self.user, self.seat) == (viewer.user.pk, viewer.seat.pk)
        return mine and timedelta(0) <= viewer.at - self.at <= GOOD_FOR


def remember_search(
    session: MutableMapping[str, Any], viewer: Viewer, typed: Mapping[str, str] | None = None
) -> Searched:
    """Keep in the session that the viewer searched just now. The search page calls this when it shows what it found.

    `typed` is what the search tells of the person, by field of the form for a new one: `given`, `family`, `born_on`.
    """
    made = Searched(viewer.user.pk, viewer.seat.pk, viewer.at)
    if typed is not None:
        session[TYPED] = dict(typed)
    session[IN_SESSION] = signing.dumps([made.user, made.seat, made.at.isoformat()], salt=_SALT)
    return made


def searched(session: MutableMapping[str, Any], viewer: Viewer) -> Searched | None:
    """The viewer's search of the last 15 minutes, None where there was none."""
    try:
        user, seat, at = signing.loads(session.get(IN_SESSION, ""), salt=_SALT)
    except signing.BadSignature:
        return None
    made = Searched(user, seat, datetime.fromisoformat(at))
    return made if made.good_for(viewer) else None


def begin_record(session: MutableMapping[str, Any]) -> UUID:
    """A key for a new record about to be typed. It alone begins with what was searched for before it."""
    begun = uuid4()
    session[BEGUN] = {"record": str(begun), **session.pop(TYPED, {})}
    return begun


def carried_into(session: MutableMapping[str, Any], begun: UUID) -> dict[str, Any]:
    """What the search before it tells of a record that was begun: `given`, `family`, `born_on`."""
    told: dict[str, Any] = dict(session.get(BEGUN, {}))
    if told.pop("record", None) != str(begun):
        return {}
    if told.get("born_on"):
        told["born_on"] = date.fromisoformat(told["born_on"])
    return told


@dataclass(frozen=True, slots=True)
class Similar:
    """Somebody who may be the person about to be added: in words, and the key of the record if it may be opened."""

    words: str
    key: UUID
    opens: bool


SIMILAR: list[Callable[[Viewer, Mapping[str, Any]], Sequence[Similar]]] = []
"""Who knows of people like somebody about to be added: put here by the room above that finds people."""


def similar(viewer: Viewer, given: Mapping[str, Any]) -> list[Similar]:
    """The records that may be of the person about to be added (`given`, `family`, `born_on`)."""
    return [each for finds in SIMILAR for each in finds(viewer, given)]
