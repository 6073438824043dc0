"""The demonstration's readings of records, and the sample of them that waits for the privacy officer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone

from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.models import Person
from safeboard.foundation.access.models import User
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import acts, note
from safeboard.foundation.watching.models import Sample
from safeboard.foundation.watching.services import draw

READERS: Final = ("screening_officer", "duty_team")
"""They work round the clock: what they read is no alert, whenever the demonstration is started."""
READ_BY_EACH: Final = 4


def make_sample(area: BoardArea, users: Sequence[User], at: datetime) -> None:
    """Let two users read some records, and draw the month's sample of that; once.

    The month is the one that goes on, since the trail takes no time but its own.
    """
    if Sample.objects.filter(area=area).exists():
        return
    people = Person.objects.filter(area=area, sensitivity=Sensitivity.PERSONAL).order_by("pk")
    keys = list(people.values_list("pk", flat=True)[: READ_BY_EACH * len(READERS)])
    for place, role in enumerate(READERS):
        seat = next(seat for user in users for seat in user.seats.filter(role=role))
        acts(who=str(seat.user_id), seat=str(seat.pk), agency=str(seat.agency_id))
        for key in keys[place :: len(READERS)]:
            note(Did.OPENED, PERSON, key)
    acts(who="")
    draw(area=area, month=timezone.localdate(at).replace(day=1), at=at)
