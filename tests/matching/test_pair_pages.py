"""Pairs are looked at side by side, joined on a page that says what happens, told apart, left, and parted again."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.casework.matching.models import Answer, Join, Pair
from safeboard.casework.people.models import Person, SafetyWarning
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.audit.models import TrailEntry
from tests.house.synthetic import House, house, other_house
from tests.matching.records import a_joined_pair, a_pair, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


def page(name: str, *keys: Any) -> str:
    return reverse(f"matching:{name}", args=keys)


def text_of(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


def test_a_pair_stands_side_by_side_and_both_readings_are_noted(here: House) -> None:
    pair = a_pair(here)
    said = text_of(here.client("safeguarding_manager").get(page("pair", pair.pk)).content)
    assert "Sam Vane (current name)" in said
    assert "Sammy Vane (current name)" in said
    opened = TrailEntry.objects.filter(did="opened", kind="person").values_list("object_id", flat=True)
    assert set(opened) == {str(pair.one_id), str(pair.other_id)}


def test_the_safety_warnings_of_both_stand_above_the_pair(here: House) -> None:
    pair, today = a_pair(here), timezone.localdate()
    for key in (pair.one_id, pair.other_id):
        SafetyWarning.objects.create(
            person_id=key, kind="weapon", text="In pairs", starts_on=today, review_on=today + timedelta(days=30)
        )
    said = text_of(here.client("safeguarding_manager").get(page("pair", pair.pk)).content)
    assert said.count("Weapon believed to be kept. In pairs") == 2


def test_records_are_joined_on_a_page_of_its_own_and_parted_again(here: House) -> None:
    pair, client = a_pair(here), here.client("safeguarding_manager")
    assert "Nothing is lost" in text_of(client.get(page("join", pair.pk)).content)
    unsure = client.post(page("join", pair.pk), {"kept": str(pair.one_id), "said": "Seen."})
    assert (unsure.status_code, Join.objects.count()) == (200, 0)
    sent = {"kept": str(pair.one_id), "said": "Seen.", "sure": "on"}
    assert client.post(page("join", pair.pk), sent)["Location"] == reverse("people:person", args=[pair.one_id])
    assert Person.objects.get(pk=pair.other_id).joined_into_id == pair.one_id
    led = client.get(reverse("people:person", args=[pair.other_id]), follow=True)
    assert led.redirect_chain == [(reverse("people:person", args=[pair.one_id]), 302)]
    assert "That record was joined into this one." in text_of(led.content)
    beside = text_of(client.get(page("pair", pair.pk)).content)
    assert "Part the two records again" in beside
    assert "The record that was joined to it , second record" in beside  # its names stand at the other
    assert client.post(page("undo", pair.pk), {"said": "Wrong."}).status_code == 302
    assert Person.objects.get(pk=pair.other_id).joined_into_id is None
    assert client.get(page("undo", pair.pk)).status_code == 404


def test_whoever_may_part_a_joined_record_finds_the_way_on_the_record_kept(here: House) -> None:
    pair = a_joined_pair(here)
    record, joined = reverse("people:person", args=[pair.one_id]), page("joined", pair.one_id)

    def leads(role: str) -> bool:
        return f'href="{joined}"' in here.client(role).get(record).content.decode()

    assert [leads(role) for role in ("safeguarding_manager", "social_worker")] == [True, False]
    assert [here.client(role).get(joined).status_code for role in ("social_worker", "chair")] == [404, 404]
    client = here.client("safeguarding_manager")
    assert f'href="{page("undo", pair.pk)}"' in client.get(joined).content.decode()
    assert client.post(page("undo", pair.pk), {"said": "Wrong."}).status_code == 302
    assert not leads("safeguarding_manager")
    assert "No record is joined into this one." in text_of(client.get(joined).content)
    assert client.get(page("joined", uuid4())).status_code == 404


def test_two_who_join_at_once_join_once_and_the_second_is_told(here: House) -> None:
    pair = a_joined_pair(here)
    sent = {"kept": str(pair.one_id), "said": "Seen.", "sure": "on"}
    again = here.client("safeguarding_manager").post(page("join", pair.pk), sent)
    assert "Somebody has joined these two meanwhile." in text_of(again.content)
    assert Join.objects.count() == 1


@pytest.mark.parametrize(("name", "answer"), [("different", Answer.DIFFERENT), ("later", Answer.LATER)])
def test_a_pair_is_told_apart_or_left(here: House, name: str, answer: Answer) -> None:
    pair = a_pair(here)
    here.client("safeguarding_manager").post(page(name, pair.pk), {"said": "Cousins."})
    assert Pair.objects.get().answer == answer


def test_who_may_not_decide_finds_no_page_to(here: House) -> None:
    pair, client = a_pair(here), here.client("social_worker")
    assert client.get(page("pair", pair.pk)).status_code == 200
    assert [client.get(page(name, pair.pk)).status_code for name in ("join", "different", "later", "undo")] == [404] * 4


def test_a_pair_with_a_record_one_may_not_open_does_not_exist(here: House) -> None:
    pair = a_pair(here)
    there = other_house().client("safeguarding_manager")
    assert [there.get(page("pair", pair.pk)).status_code, there.get(page("join", pair.pk)).status_code] == [404, 404]
    Person.objects.filter(pk=pair.other_id).update(sensitivity=Sensitivity.SEALED)
    assert here.client("social_worker").get(page("pair", pair.pk)).status_code == 404
    assert "Vane" not in text_of(here.client("social_worker").get(page("pairs"), {"all": "1"}).content)
    assert "Vane" in text_of(here.client("safeguarding_manager").get(page("pairs"), {"all": "1"}).content)


def test_somebody_proposes_a_pair_among_those_who_fit(here: House) -> None:
    one, other = somebody(here, "Sam", "Vane"), somebody(here, "Sam", "Vane")
    client = here.client("social_worker")
    assert client.post(page("propose", one.pk), {"other": str(other.pk), "said": "Twice."}).status_code == 302
    pair = Pair.objects.get()
    assert ({pair.one_id, pair.other_id}, pair.answer) == ({one.pk, other.pk}, "waiting")
    alone = somebody(here, "Ursula", "Quetzal", "1999-01-01")
    assert client.get(page("propose", alone.pk))["Location"] == reverse("people:person", args=[alone.pk])


def test_the_comparison_is_asked_for_with_keys_only(here: House) -> None:
    client = here.client("safeguarding_manager")
    assert [client.post(page("compare"), {"form-once": ""}).status_code for _ in range(2)] == [302, 302]


def test_the_list_asks_as_often_for_one_pair_as_for_many(here: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = here.client("safeguarding_manager")
    for count in (1, 10):
        for _ in range(count):
            a_pair(here)
        with django_assert_max_num_queries(12):
            client.get(page("pairs"), {"all": "1"})
