"""Synthetic people with all that they can be found by."""

from datetime import date
from typing import Any

from safeboard.casework.people.codes import AddressKind, IdentifierKind, NameKind
from safeboard.casework.people.models import Address, Identifier, Person, PersonAddress, PersonName
from tests.house.synthetic import House
from tests.people.families import a_person


def somebody(
    house: House,
    given: str,
    family: str,
    born: str = "2018-05-01",
    *,
    former: str = "",
    nhs: str = "",
    local: str = "",
    lines: str = "",
    postcode: str = "",
    **fields: Any,
) -> Person:
    person = a_person(house, given, family, born_on=date.fromisoformat(born), **fields)
    if former:
        PersonName.objects.create(person=person, kind=NameKind.FORMER, given=given, family=former)
    if nhs:
        Identifier.objects.create(person=person, area=house.area, kind=IdentifierKind.NHS, value=nhs)
    if local:
        Identifier.objects.create(
            person=person, area=house.area, kind=IdentifierKind.LOCAL, value=local, issuer=house.agencies["police"]
        )
    if lines:
        live_at(house, person, lines, postcode)
    return person


def live_at(house: House, person: Person, lines: str, postcode: str = "", **fields: Any) -> PersonAddress:
    address = Address.objects.create(area=house.area, lines=lines, postcode=postcode)
    return PersonAddress.objects.create(person=person, address=address, **{"kind": AddressKind.MAIN, **fields})
