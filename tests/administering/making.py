"""Agencies, seats, arrangements and reviews to look at: for the walk of every page."""

from typing import Any

from django.utils import timezone

from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.words import Module
from safeboard.foundation.administering.reviewing import start
from safeboard.foundation.agencies.models import Arrangement
from tests.house.synthetic import House, other_house


def an_agency(here: House) -> dict[str, Any]:
    here.user("practitioner", "school")
    return {"pk": here.agencies["school"].pk}


def a_seat(here: House) -> dict[str, Any]:
    return {"pk": Seat.objects.get(user=here.user("practitioner", "school")).pk}


def a_seat_to_give(here: House) -> dict[str, Any]:
    return {**a_seat(here), "agency": here.agencies["school"].pk}


def an_arrangement(here: House) -> dict[str, Any]:
    made, _ = Arrangement.objects.get_or_create(
        name="Synthetic panel", module=Module.ACTIONS, starts_on=timezone.localdate()
    )
    made.areas.set([here.area, other_house().area])
    return {"pk": made.pk}


def a_review(here: House) -> dict[str, Any]:
    an_agency(here)
    return {"pk": start(agency=here.agencies["school"], by=here.viewer("system_administrator", at=timezone.now())).pk}
