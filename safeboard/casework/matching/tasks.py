"""The worker's jobs of this room. Their arguments and what they log are keys and numbers, never a name."""

from collections.abc import Iterable
from typing import Final

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from safeboard.casework.matching.duplicates import propose_duplicates
from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.audit.trail import acts

NIGHTLY: Final = "15 3 * * *"


@app.task(name="matching.compare_people", queueing_lock="matching.compare_people")
def compare_people(area: int, by: int | None = None) -> int:
    """Propose probable duplicates among an area's people. `by`: the user who asked for it."""
    close_old_connections()
    return compared([area], by)


@app.periodic(cron=NIGHTLY)
@app.task(name="matching.compare_all_people", queueing_lock="matching.compare_all_people")
def compare_all_people(timestamp: int) -> int:
    """Every night, each area on its own: they are kept apart. `timestamp` is what the queue gives."""
    close_old_connections()
    return compared(BoardArea.objects.order_by("pk").values_list("pk", flat=True))


def compared(areas: Iterable[int], by: int | None = None) -> int:
    """Propose probable duplicates in each of the areas (keys). How many are new."""
    acts(who=str(by or ""), purpose="comparing all records")
    return sum(propose_duplicates(BoardArea.objects.get(pk=area), timezone.now()) for area in areas)
