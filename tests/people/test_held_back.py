"""What is more sensitive than the record: said to fewer, and to the others that there is something, and whom to ask."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safeboard.casework.matching.searching import search
from safeboard.casework.people.models import (
    Address,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
    SafetyWarning,
)
from safeboard.casework.people.selectors import by_words, people
from safeboard.casework.people.services import add_name, change_name, end_identifier
from safeboard.casework.people.to_tables import children_of, rows_of
from safeboard.foundation.access.models import Involvement
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import NOW, SINCE, House, house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
SAID = "Not shown to your role. Ask Reference City social care."
FORMER, NUMBER, REFUGE, SAFELY = "Zephyrine", "A123456789012", "Refuge Lane", "Ring the aunt on Mondays"
SEALED = Sensitivity.SEALED


def adopted(here: House) -> Person:
    """A child with a sealed former name and number, a sensitive address, and words on how to be reached safely."""
    person = a_person(here, "Robin", "Newname")
    PersonName.objects.create(
        person=person, kind="birth", given="Robin", family=FORMER, starts_on=date(2018, 5, 1), sensitivity=SEALED
    )
    Identifier.objects.create(person=person, area=here.area, kind="former upn", value=NUMBER, sensitivity=SEALED)
    where = Address.objects.create(area=here.area, lines=f"9 {REFUGE}", postcode="CV9 9ZZ")
    PersonAddress.objects.create(
        person=person, address=where, kind="main", starts_on=date(2024, 1, 1), sensitivity=Sensitivity.SENSITIVE
    )
    today = timezone.localdate()
    SafetyWarning.objects.create(
        person=person, kind="safe contact", text=SAFELY, starts_on=today, review_on=today + timedelta(days=30)
    )
    mother = a_person(here, "Alex", "Newname", kind="adult")
    Relationship.objects.create(person=mother, other=person, kind="adoptive parent", said_by="document")
    Involvement.objects.create(
        kind="person",
        object_id=str(person.pk),
        user=here.user("practitioner"),
        why="synthetic",
        said_by=here.user("social_worker"),
        starts_on=SINCE,
    )
    return person


def told(client: Client, person: Person, page: str) -> tuple[bool, ...]:
    """Which of the four a page tells."""
    answer = client.get(reverse(f"people:{page}", args=[person.pk]))
    text = answer.content.decode()
    assert answer.status_code == 200
    return tuple(each in text for each in (FORMER, NUMBER, REFUGE, SAFELY))


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("practitioner", (False, False, False, False)),
        ("social_worker", (False, False, True, True)),
        ("safeguarding_manager", (True, True, True, True)),
    ],
)
def test_each_role_reads_what_is_for_it_and_of_the_rest_whom_to_ask(role: str, seen: tuple[bool, ...]) -> None:
    here = house()
    person, client = adopted(here), here.client(role)
    assert told(client, person, "person") == seen
    page = client.get(reverse("people:person", args=[person.pk])).content.decode()
    assert (SAID in page) is (not all(seen))
    for kind in ("Name at birth", "Former unique pupil number", "Main address", "Safe contact only"):
        assert kind in page


def test_the_print_the_picture_and_its_words_tell_no_more_than_the_page() -> None:
    here = house()
    person, client = adopted(here), here.client("social_worker")
    assert told(client, person, "summary") == (False, False, True, True)
    assert told(client, person, "network") == (False, False, False, True)  # the warning stands above every page
    practitioner = here.client("practitioner")
    assert told(practitioner, person, "network") == (False, False, False, False)


def test_what_is_sealed_is_no_way_to_be_found_and_not_in_a_snapshot() -> None:
    here = house()
    person = adopted(here)
    for role in ("social_worker", "safeguarding_manager"):
        viewer = here.viewer(role, at=timezone.now())
        for words in (FORMER, NUMBER):
            assert search(viewer, words).fits == ()
            assert not by_words(people(viewer), words)
        assert [fit.key for fit in search(viewer, "Robin Newname").fits] == [person.pk]
    listed = {
        row["pers_person_id"]: row for table, row in rows_of(children_of(here.area, NOW.date())) if "person" in table
    }
    assert listed[person.pk.hex]["pers_former_upn"] is None


def test_the_list_and_its_export_know_the_current_name_alone() -> None:
    here = house()
    adopted(here)
    client = here.client("safeguarding_manager")
    given = {"label": "sensitive", "reason": "A test", "form": "csv", "sure": "on"}
    file = client.post(f"{reverse('people:people-export')}?all=1", given).content.decode()
    page = client.get(reverse("people:people")).content.decode()
    for text in (file, page):
        assert ("Robin Newname" in text, FORMER in text, NUMBER in text, REFUGE in text) == (True, False, False, False)


def test_nobody_changes_what_they_may_not_see() -> None:
    here = house()
    person = adopted(here)
    name, number = person.names.get(kind="birth"), person.identifiers.get()
    worker, head = (here.viewer(role, at=timezone.now()) for role in ("social_worker", "safeguarding_manager"))
    client = here.client("social_worker")
    for part, row in (("name", name), ("number", number)):
        assert client.get(reverse(f"people:{part}-end", args=[person.pk, row.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        change_name(row=name, kind="birth", given="X", family="Y", by=worker)
    with pytest.raises(PermissionDenied):
        end_identifier(row=number, on=timezone.localdate(), by=worker)
    change_name(row=name, kind="birth", given="Robin", family="Other", sensitivity=SEALED, by=head)
    end_identifier(row=number, on=timezone.localdate(), by=head)


def test_nobody_puts_a_thing_out_of_their_own_sight_and_a_current_name_is_no_secret() -> None:
    here = house()
    person = a_person(here)
    worker, head = (here.viewer(role, at=timezone.now()) for role in ("social_worker", "safeguarding_manager"))
    for by, kind, level in ((worker, "former", SEALED), (head, "current", SEALED)):
        with pytest.raises(BadInput) as wrong:
            add_name(person=person, kind=kind, given="A", family="B", sensitivity=level, by=by)
        assert [problem.element for problem in wrong.value.problems] == ["sensitivity"]
    made = add_name(person=person, kind="former", given="A", family="B", sensitivity=SEALED, by=head)
    assert made.sensitivity == SEALED
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonName.objects.filter(person=person, kind="current").update(sensitivity=SEALED)


def test_what_is_held_back_is_in_no_history() -> None:
    here = house()
    person = adopted(here)
    PersonName.objects.filter(person=person, kind="birth").update(family="Zephyrina")
    history = {
        role: here.client(role).get(reverse("people:person", args=[person.pk])).content.decode()
        for role in ("social_worker", "safeguarding_manager")
    }
    assert {role: "Zephyrin" in text for role, text in history.items()} == {
        "social_worker": False,
        "safeguarding_manager": True,
    }
