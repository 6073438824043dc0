"""Small synthetic families for tests."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from safeboard.casework.people.codes import NameKind, PersonKind
from safeboard.casework.people.models import (
    Address,
    Flag,
    Household,
    HouseholdMember,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
    SafetyWarning,
)
from tests.house.synthetic import NOW, House


def a_person(house: House, given: str = "Robin", family: str = "Ashcombe", **fields: Any) -> Person:
    """A person of the house's area with a current name; a child born in 2018 unless said otherwise."""
    described = {"kind": PersonKind.CHILD, "agency": house.agencies["social care"], "added_at": NOW, **fields}
    if described["kind"] == PersonKind.CHILD:
        described.setdefault("born_on", date(2018, 5, 1))
    person = Person.objects.create(area=house.area, **described)
    PersonName.objects.create(person=person, kind=NameKind.CURRENT, given=given, family=family)
    return person


def with_everything(here: House) -> Person:
    """A person with a row of every part, and a warning. The same one, where the house has one already."""
    known = Identifier.objects.filter(area=here.area, value="9990000018").first()
    if known is not None:
        return known.person
    person = a_person(here, expected_on=date(2018, 5, 3))
    mother = a_person(here, "Alex", kind=PersonKind.ADULT, sex="F")
    where = Address.objects.create(area=here.area, lines="1 Synthetic Street", postcode="CV1 2WT")
    PersonAddress.objects.create(person=person, address=where, kind="main", starts_on=date(2020, 1, 1))
    Identifier.objects.create(person=person, area=here.area, kind="nhs", value="9990000018")
    Relationship.objects.create(person=mother, other=person, kind="parent", said_by="mother")
    household = Household.objects.create(area=here.area, address=where, title="Mother's household")
    for each in (mother, person):
        HouseholdMember.objects.create(household=household, person=each)
    today = timezone.localdate()
    SafetyWarning.objects.create(
        person=person, kind="weapon", text="Visit in pairs", starts_on=today, review_on=today + timedelta(days=30)
    )
    Flag.objects.create(
        person=person, kind="missing", agency=here.agencies["police"], starts_on=today, expires_on=today
    )
    return person


ROWS: dict[str, Callable[[Person], int]] = {
    "name": lambda person: person.names.earliest("pk").pk,
    "number": lambda person: person.identifiers.get().pk,
    "address": lambda person: person.addresses.get().pk,
    "relationship": lambda person: person.relationships_of_others.get().pk,
    "household": lambda person: person.memberships.get().pk,
    "warning": lambda person: person.safety_warnings.get().pk,
    "flag": lambda person: person.flags.get().pk,
}
"""The key of a person's row of each part, by the part's name in addresses."""
