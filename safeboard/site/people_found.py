"""Who finds a person by the number that a row of a snapshot knows them by, or withholds it: what knows both."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Replace
from django.urls import reverse

from safeboard.casework.people.codes import IdentifierKind
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.models import Identifier
from safeboard.casework.people.selectors import people
from safeboard.figures.performance.kept_files import key_of
from safeboard.figures.performance.opening import let_people_be_found_by, let_rows_be_withheld_by
from safeboard.foundation.access.policy import keys_closed_by_restriction, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.kinds import AgencyKind

OWN: Final = {"kind": IdentifierKind.LOCAL, "issuer__kind": AgencyKind.SOCIAL_CARE, "ended_on": None}


def addresses_by_number(viewer: Viewer, area: int, numbers: Sequence[str]) -> Mapping[str, str]:
    """The address of each person's record in the area that the viewer may open.

    Rows from files know a child by social care's own number, live rows by the record's key.
    """
    local = visible(Identifier.objects.filter(area_id=area, value__in=numbers, **OWN), viewer, Action.OPEN)
    found: dict[str, UUID] = dict(local.values_list("value", "person_id"))
    asked = {number: key for number in numbers if (key := key_of(number))}
    if asked:
        known = set(people(viewer).filter(area_id=area, pk__in=asked.values()).values_list("pk", flat=True))
        found |= {number: key for number, key in asked.items() if key in known}
    return {number: reverse("people:person", args=[key]) for number, key in found.items()}


def numbers_withheld(viewer: Viewer) -> QuerySet[Any, Any]:
    """Every agency's number, ended ones too, of people whose record a restriction closes to the viewer, and their keys.

    Rows from files know a child by an agency's number, live rows by the record's key without its hyphens.
    """
    closed = keys_closed_by_restriction(PERSON, viewer, Action.OPEN)
    people = closed.annotate(person=Cast("object_id", UUIDField())).values("person")
    numbers = Identifier.objects.filter(kind=IdentifierKind.LOCAL, person__in=people).order_by()
    bare = closed.annotate(number=Replace("object_id", Value("-"), Value("")))
    return numbers.values_list("value").union(bare.values_list("number"))


let_people_be_found_by(addresses_by_number)
let_rows_be_withheld_by(numbers_withheld)
