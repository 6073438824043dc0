"""What the database itself refuses about people, whatever code asks for it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from safeboard.casework.people.codes import AddressKind, IdentifierKind, NameKind, PersonKind, RelationshipKind
from safeboard.casework.people.models import (
    Address,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
    SafetyWarning,
)
from safeboard.foundation.access.words import Sensitivity
from tests.house.synthetic import House, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
START = date(2020, 1, 1)


def refused(constraint: str, make: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("unborn_has_no_day_of_birth", {"kind": PersonKind.UNBORN, "born_on": START}),
        ("estimated_birth_has_a_day", {"kind": PersonKind.ADULT, "born_estimated": True}),
        ("dies_after_birth", {"born_on": START, "died_on": START - timedelta(days=1)}),
        ("sex_in_the_census_codes", {"sex": "X"}),
        ("ethnicity_in_the_census_codes", {"ethnicity": "XXXX"}),
        ("disabilities_in_the_census_codes", {"disabilities": ["XX"]}),
        ("no_disability_stands_alone", {"disabilities": ["NONE", "AUT"]}),
        ("joined_leads_to_another_record", {"status": "joined"}),
    ],
)
def test_a_person_whose_facts_disagree_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    here = house()
    refused(constraint, lambda: a_person(here, **fields))


def test_a_record_is_not_joined_into_itself_and_one_in_use_leads_nowhere() -> None:
    here = house()
    one, other = a_person(here), a_person(here)
    refused(
        "joined_leads_to_another_record",
        lambda: Person.objects.filter(pk=one.pk).update(status="joined", joined_into=one),
    )
    refused("joined_leads_to_another_record", lambda: Person.objects.filter(pk=one.pk).update(joined_into=other))
    assert Person.objects.filter(pk=one.pk).update(status="joined", joined_into=other) == 1


def test_a_person_has_one_current_name_and_a_name_says_something() -> None:
    person = a_person(house())
    refused(
        "one_current_name",
        lambda: PersonName.objects.create(person=person, kind=NameKind.CURRENT, given="Sky", family="Ashcombe"),
    )
    refused("a_name_says_something", lambda: PersonName.objects.create(person=person, kind=NameKind.ALIAS))
    refused("current_name_goes_on", lambda: person.names.update(ends_on=START))
    PersonName.objects.create(person=person, kind=NameKind.ALIAS, given="Sky")


def _identifier(
    person: Person, kind: str, value: str, here: House, issuer: str = "", ended: bool = False
) -> Identifier:
    return Identifier.objects.create(
        person=person,
        area=here.area,
        kind=kind,
        value=value,
        issuer=here.agencies[issuer] if issuer else None,
        ended_on=START if ended else None,
    )


def test_a_number_is_one_persons_within_its_kind_issuer_and_area() -> None:
    here, there = house(), other_house()
    one, other, neighbour = a_person(here), a_person(here), a_person(there)
    _identifier(one, IdentifierKind.NHS, "9990000018", here)
    refused("identifier_once_in_an_area", lambda: _identifier(other, IdentifierKind.NHS, "9990000018", here))
    _identifier(other, IdentifierKind.NHS, "9990000018", here, ended=True)
    _identifier(neighbour, IdentifierKind.NHS, "9990000018", there)
    _identifier(one, IdentifierKind.LOCAL, "12", here, "health")
    _identifier(other, IdentifierKind.LOCAL, "12", here, "police")
    refused("identifier_once_in_an_area", lambda: _identifier(other, IdentifierKind.LOCAL, "12", here, "health"))


def test_a_number_has_its_form_and_a_local_one_its_issuer() -> None:
    here = house()
    person = a_person(here)
    refused("nhs_number_is_ten_digits", lambda: _identifier(person, IdentifierKind.NHS, "999 000 0018", here))
    refused("upn_is_of_its_form", lambda: _identifier(person, IdentifierKind.UPN, "I331000000001", here))
    refused("local_number_has_an_issuer", lambda: _identifier(person, IdentifierKind.LOCAL, "12", here))
    refused("local_number_has_an_issuer", lambda: _identifier(person, IdentifierKind.NHS, "9990000018", here, "health"))


def test_a_safe_contact_address_is_at_least_sensitive() -> None:
    here = house()
    person = a_person(here)
    where = Address.objects.create(area=here.area, lines="1 Synthetic Street")
    refused(
        "safe_contact_is_sensitive",
        lambda: PersonAddress.objects.create(person=person, address=where, kind=AddressKind.SAFE_CONTACT),
    )
    held = PersonAddress.objects.create(
        person=person, address=where, kind=AddressKind.SAFE_CONTACT, sensitivity=Sensitivity.SENSITIVE
    )
    assert PersonAddress.objects.get(pk=held.pk).sensitivity == Sensitivity.SENSITIVE


def test_a_mutual_relationship_is_held_once_and_nobody_is_their_own_relation() -> None:
    here = house()
    low, high = sorted((a_person(here), a_person(here)), key=lambda person: person.pk)

    def related(person: Person, other: Person, kind: str) -> Relationship:
        return Relationship.objects.create(person=person, other=other, kind=kind, said_by="child")

    related(low, high, RelationshipKind.SIBLING)
    refused("mutual_relationship_is_held_once", lambda: related(high, low, RelationshipKind.SIBLING))
    refused("relationship_goes_on_once", lambda: related(low, high, RelationshipKind.SIBLING))
    refused("nobody_is_their_own_relation", lambda: related(low, low, RelationshipKind.PARENT))
    related(high, low, RelationshipKind.PARENT)


def test_a_warning_is_reviewed_after_it_starts() -> None:
    person = a_person(house())
    refused(
        "warning_is_reviewed_later",
        lambda: SafetyWarning.objects.create(person=person, kind="other", starts_on=START, review_on=START),
    )


DAYS = st.none() | st.integers(0, 12).map(lambda day: START + timedelta(days=day))


class MainAddresses(TestCase):
    """The days somebody is at their main addresses never overlap; the database decides as plain arithmetic does."""

    @given(st.lists(st.tuples(DAYS, DAYS), min_size=2, max_size=4))
    def test_main_addresses_overlap_exactly_when_a_day_is_in_two(
        self, periods: list[tuple[date | None, date | None]]
    ) -> None:
        here = house()
        person = a_person(here)
        where = Address.objects.create(area=here.area, lines="1 Synthetic Street")
        held: list[tuple[date, date]] = []
        for start, end in periods:
            days = (start or date.min, end or date.max)
            if days[1] < days[0]:
                continue
            free = all(days[1] < first or last < days[0] for first, last in held)
            made = {"person": person, "address": where, "starts_on": start, "ends_on": end}
            try:
                with transaction.atomic():
                    PersonAddress.objects.create(kind=AddressKind.MAIN, **made)
            except IntegrityError:
                assert not free
            else:
                assert free
                held.append(days)
            PersonAddress.objects.create(kind=AddressKind.OTHER, **made)
