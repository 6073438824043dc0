"""Records of confidentiality in a synthetic house, for the examples of its pages."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from safeboard.foundation.access.break_glass import break_glass
from safeboard.foundation.access.involving import involve
from safeboard.foundation.access.models import BreakGlass, Restriction
from safeboard.foundation.access.notices import tell
from safeboard.foundation.access.restricting import restrict
from safeboard.foundation.access.words import RestrictionCategory
from tests.house.synthetic import House
from tests.people.families import a_person

REASON = "The child is in the emergency department and cannot say who looks after her"


def a_record(here: House) -> dict[str, Any]:
    """A person's record as the addresses of confidentiality name it."""
    return {"kind": "person", "object_id": str(a_person(here).pk)}


def a_restriction(here: House) -> Restriction:
    return restrict(
        **a_record(here),
        category=RestrictionCategory.CASE_REVIEW,
        reason="A review is under way",
        ask="The head of safeguarding, extension 12",
        by=here.viewer("safeguarding_manager", at=timezone.now()),
    )


def a_restricted_record(here: House) -> dict[str, Any]:
    made = a_restriction(here)
    return {"kind": made.kind, "object_id": made.object_id}


def an_opening(here: House) -> BreakGlass:
    by = here.viewer("investigator", at=timezone.now())
    return break_glass(**a_record(here), reason=REASON, by=by)


def an_involvement(here: House) -> Mapping[str, Any]:
    record = a_record(here)
    by = here.viewer("social_worker", at=timezone.now())
    made = involve(**record, user=here.user("practitioner"), why="Class teacher", by=by)
    return {**record, "pk": made.pk}


def a_notice(here: House, role: str = "chair") -> int:
    record = a_record(here)
    user = here.user(role)
    made = tell(users=[user], said="A record was opened.", at=timezone.now(), **record)
    return made[0].pk
