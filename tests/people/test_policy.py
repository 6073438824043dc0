"""Who may find and who may open a person, role by role; what belongs to the person follows."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.http import Http404

from safeboard.casework.people.codes import AddressKind, PersonKind
from safeboard.casework.people.models import Address, Person, PersonAddress, Relationship
from safeboard.casework.people.selectors import people, person_for, record_of, shown, whom_to_ask
from safeboard.casework.people.services import add_warning
from safeboard.foundation.access.models import Involvement, Restriction, User
from safeboard.foundation.access.policy import GUARDS, visible
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Sensitivity
from safeboard.foundation.agencies.models import Arrangement
from tests.house.synthetic import NOW, SINCE, House, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
LEVELS = (Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.SEALED)
OF_THE_AREA = {
    "social_worker": Sensitivity.SENSITIVE,
    "screening_officer": Sensitivity.SENSITIVE,
    "conference_administrator": Sensitivity.SENSITIVE,
    "conference_chair": Sensitivity.SENSITIVE,
    "domestic_violence_officer": Sensitivity.SENSITIVE,
    "duty_team": Sensitivity.SENSITIVE,
    "caf_coordinator": Sensitivity.PERSONAL,
    "safeguarding_manager": Sensitivity.SEALED,
    "privacy_officer": Sensitivity.SEALED,
}
KNOWN_OF_IN_THE_AREA = {
    "investigator": Sensitivity.SENSITIVE,
    "named_professional": Sensitivity.PERSONAL,
    "designated_professional": Sensitivity.PERSONAL,
}
"""Those who may know of a person without being involved, and open them in an emergency only."""
OF_THOSE_INVOLVED = {
    "practitioner": Sensitivity.PERSONAL,
    "investigator": Sensitivity.SENSITIVE,
    "named_professional": Sensitivity.SENSITIVE,
    "designated_professional": Sensitivity.SENSITIVE,
    "child_death_professional": Sensitivity.SEALED,
    "panel_manager": Sensitivity.SEALED,
}


def involve(viewer: Viewer, person: Person) -> None:
    Involvement.objects.create(
        kind="person",
        object_id=str(person.pk),
        user=viewer.user,
        why="synthetic",
        said_by=User.objects.get_or_create(email="keeper@people.example", defaults={"name": "Synthetic Keeper"})[0],
        starts_on=SINCE,
    )


def restrict(person: Person, here: House) -> None:
    Restriction.objects.create(
        kind="person",
        object_id=str(person.pk),
        area=here.area,
        category="staff relative",
        reason="synthetic",
        ask="The head of safeguarding",
        set_by=here.user("privacy_officer"),
        starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=36_500),  # pages read the real clock
        review_on=(NOW + timedelta(days=90)).date(),
    )


@pytest.mark.parametrize("role", sorted(roles()))
@pytest.mark.parametrize("action", [Action.FIND, Action.OPEN])
def test_each_role_sees_the_people_it_is_granted_and_no_others(role: str, action: Action) -> None:
    here, there = house(), other_house()
    viewer = here.viewer(role)
    levels = {level: a_person(here, sensitivity=level) for level in LEVELS}
    known = {level: a_person(here, sensitivity=level) for level in LEVELS}
    for person in known.values():
        involve(viewer, person)
    involve(viewer, a_person(there))
    in_area = OF_THE_AREA.get(role, KNOWN_OF_IN_THE_AREA.get(role, -1) if action is Action.FIND else -1)
    involved = max(in_area, OF_THOSE_INVOLVED.get(role, -1))
    expected = {levels[level].pk for level in LEVELS if level <= in_area}
    expected |= {known[level].pk for level in LEVELS if level <= involved}
    assert {person.pk for person in people(viewer, action)} == expected


def test_a_restricted_record_is_found_with_whom_to_ask_and_not_opened() -> None:
    here = house()
    person = a_person(here)
    restrict(person, here)
    worker, neighbour = here.viewer("social_worker"), other_house().viewer("social_worker")
    assert whom_to_ask(worker, person.pk) == "The head of safeguarding"
    assert whom_to_ask(neighbour, person.pk) is None
    assert whom_to_ask(here.viewer("practitioner"), person.pk) is None
    assert shown(worker, [person.pk]) == {person.pk: None}
    assert shown(neighbour, [person.pk]) == {}
    for viewer in (worker, neighbour):
        with pytest.raises(Http404):
            record_of(viewer, person.pk)
        with pytest.raises(Http404):
            person_for(viewer, person.pk, Action.CHANGE)


def test_areas_that_share_people_by_arrangement_see_each_others() -> None:
    here, there = house(), other_house()
    person = a_person(there)
    viewer = here.viewer("social_worker")
    assert list(people(viewer)) == []
    arrangement = Arrangement.objects.create(name="Synthetic", module="people", starts_on=SINCE)
    arrangement.areas.set([here.area, there.area])
    assert list(people(here.viewer("social_worker"))) == [person]


def test_a_safe_contact_address_is_for_those_who_may_see_what_is_sensitive() -> None:
    here = house()
    person = a_person(here)
    for kind, level in ((AddressKind.MAIN, Sensitivity.PERSONAL), (AddressKind.SAFE_CONTACT, Sensitivity.SENSITIVE)):
        where = Address.objects.create(area=here.area, lines=f"1 {kind} Street")
        PersonAddress.objects.create(person=person, address=where, kind=kind, sensitivity=level)
    practitioner = here.viewer("practitioner")
    involve(practitioner, person)
    held_back = "Not shown to your role. Ask Reference City social care."
    for viewer, shown_to_them in (
        (practitioner, {"main": "1 main Street", "safe contact": held_back}),
        (here.viewer("social_worker"), {"main": "1 main Street", "safe contact": "1 safe contact Street"}),
    ):
        read = record_of(viewer, person.pk)
        assert {row.kind: row.address.full for row in read.addresses} == shown_to_them
    Person.objects.update(sensitivity=Sensitivity.SEALED)
    assert not visible(PersonAddress.objects.all(), here.viewer("social_worker"), Action.OPEN)


def test_a_relation_known_of_is_without_a_name_and_one_not_known_of_is_left_out() -> None:
    here = house()
    child, father = a_person(here), a_person(here, "Alex", kind=PersonKind.ADULT)
    Relationship.objects.create(person=father, other=child, kind="parent", said_by="mother")
    (related,) = record_of(here.viewer("social_worker"), child.pk).related
    assert related.other
    assert related.other.name == "Alex Ashcombe"
    restrict(father, here)
    (related,) = record_of(here.viewer("social_worker"), child.pk).related
    assert (related.first, related.other) == (False, None)
    Person.objects.filter(pk=father.pk).update(sensitivity=Sensitivity.SEALED)
    assert record_of(here.viewer("social_worker"), child.pk).related == []


def test_a_warning_at_an_address_reaches_all_who_live_there_without_telling_of_whom_it_is() -> None:
    here = house()
    where, elsewhere = (Address.objects.create(area=here.area, lines=f"{n} Synthetic Street") for n in (1, 2))
    owner = a_person(here, "Kim", kind=PersonKind.ADULT)
    child, gone, stranger = a_person(here, "Robin"), a_person(here, "Sky"), a_person(here, "Max")
    for person, place, ends in (
        (owner, where, None),
        (child, where, None),
        (gone, where, date(2025, 1, 1)),
        (stranger, elsewhere, None),
    ):
        PersonAddress.objects.create(person=person, address=place, kind=AddressKind.MAIN, ends_on=ends)
    worker = here.viewer("social_worker")
    add_warning(
        person=owner, kind="dangerous dog", text="Ring first", review_on=date(2027, 1, 1), address=where, by=worker
    )

    def read(viewer: Viewer, person: Person) -> list[str]:
        return [each.words for each in record_of(viewer, person.pk).standing]

    assert read(worker, owner) == ["Dangerous dog. Ring first"]
    assert read(worker, child) == ["Dangerous dog. Ring first (at this address: Kim Ashcombe)"]
    assert read(worker, gone) == read(worker, stranger) == []
    practitioner = here.viewer("practitioner")
    involve(practitioner, child)
    assert read(practitioner, child) == ["Dangerous dog (at this address)"]


def test_every_table_of_this_room_is_under_the_policy() -> None:
    assert set(apps.get_app_config("people").get_models()) <= set(GUARDS)


def test_nobody_is_found_by_a_key_that_is_none() -> None:
    with pytest.raises(Http404):
        record_of(house().viewer("social_worker"), uuid4())
