"""Readings of synthetic records in the trail."""

from safeboard.foundation.access.models import User
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import acts, note
from tests.audit.tampering import close


def opens(user: User, *keys: object, kind: str = "person", did: Did = Did.OPENED) -> None:
    """The user opens these records, each in a transaction of its own."""
    seat = user.seats.get()
    acts(who=str(user.pk), seat=str(seat.pk), agency=str(seat.agency_id))
    for key in keys:
        note(did, kind, key)
        close()
    acts(who="")
