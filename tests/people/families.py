"""Small synthetic families for tests."""

from datetime import date
from typing import Any

from safeboard.casework.people.codes import NameKind, PersonKind
from safeboard.casework.people.models import Person, PersonName
from tests.house.synthetic import NOW, House


def a_person(house: House, given: str = "Robin", family: str = "Ashcombe", **fields: Any) -> Person:
    """A person of the house's area with a current name; a child born in 2018 unless said otherwise."""
    described = {"kind": PersonKind.CHILD, "agency": house.agencies["social care"], "added_at": NOW, **fields}
    if described["kind"] == PersonKind.CHILD:
        described.setdefault("born_on", date(2018, 5, 1))
    person = Person.objects.create(area=house.area, **described)
    PersonName.objects.create(person=person, kind=NameKind.CURRENT, given=given, family=family)
    return person
