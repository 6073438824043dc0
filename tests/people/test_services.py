"""What may be written of people, by whom, and what is refused in words."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from safeboard.casework.people import services
from safeboard.casework.people.codes import AddressKind, NameKind, PersonKind, RecordStatus
from safeboard.casework.people.models import Household, Person, PersonAddress, PersonName, Relationship
from safeboard.casework.people.search_first import Searched, remember_search, searched
from safeboard.casework.people.selectors import record_of
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import NOW, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def places(act: Callable[[], Any]) -> list[str]:
    """At which fields what is asked for is refused."""
    with pytest.raises(BadInput) as wrong:
        act()
    return [problem.element for problem in wrong.value.problems]


def has_searched(viewer: Viewer, ago: timedelta = timedelta(minutes=1)) -> Searched:
    return Searched(viewer.user.pk, viewer.seat.pk, viewer.at - ago)


def add(viewer: Viewer, **fields: Any) -> Person:
    given = {"kind": PersonKind.CHILD, "given": "Robin", "born_on": date(2018, 5, 1), "searched": has_searched(viewer)}
    return services.add_person(**{**given, **fields}, by=viewer)


def test_a_person_is_added_to_the_viewers_area_their_agency_answering() -> None:
    here = house()
    person = add(here.viewer("social_worker"), family="Ashcombe", sex="F")
    record = record_of(here.viewer("social_worker"), person.pk)
    assert (record.name, record.person.area, record.person.agency) == (
        "Robin Ashcombe",
        here.area,
        here.agencies["social care"],
    )


def test_nobody_is_added_without_a_search_of_ones_own_in_the_last_15_minutes() -> None:
    here = house()
    viewer = here.viewer("social_worker")
    for stale in (
        None,
        has_searched(viewer, timedelta(minutes=16)),
        has_searched(viewer, timedelta(minutes=-1)),
        has_searched(here.viewer("social_worker", name="Another")),
    ):
        assert places(lambda stale=stale: add(viewer, searched=stale)) == [""]
    assert not Person.objects.exists()
    add(viewer, searched=has_searched(viewer, timedelta(minutes=15)))


def test_a_search_is_remembered_in_the_session_and_cannot_be_forged() -> None:
    viewer = house().viewer("social_worker")
    session: dict[str, Any] = {}
    assert searched(session, viewer) is None
    assert searched({"people_searched": "forged"}, viewer) is None
    made = remember_search(session, viewer)
    assert searched(session, viewer) == made
    assert searched(session, house().viewer("social_worker", at=NOW + timedelta(minutes=16))) is None
    assert searched(session, house().viewer("screening_officer")) is None


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"given": ""}, ["given"]),
        ({"born_on": None, "born_estimated": True}, ["born_estimated"]),
        ({"kind": PersonKind.UNBORN, "born_on": None}, ["expected_on"]),
        ({"sensitivity": Sensitivity.SEALED}, ["sensitivity"]),
    ],
)
def test_a_person_that_cannot_be_is_refused_at_the_field(fields: dict[str, Any], at: list[str]) -> None:
    viewer = house().viewer("social_worker")
    assert places(lambda: add(viewer, **fields)) == at


@pytest.mark.parametrize("role", ["conference_administrator", "practitioner", "chair", "system_administrator"])
def test_only_those_granted_it_add_or_change(role: str) -> None:
    here = house()
    person, viewer = a_person(here), here.viewer(role)
    with pytest.raises(PermissionDenied):
        add(viewer)
    with pytest.raises(PermissionDenied):
        services.record_death(person=person, died_on=TODAY, by=viewer)
    with pytest.raises(PermissionDenied):
        services.record_death(person=person, died_on=TODAY, by=other_house().viewer("social_worker"))


def test_a_record_joined_into_another_is_not_changed() -> None:
    here = house()
    one, other = a_person(here), a_person(here)
    Person.objects.filter(pk=one.pk).update(status=RecordStatus.JOINED, joined_into=other)
    with pytest.raises(PermissionDenied):
        services.record_death(person=one, died_on=TODAY, by=here.viewer("social_worker"))


def test_an_expected_child_is_born_under_a_name_and_the_expected_day_is_kept() -> None:
    here = house()
    viewer = here.viewer("social_worker")
    expected = TODAY + timedelta(days=30)
    child = add(viewer, kind=PersonKind.UNBORN, given="Unborn", family="Ashcombe", born_on=None, expected_on=expected)
    born = {"person": child, "sex": "F", "given": "Sky", "family": "Ashcombe", "by": viewer}
    assert places(lambda: services.record_birth(**born, born_on=TODAY + timedelta(days=1))) == ["born_on"]
    services.record_birth(**born, born_on=TODAY)
    record = record_of(viewer, child.pk)
    assert (record.name, record.person.kind, record.person.born_on, record.person.expected_on) == (
        "Sky Ashcombe",
        PersonKind.CHILD,
        TODAY,
        expected,
    )
    assert places(lambda: services.record_birth(**born, born_on=TODAY)) == [""]


def test_a_death_is_recorded_once_not_before_birth_nor_ahead_and_can_be_undone() -> None:
    here = house()
    viewer, child = here.viewer("social_worker"), a_person(here)
    for day in (date(2018, 4, 30), TODAY + timedelta(days=1)):
        assert places(lambda day=day: services.record_death(person=child, died_on=day, by=viewer)) == ["died_on"]
    services.record_death(person=child, died_on=TODAY, by=viewer)
    assert places(lambda: services.record_death(person=child, died_on=TODAY, by=viewer)) == [""]
    services.undo_death(person=child, by=viewer)
    assert Person.objects.get(pk=child.pk).died_on is None
    assert places(lambda: services.undo_death(person=child, by=viewer)) == [""]


def test_a_new_current_name_makes_the_one_before_a_former_one() -> None:
    here = house()
    viewer, person = here.viewer("social_worker"), a_person(here)
    services.add_name(
        person=person, kind="current", given="Robin", family="Birchley", starts_on=date(2026, 3, 1), by=viewer
    )
    assert [(name.kind, name.full, name.ends_on) for name in PersonName.objects.filter(person=person)] == [
        (NameKind.FORMER, "Robin Ashcombe", date(2026, 2, 28)),
        (NameKind.CURRENT, "Robin Birchley", None),
    ]
    current = PersonName.objects.get(person=person, kind=NameKind.CURRENT)
    assert places(lambda: services.end_name(row=current, on=TODAY, by=viewer)) == [""]
    changed = {"row": current, "given": "Robyn", "family": "Birchley", "by": viewer}
    assert places(lambda: services.change_name(**changed, kind="alias")) == ["kind"]
    services.change_name(**changed, kind="current")
    assert record_of(viewer, person.pk).name == "Robyn Birchley"


def test_a_number_is_checked_and_held_by_one_record() -> None:
    here = house()
    viewer, one, other = here.viewer("social_worker"), a_person(here), a_person(here)
    held = services.add_identifier(person=one, kind="nhs", value="999 000 0018", by=viewer)
    assert held.value == "9990000018"
    again = {"person": other, "kind": "nhs", "value": "9990000018", "by": viewer}
    assert places(lambda: services.add_identifier(**again)) == ["value"]
    assert places(lambda: services.add_identifier(person=other, kind="local", value="1", by=viewer)) == ["issuer"]
    services.end_identifier(row=held, on=TODAY, by=viewer)
    services.add_identifier(**again)
    assert places(lambda: services.reopen_identifier(row=held, by=viewer)) == ["value"]


def test_moving_ends_the_main_address_before_the_day_before() -> None:
    here = house()
    viewer, person = here.viewer("social_worker"), a_person(here)

    def moves(on: date, lines: str, **more: Any) -> PersonAddress:
        return services.add_address(person=person, kind="main", lines=lines, starts_on=on, by=viewer, **more)

    moves(date(2024, 1, 1), "1 Synthetic Street", postcode="cv12wt")
    moves(date(2025, 1, 1), "2 Synthetic Street")
    assert [(row.address.full, row.ends_on) for row in record_of(viewer, person.pk).addresses] == [
        ("2 Synthetic Street", None),
        ("1 Synthetic Street, CV1 2WT", date(2024, 12, 31)),
    ]
    assert places(lambda: moves(date(2024, 6, 1), "3 Synthetic Street")) == ["starts_on"]
    assert places(lambda: moves(TODAY, "3 Synthetic Street", postcode="x")) == ["postcode"]
    assert places(lambda: moves(TODAY, " , ")) == ["lines"]


def test_people_at_the_same_place_share_it() -> None:
    here = house()
    viewer = here.viewer("social_worker")
    rows = [
        services.add_address(person=a_person(here), kind="main", lines=lines, postcode="CV1 2WT", by=viewer)
        for lines in ("1 Synthetic Street", "1  Synthetic Street ")
    ]
    assert rows[0].address == rows[1].address
    safe = services.add_address(person=a_person(here), kind=AddressKind.SAFE_CONTACT, lines="1 Refuge", by=viewer)
    assert safe.sensitivity == Sensitivity.SENSITIVE


def test_a_relationship_reads_from_either_side_and_a_mutual_one_is_held_once() -> None:
    here = house()
    viewer = here.viewer("social_worker")
    mother, child = a_person(here, "Alex", kind=PersonKind.ADULT, sex="F"), a_person(here)
    said = {"said_by": "mother", "by": viewer}
    services.add_relationship(person=mother, other=child, kind="parent", **said)
    assert [each.first for each in record_of(viewer, child.pk).related] == [False]
    assert [each.first for each in record_of(viewer, mother.pk).related] == [True]
    sister = a_person(here, "Sky")
    services.add_relationship(person=child, other=sister, kind="sibling", **said)
    again = {"person": sister, "other": child, "kind": "sibling"}
    assert places(lambda: services.add_relationship(**again, **said)) == ["kind"]
    assert places(lambda: services.add_relationship(person=child, other=child, kind="friend", **said)) == ["other"]


def test_a_relation_one_may_not_open_cannot_be_named() -> None:
    here = house()
    viewer, child = here.viewer("social_worker"), a_person(here)
    sealed = a_person(here, sensitivity=Sensitivity.SEALED)
    with pytest.raises((BadInput, PermissionDenied)):
        services.add_relationship(person=sealed, other=child, kind="parent", said_by="child", by=viewer)
    with pytest.raises((BadInput, PermissionDenied)):
        services.add_relationship(person=child, other=sealed, kind="sibling", said_by="child", by=viewer)
    assert not Relationship.objects.exists()


def test_brothers_and_sisters_follow_from_the_parents_the_eldest_first() -> None:
    here = house()
    viewer = here.viewer("social_worker")
    mother, father, other = (a_person(here, name, kind=PersonKind.ADULT) for name in ("Alex", "Bo", "Cy"))
    children = {
        "Robin": (date(2015, 1, 1), (mother, father)),
        "Sky": (date(2012, 1, 1), (mother, father)),
        "Max": (date(2020, 1, 1), (mother, other)),
        "Jo": (date(2008, 1, 1), (mother,)),
    }
    born = {name: a_person(here, name, born_on=day) for name, (day, _) in children.items()}
    for name, (_, parents) in children.items():
        for parent in parents:
            Relationship.objects.create(person=parent, other=born[name], kind="parent", said_by="mother")
    assert [(each.other.name, str(each.bond)) for each in record_of(viewer, born["Robin"].pk).siblings] == [
        ("Jo Ashcombe", "one parent in common, another not recorded"),
        ("Sky Ashcombe", "the same two parents"),
        ("Max Ashcombe", "one parent in common"),
    ]
    Person.objects.filter(pk=mother.pk).update(sensitivity=Sensitivity.SEALED)
    assert [each.other.name for each in record_of(viewer, born["Robin"].pk).siblings] == ["Sky Ashcombe"]


def test_a_household_has_its_members_with_their_own_days() -> None:
    here = house()
    viewer = here.viewer("social_worker")
    mother, child, friend = a_person(here, "Alex", kind=PersonKind.ADULT), a_person(here), a_person(here, "Max")
    made = services.add_household(person=mother, title="Mother's household", members=[child], by=viewer)
    row = services.add_member(household=made, person=friend, by=viewer)
    assert places(lambda: services.add_member(household=made, person=child, by=viewer)) == ["person"]
    sealed = a_person(here, sensitivity=Sensitivity.SEALED)
    assert places(lambda: services.add_member(household=made, person=sealed, by=viewer)) == ["person"]
    services.end_member(row=row, on=TODAY, by=viewer)
    (living,) = record_of(viewer, child.pk).living
    assert (living.household, sorted(str(each and each.name) for _, each in living.others)) == (
        Household.objects.get(),
        ["Alex Ashcombe", "Max Ashcombe"],
    )


def test_a_warning_stands_until_it_is_ended_even_when_its_review_is_overdue() -> None:
    here = house()
    viewer, person = here.viewer("social_worker"), a_person(here)
    asked = {"person": person, "kind": "do not telephone", "text": "He listens in.", "by": viewer}
    assert places(lambda: services.add_warning(**asked, review_on=TODAY)) == ["review_on"]
    row = services.add_warning(**asked, review_on=TODAY + timedelta(days=90))
    later = house().viewer("social_worker", at=NOW + timedelta(days=91))
    assert [each.words for each in record_of(later, person.pk).standing] == [
        "Domestic abuse: do not telephone. He listens in. Overdue for review."
    ]
    services.end_warning(row=row, on=TODAY, by=viewer)
    assert len(record_of(viewer, person.pk).standing) == 1  # its last day is inclusive
    assert record_of(later, person.pk).standing == []
    assert places(lambda: services.end_warning(row=row, on=TODAY, by=viewer)) == [""]
    services.reopen_warning(row=row, by=viewer)
    assert len(record_of(later, person.pk).standing) == 1


def test_a_flag_runs_out_by_itself_or_is_ended_sooner() -> None:
    here = house()
    viewer, person = here.viewer("social_worker"), a_person(here)
    asked = {"person": person, "kind": "missing", "text": "", "by": viewer}
    assert places(lambda: services.add_flag(**asked, expires_on=TODAY - timedelta(days=1))) == ["expires_on"]
    row = services.add_flag(**asked, expires_on=TODAY + timedelta(days=2))

    def raised(days: int) -> int:
        return len(record_of(house().viewer("social_worker", at=NOW + timedelta(days=days)), person.pk).raised)

    assert [raised(days) for days in (-1, 0, 2, 3)] == [0, 1, 1, 0]
    services.end_flag(row=row, on=TODAY, by=viewer)
    assert [raised(days) for days in (0, 1)] == [1, 0]
    assert places(lambda: services.end_flag(row=row, on=TODAY + timedelta(days=1), by=viewer)) == [""]
