"""A scrubbed database is looked through: what is left is found and named by its place, and kept texts are mended."""

from contextlib import suppress

import pytest
from django.db import connection, transaction

from safeboard.casework.people.models import Identifier, Person, PersonName
from safeboard.foundation.access.models import User
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.keeping.classes import PersonalData
from safeboard.foundation.keeping.scrubbing import Scrubber
from safeboard.site.house.leftovers import Originals, leftovers, mend_kept_texts, originals
from safeboard.site.house.scrubbing import declared_tables, scrub, without_triggers
from safeboard.tools.actions.models import ActionItem, Theme
from tests.house.examples import EXAMPLES
from tests.house.synthetic import House, house
from tests.matching.records import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    made = house()
    somebody(made, "Annabel", "Quetzalcoatl", "2015-05-14", nhs="9990000018", lines="1 Elm Road", postcode="CV1 2AB")
    somebody(made, "Benedict", "Quetzalcoatl", "2012-02-03", lines="1 Elm Road", postcode="CV1 2AB")
    for example in EXAMPLES.values():
        with suppress(Exception), transaction.atomic():  # one makes what another makes: whichever can be made is
            example.keys(made)
    return made


def scrubbed() -> tuple[Originals, Scrubber]:
    told = originals()
    scrubber = Scrubber(b"s" * 32, told.names, told.told_in)
    with without_triggers():
        scrub(scrubber)
    return told, scrubber


def counts() -> list[int]:
    return [model._base_manager.count() for model, kept in declared_tables() if kept.copied]


def test_nothing_is_left_and_shapes_relations_and_counts_stay(here: House) -> None:
    before = counts()
    left = [model for model, kept in declared_tables() if not kept.copied]
    assert sum(model._base_manager.exists() for model in left) > 10
    born = dict(Person.objects.values_list("pk", "born_on"))
    held = set(Identifier.objects.filter(kind="nhs").values_list("value", flat=True))
    told, scrubber = scrubbed()
    with without_triggers():
        mend_kept_texts(told, scrubber)
    assert leftovers(told) == []
    assert counts() == before
    names = list(PersonName.objects.order_by("pk").values_list("given", "family"))[:2]
    assert [(len(given), len(family)) for given, family in names] == [(7, 12), (8, 12)]
    assert names[0][1] == names[1][1] != "Quetzalcoatl"
    numbers = set(Identifier.objects.filter(kind="nhs").values_list("value", flat=True))
    assert ({number[:3] for number in numbers}, numbers & held) == ({"999"}, set())
    for person in Person.objects.exclude(born_on=None):
        moved = born[person.pk] - person.born_on
        assert (moved.days % 7, 7 <= moved.days <= 182) == (0, True)
    assert {model._base_manager.count() for model in left} == {0}


def test_what_is_left_is_named_by_its_place(here: House) -> None:
    told, _ = scrubbed()
    Theme.objects.create(area=here.area, name="For Annabel Quetzalcoatl")
    ActionItem.objects.update(words="Ring 1 Elm Road first")
    PersonName.objects.filter(pk=PersonName.objects.earliest("pk").pk).update(given="Benedict")
    left = leftovers(told)
    assert "actions_actionitem.words" in left
    assert "people_personname.given" in left
    assert not any("Annabel" in place for place in left)


def test_of_the_keys_of_a_search_a_word_as_written_is_left_and_a_guess_is_not(here: House) -> None:
    told, _ = scrubbed()
    assert "benedict" in told.names
    for key, left in (("ebenedict", []), ("wbenedict", ["matching_searchdocument.keys"])):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE matching_searchdocument SET keys = array_to_tsvector(tsvector_to_array(keys) || %s::text)",
                [key],
            )
        assert [place for place in leftovers(told) if place.startswith("matching_")] == left


def test_a_day_that_a_report_names_is_not_left_where_somebodys_moved_day_is_the_same() -> None:
    told = Originals()
    told.add(PersonalData.NARRATIVE, "2026-11-25")
    assert not told.told_in('{"days": ["2026-11-25"]}')
    told.add(PersonalData.NARRATIVE, "She was seen on 2026-11-25")
    assert told.told_in("Then she was seen on 2026-11-25.")
    told.add(PersonalData.IDENTIFIER, "9990000018")
    assert told.told_in('{"numbers": ["9990000018"]}')


def test_a_kept_text_that_tells_of_somebody_is_mended(here: House) -> None:
    doctor = User.objects.create_user("doctor@health.example", "Dr Wilhelmina Ostrogoth")
    agency = Agency.objects.create(area=here.area, name=f"{doctor.name} and partners", kind="board")
    told, scrubber = scrubbed()
    assert leftovers(told) == ["agencies_agency.name"]
    with without_triggers():
        mend_kept_texts(told, scrubber)
    agency.refresh_from_db()
    assert (leftovers(told), len(agency.name)) == ([], len("Dr Wilhelmina Ostrogoth and partners"))
