"""Synthetic people with all that they can be found by."""

from datetime import date
from typing import Any

from safeboard.casework.matching.linkage import hold_against_ours
from safeboard.casework.matching.models import AgencyList, Pair
from safeboard.casework.matching.services import join, propose
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


def a_pair(house: House) -> Pair:
    """Two records of one person, proposed by a social worker."""
    one, other = somebody(house, "Sam", "Vane", "2015-05-05"), somebody(house, "Sammy", "Vane", "2015-05-05")
    return propose(one=one, other=other, said="They look alike.", by=house.viewer("social_worker"))


def a_list(house: House) -> AgencyList:
    """A list of one row that a social worker read in."""
    content = b"Your number,First names,Family name,Date of birth,Sex,NHS number,Postcode\nP1,Sam,Vane,5/5/2015,,,\n"
    return hold_against_ours(content=content, name="list.csv", by=house.viewer("social_worker"))


def a_joined_pair(house: House) -> Pair:
    pair = a_pair(house)
    join(pair=pair, keep=pair.one_id, said="One birth certificate.", by=house.viewer("safeguarding_manager"))
    return pair
