"""Probable duplicates are proposed with evidence in words, once; twins and relatives are not."""

import pytest

from safeboard.casework.matching.duplicates import PROPOSED_FROM, described, likely, propose_duplicates
from safeboard.casework.matching.likeness import certainty, comparisons, evidence
from safeboard.casework.matching.models import Answer, Pair
from safeboard.casework.matching.services import decide
from safeboard.casework.matching.tasks import compared
from safeboard.casework.people.models import Person, Relationship
from tests.house.synthetic import NOW, House, house, other_house
from tests.matching.records import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


def pairs() -> list[set[Person]]:
    return [{pair.one, pair.other} for pair in Pair.objects.select_related("one", "other")]


def test_one_person_recorded_twice_is_proposed_with_the_evidence(here: House) -> None:
    one = somebody(here, "Catherine", "Ashcombe", "2018-05-14", postcode="CV1 2AB", lines="1 Elm Road", sex="F")
    other = somebody(here, "Kate", "Ashcomb", "2018-05-15", postcode="CV1 2AB", lines="1 Elm Road", sex="F")
    somebody(here, "Ursula", "Vane", "2018-05-14", sex="F")
    assert propose_duplicates(here.area, NOW) == 1
    pair = Pair.objects.get()
    assert pairs() == [{one, other}]
    assert pair.evidence == [
        ["Postcode", "both have or had the same", 9.2],
        ["Date of birth", "differs by one digit, or by two the other way round", 4.9],
        ["First name", "one is a short form of the other", 4.6],
        ["Family name", "nearly the same", 3.7],
        ["Sex", "the same", 1.0],
    ]
    assert (pair.answer, pair.proposed_by, certainty(pair.weight or 0)) == ("waiting", None, "likely")


def test_our_sum_of_weights_is_the_one_that_splink_filtered_by(here: House) -> None:
    for given, family, born in (("Ann", "First", "2018-01-02"), ("Anne", "First", "2018-01-02"), ("An", "Furst", "")):
        person = somebody(here, given, family, born or "2018-02-01")
        if not born:
            Person.objects.filter(pk=person.pk).update(born_on=None, kind="adult")
    found = likely(list(described(here.area)))
    assert [each.weight >= PROPOSED_FROM for each in found] == [True]
    assert sum(weight for *_, weight in evidence(found[0].found)) - 14.6 == pytest.approx(found[0].weight, abs=0.3)


def test_twins_relatives_and_people_of_two_areas_are_not_proposed(here: House) -> None:
    somebody(here, "Ann", "First", postcode="CV1 2AB", lines="1 Elm Road", sex="F")
    somebody(here, "Zoe", "First", postcode="CV1 2AB", lines="1 Elm Road", sex="F")
    assert propose_duplicates(here.area, NOW) == 0
    one, other = sorted((somebody(here, "Sam", "Vane"), somebody(here, "Sam", "Vane")), key=lambda each: each.pk)
    Relationship.objects.create(person=one, other=other, kind="cousin", said_by="mother")
    somebody(other_house(), "Sam", "Vane")
    assert propose_duplicates(here.area, NOW) == 0


def test_a_pair_is_proposed_once_and_not_again_once_decided(here: House) -> None:
    somebody(here, "Sam", "Vane"), somebody(here, "Sam", "Vane")
    assert [propose_duplicates(here.area, NOW) for _ in range(2)] == [1, 0]
    decide(pair=Pair.objects.get(), answer=Answer.DIFFERENT, said="Cousins.", by=here.viewer("safeguarding_manager"))
    assert propose_duplicates(here.area, NOW) == 0
    assert Pair.objects.get().answer == Answer.DIFFERENT


def test_the_jobs_compare_each_area_on_its_own(here: House) -> None:
    there = other_house()
    for where in (here, here, there):
        somebody(where, "Sam", "Vane")
    assert compared([here.area.pk, there.area.pk], by=None) == 1
    assert compared([here.area.pk, there.area.pk], by=None) == 0


def test_no_people_or_one_alone_make_no_pair(here: House) -> None:
    assert propose_duplicates(here.area, NOW) == 0
    somebody(here, "Sam", "Vane")
    assert propose_duplicates(here.area, NOW) == 0


def test_every_comparison_ends_with_all_else_and_begins_with_what_is_not_known() -> None:
    for comparison in comparisons():
        first, *_, last = comparison.levels
        assert (first.weight, last.holds) == (None, "ELSE"), comparison.key
