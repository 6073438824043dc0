"""The search page: complete without script, nothing typed in the address, noted, and before a new record."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safeboard.casework.people.codes import SafetyKind
from safeboard.casework.people.models import SafetyWarning
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.audit.models import TrailEntry
from tests.house.synthetic import House, house
from tests.matching.records import somebody

pytestmark = pytest.mark.django_db
PAGE = reverse("matching:search")


@pytest.fixture
def here() -> House:
    return house()


def text_of(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def ask(client: Client, words: str) -> str:
    return text_of(client.post(PAGE, {"words": words}, follow=True).content)


def test_people_are_found_ranked_with_why(here: House) -> None:
    person = somebody(here, "Catherine", "Ashcombe", "2018-05-14")
    said = ask(here.client("social_worker"), "Kate Ashcomb")
    assert "One person fits." in said
    assert "Catherine Ashcombe" in said
    assert "born 14 May 2018" in said
    assert "Fits by: a short form of the name; one letter differs." in said
    again = here.client("social_worker").post(PAGE, {"words": "Kate"}, follow=True)
    assert reverse("people:person", args=[person.pk]) in again.content.decode()


def test_nothing_found_is_said_plainly_and_a_sealed_record_is_nothing(here: House) -> None:
    client = here.client("social_worker")
    before = ask(client, "Quetzal Wolfgang")
    assert "We hold nothing that you may see." in before
    somebody(here, "Wolfgang", "Quetzal", sensitivity=Sensitivity.SEALED)
    assert ask(client, "Quetzal Wolfgang") == before


def test_a_safety_warning_stands_beside_who_is_found(here: House) -> None:
    person = somebody(here, "Catherine", "Ashcombe", "2018-05-14")
    today = timezone.localdate()
    before = ask(here.client("social_worker"), "Ashcombe")
    SafetyWarning.objects.create(
        person=person, kind="weapon", text="Visit in pairs", starts_on=today, review_on=today + timedelta(days=30)
    )
    kind = SafetyKind.WEAPON.label
    assert (kind in before, kind in ask(here.client("social_worker"), "Ashcombe")) == (False, True)


def test_what_may_be_found_but_not_opened_says_whom_to_ask(here: House) -> None:
    person = somebody(here, "Catherine", "Ashcombe", "2018-05-14")
    client = here.client("designated_professional")
    answer = client.post(PAGE, {"words": "Ashcombe"}, follow=True)
    said = text_of(answer.content)
    closed = f"A person&#x27;s record that you may not open (reference: person {str(person.pk)[:8]})"
    assert f"{closed} Ask: Reference City social care Fits by: name." in said
    assert "Catherine" not in said
    assert "2018" not in said
    assert str(person.pk) not in answer.content.decode()


def test_the_address_and_the_trail_hold_no_word_of_what_was_typed(here: House) -> None:
    person = somebody(here, "Catherine", "Ashcombe", "2018-05-14")
    client = here.client("social_worker")
    answer = client.post(PAGE, {"words": "Ashcombe 2018"})
    assert re.fullmatch(rf"{PAGE}\?of=[\w-]+", answer["Location"])
    assert "Catherine Ashcombe" in text_of(client.get(answer["Location"]).content)
    entry = TrailEntry.objects.filter(did="searched").latest("number")
    assert (entry.kind, entry.object_id, entry.details) == (
        "person",
        "",
        {"by": ["word", "year"], "found": 1, "more": False, "shown": [str(person.pk)]},
    )
    assert "shcombe" not in json.dumps(list(TrailEntry.objects.filter(did="searched").values("details", "purpose")))


def test_with_script_the_list_alone_comes_and_the_address_follows(here: House) -> None:
    somebody(here, "Catherine", "Ashcombe")
    answer = here.client("social_worker").post(PAGE, {"words": "Ashcombe"}, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert "One person fits." in text_of(answer.content)
    assert re.fullmatch(rf"{PAGE}\?of=[\w-]+", answer["HX-Replace-Url"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a name, a date of birth, a number or an address."),
        ("?!", "Nothing was typed to search for."),
        ("x" * 301, "That is too long to search for."),
        ("A\x00B", "There is a character that cannot be typed."),
    ],
)
def test_bad_input_gets_a_plain_message_and_loses_nothing(here: House, typed: str, said: str) -> None:
    client = here.client("social_worker")
    assert said in ask(client, typed)
    assert said in text_of(client.post(PAGE, {"words": typed}, headers={"HX-Request": "true"}).content)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "'; DROP TABLE people_person; --", "李小龍", "\\'|!&"])
def test_odd_input_finds_nothing_and_harms_nothing(here: House, typed: str) -> None:
    somebody(here, "Catherine", "Ashcombe")
    answer = here.client("social_worker").post(PAGE, {"words": typed}, follow=True)
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_a_new_person_can_be_added_only_after_a_search(here: House) -> None:
    client = here.client("social_worker")
    assert reverse("people:add") not in client.get(PAGE).content.decode()
    assert client.get(reverse("people:add"))["Location"] == PAGE
    assert reverse("people:add") in client.post(PAGE, {"words": "Ashcombe"}, follow=True).content.decode()
    assert re.fullmatch(r"/people/add/[0-9a-f-]{36}/step/who/", client.get(reverse("people:add"))["Location"])


def test_who_may_not_add_is_not_offered_it(here: House) -> None:
    answer = here.client("conference_administrator").post(PAGE, {"words": "Ashcombe"}, follow=True)
    assert reverse("people:add") not in answer.content.decode()


@pytest.mark.parametrize("role", ["chair", "training_clerk", "system_administrator"])
def test_the_page_does_not_exist_for_who_knows_nobody(here: House, role: str) -> None:
    assert [here.client(role).get(PAGE).status_code, here.client(role).post(PAGE, {"words": "a"}).status_code] == [
        404
    ] * 2


def test_the_page_asks_as_often_for_one_as_for_many(here: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = here.client("social_worker")
    for count in (1, 40):
        for _ in range(count):
            somebody(here, "John", "Smith")
        address = client.post(PAGE, {"words": "John Smith"})["Location"]
        with django_assert_max_num_queries(24):
            client.get(address)
