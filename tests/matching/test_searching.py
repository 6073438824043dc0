"""Somebody is found as they were heard of, among those the viewer may know of, with the reasons."""

from datetime import timedelta

import pytest
from django.db import connection

from safeboard.casework.matching.models import SearchDocument
from safeboard.casework.matching.searching import SHOWN, search
from safeboard.casework.people.codes import AddressKind, NameKind
from safeboard.casework.people.models import Address, Identifier, Person, PersonAddress, PersonName
from safeboard.foundation.access.models import Involvement, Restriction, RestrictionEntry
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Sensitivity
from tests.house.synthetic import NOW, SINCE, House, afterwards, house, other_house
from tests.matching.records import live_at, somebody

pytestmark = pytest.mark.django_db


def found(viewer: Viewer, typed: str) -> list[Person]:
    return [Person.objects.get(pk=fit.key) for fit in search(viewer, typed).fits]


def reasons(viewer: Viewer, typed: str) -> list[str]:
    return list(search(viewer, typed).fits[0].reasons)


@pytest.fixture
def here() -> House:
    return house()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Catherine O'Donnell-Smith", ["name"]),
        ("smith odonnell catherine", ["name"]),
        ("Kathryn Odonnel", ["a short form of the name", "one letter differs"]),
        ("Kate Smith", ["name", "a short form of the name"]),
        ("Catehrine Smyth", ["one letter differs"]),
        ("Penhallow", ["former name"]),
        ("Cathryne Penhalow", ["former name, one letter differs", "sounds like the name"]),
        ("2018", ["year of birth"]),
        ("Smith 05/2018", ["name", "month and year of birth"]),
        ("1 May", ["day and month of birth"]),
        ("01/05/2018", ["date of birth"]),
        ("01/05/2017 Smith", ["name", "date of birth differs by one digit"]),
        ("05/01/2018 Smith", ["date of birth with day and month the other way round", "name"]),
        ("10/05/2018 Smith", ["name", "date of birth with two digits the other way round"]),
        ("999 000 0018", ["NHS number"]),
        ("9990000018", ["NHS number"]),
        ("p/77123", ["An agency's own number"]),
        ("CV1 2AB", ["postcode of the address"]),
        ("cv12ab", ["postcode of the address"]),
        ("Magnolia Street", ["address"]),
        ("12 Magnolia", ["address"]),
        ("Кэтрин Смит", ["one letter differs", "sounds like the name"]),
        ("Cath Smith", ["name", "a short form of the name"]),
        ("C Smith", ["name", "a name begins with C"]),
        ("Cathe", ["a name begins with cathe"]),
        ("Odonnell Smith", ["name"]),
        ("Odonnellsmith", ["name"]),
    ],
)
def test_somebody_is_found_as_they_were_heard_of(here: House, typed: str, why: list[str]) -> None:
    sought = somebody(
        here,
        "Catherine",
        "O'Donnell-Smith",
        former="Penhallow",
        nhs="9990000018",
        local="P/77123",
        lines="12 Magnolia Street",
        postcode="CV1 2AB",
    )
    somebody(here, "Ursula", "Vane", "1955-12-30", lines="40 Far Road", postcode="LE9 9ZZ")
    viewer = here.viewer("social_worker")
    assert (found(viewer, typed), reasons(viewer, typed)) == ([sought], why)


@pytest.mark.parametrize("given", ["محمد", "Mohamed", "MUHAMMAD", "Muhamad"])
def test_a_name_in_another_alphabet_or_spelling_is_the_same_name(here: House, given: str) -> None:
    sought = somebody(here, given, "Al-Khatib")
    viewer = here.viewer("social_worker")
    assert [found(viewer, typed) for typed in ("Mohammed Khatib", "محمد")] == [[sought]] * 2


def test_the_best_fit_comes_first(here: House) -> None:
    sounds = somebody(here, "Jon", "Smyth", "2018-05-02")
    same = somebody(here, "John", "Smith")
    viewer = here.viewer("social_worker")
    assert found(viewer, "John Smith") == [same, sounds]
    assert found(viewer, "John Smith 02/05/2018") == [sounds, same]


def test_nothing_is_found_where_nothing_fits(here: House) -> None:
    somebody(here, "John", "Smith")
    assert search(here.viewer("social_worker"), "Wolfgang Quetzal").fits == ()


def test_who_may_not_be_found_neither_shows_nor_pushes_out_nor_counts(here: House) -> None:
    seen = somebody(here, "John", "Smith")
    viewer = here.viewer("social_worker")
    alone = search(viewer, "John Smith")
    for number in range(250):
        where = other_house() if number % 2 else here
        somebody(where, "John", "Smith", sensitivity=Sensitivity.SEALED if where is here else Sensitivity.PERSONAL)
    assert [fit.key for fit in alone.fits] == [seen.pk]
    assert search(viewer, "John Smith") == alone
    assert search(viewer, "J Smithe") == search(viewer, "J Smithe")


def test_a_practitioner_finds_those_they_are_involved_with(here: House) -> None:
    mine, _ = somebody(here, "John", "Smith"), somebody(here, "John", "Smith")
    viewer = here.viewer("practitioner")
    assert found(viewer, "John Smith") == []
    Involvement.objects.create(
        kind="person",
        object_id=str(mine.pk),
        user=viewer.user,
        why="Synthetic",
        said_by=here.user("social_worker"),
        starts_on=SINCE,
    )
    assert found(viewer, "John Smith") == [mine]


def _restrict(person: Person, by: Viewer) -> Restriction:
    return Restriction.objects.create(
        kind="person",
        object_id=str(person.pk),
        area=person.area,
        category="staff relative",
        reason="Synthetic",
        ask="the duty manager",
        set_by=by.user,
        starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=9),
        review_on=NOW.date(),
    )


def test_a_restricted_record_is_found_by_name_and_never_by_where_somebody_lives(here: House) -> None:
    person = somebody(here, "John", "Smith", lines="12 Magnolia Street", postcode="CV1 2AB", nhs="9990000018")
    viewer = here.viewer("social_worker")
    assert [search(viewer, typed).fits[0].may_open for typed in ("Smith", "Magnolia", "CV1 2AB")] == [True] * 3
    restriction = _restrict(person, viewer)
    viewer = afterwards(viewer)
    assert [(fit.may_open, fit.reasons) for fit in search(viewer, "Smith 9990000018").fits] == [
        (False, ("NHS number", "name"))
    ]
    assert [search(viewer, typed).fits for typed in ("Magnolia", "CV1 2AB", "12 Magnolia Street")] == [()] * 3
    assert search(viewer, "Smith Magnolia Street").fits[0].reasons == ("name",)
    RestrictionEntry.objects.create(restriction=restriction, user=viewer.user, allowed=False)
    assert search(afterwards(viewer), "Smith").fits == ()


def test_nobody_is_found_by_a_safe_contact_address(here: House) -> None:
    person = somebody(here, "John", "Smith")
    live_at(here, person, "9 Hidden Lane", kind=AddressKind.SAFE_CONTACT, sensitivity=Sensitivity.SENSITIVE)
    live_at(here, person, "3 Grave Road", kind=AddressKind.OTHER, sensitivity=Sensitivity.SENSITIVE)
    assert [found(here.viewer("social_worker"), typed) for typed in ("Hidden Lane", "Grave Road")] == [[], []]


def test_more_than_are_shown_are_told_of(here: House) -> None:
    for number in range(SHOWN + 1):
        somebody(here, "John", "Smith", f"2018-05-{number % 28 + 1:02}")
    answer = search(here.viewer("social_worker"), "John Smith")
    assert (len(answer.fits), answer.more) == (SHOWN, True)


def test_a_search_asks_as_often_for_one_as_for_many(here: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    viewer = here.viewer("social_worker")
    for count in (1, 60):
        for _ in range(count):
            somebody(here, "John", "Smith")
        with django_assert_max_num_queries(10):
            search(viewer, "John Smith")


def test_no_write_can_miss_the_index(here: House) -> None:
    """Raw SQL, rows changed in bulk, moved and removed: the documents follow by themselves."""
    one, other = somebody(here, "Ann", "First", lines="1 Elm Road"), somebody(here, "Bea", "Second")
    viewer = here.viewer("social_worker")

    def run(sql: str, *given: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)

    run("UPDATE people_personname SET family = 'Zebedee' WHERE person_id = %s", one.pk)
    assert (found(viewer, "First"), found(viewer, "Zebedee")) == ([], [one])
    run("UPDATE people_personname SET person_id = %s, kind = 'alias' WHERE person_id = %s", other.pk, one.pk)
    assert found(viewer, "Zebedee") == [other]
    run("UPDATE people_address SET lines = '7 Quince Row'")
    assert (found(viewer, "Elm"), found(viewer, "Quince")) == ([], [one])
    run("UPDATE people_person SET born_on = '1977-07-07' WHERE id = %s", one.pk)
    assert found(viewer, "7/7/1977") == [one]
    run("DELETE FROM people_personname WHERE kind = 'alias'")
    assert found(viewer, "Zebedee") == []
    run("INSERT INTO people_identifier (person_id, area_id, kind, value) VALUES (%s, %s, 'nhs', '9990000018')",
        one.pk, here.area.pk)  # fmt: skip
    assert found(viewer, "9990000018") == [one]
    Identifier.objects.all().delete()
    PersonAddress.objects.all().delete()
    Address.objects.all().delete()
    PersonName.objects.filter(person=other).delete()
    other.delete()
    assert set(SearchDocument.objects.values_list("pk", flat=True)) == {one.pk}


def test_what_the_triggers_keep_is_what_a_new_index_would_hold(here: House) -> None:
    for number in range(12):
        somebody(here, f"Given{number}", "O'Neil", lines=f"{number} Elm Road", former="Old", nhs=f"99900000{number:02}")
    before = list(SearchDocument.objects.order_by("pk").values_list("pk", "keys", "facts"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_refresh_all()")
    assert list(SearchDocument.objects.order_by("pk").values_list("pk", "keys", "facts")) == before
    assert len(before) == 12


def test_somebody_joined_into_another_is_found_as_that_other(here: House) -> None:
    kept = somebody(here, "Ann", "First")
    folded = somebody(here, "Anne", "Second", "2011-11-11")
    Person.objects.filter(pk=folded.pk).update(status="joined", joined_into=kept)
    viewer = here.viewer("social_worker")
    assert [found(viewer, typed) for typed in ("Second", "11/11/2011")] == [[kept]] * 2
    PersonName.objects.filter(person=folded, kind=NameKind.CURRENT).update(family="Third")
    assert found(viewer, "Third") == [kept]
    Person.objects.filter(pk=folded.pk).update(status="current", joined_into=None)
    assert [found(viewer, typed) for typed in ("First", "Third")] == [[kept], [folded]]
