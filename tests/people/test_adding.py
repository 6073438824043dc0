"""Adding a person: a search first, a short way with a name alone, all answers checked, saved at once and only once."""

import html
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from safeboard.casework.people.models import Identifier, Person, PersonAddress, SafetyWarning
from safeboard.casework.people.rules import born_about
from safeboard.foundation.access.models import Involvement
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.kernel.months import completed_years
from safeboard.foundation.pages.models import Draft
from tests.house.synthetic import House, house, other_house
from tests.matching.records import somebody
from tests.pages.test_forms import hidden, problems
from tests.people.test_pages import day

pytestmark = pytest.mark.django_db
SEARCH = reverse("matching:search")
WHO = {"who-kind": "child", "who-given": "Zebedee", "who-family": "Quillfeather"}
NOTHING = {**day("birth-born_on", None), "birth-age": "", "birth-sex": "U"}
LATER = timezone.localdate() + timedelta(days=60)
EVERYTHING: Mapping[str, Mapping[str, str]] = {
    "who": WHO,
    "birth": {**day("birth-born_on", date(2018, 5, 14)), "birth-age": "", "birth-sex": "M"},
    "numbers": {"numbers-nhs": "999 000 0018", "numbers-upn": "", "numbers-local": "SC 17"},
    "home": {"home-kind": "main", "home-lines": "1 Synthetic Street", "home-postcode": "cv12wt"},
    "language": {"language-first_language": "Polish", "language-interpreter": "True"},
    "contact": {"contact-kind": "do not write", "contact-text": "Call", **day("contact-review_on", LATER)},
    "close": {"close-sensitivity": "3"},
}


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture
def client(here: House) -> Client:
    return here.client("screening_officer")


def begun(client: Client, words: str = "Zebedee Quillfeather") -> str:
    """The address of the journey that begins after a search."""
    client.post(SEARCH, {"words": words}, follow=True)
    first = client.get(reverse("people:add"))["Location"]
    assert re.fullmatch(r"/people/add/[0-9a-f-]{36}/step/who/", first)
    return first.removesuffix("step/who/")


def answer(client: Client, at: str, steps: Mapping[str, Mapping[str, str]]) -> str:
    """Where the last of these answers led."""
    for key, typed in steps.items():
        led = client.post(f"{at}step/{key}/", typed)
        assert led.status_code == 302, problems(led.content.decode())
    return str(led["Location"])


def send(client: Client, at: str, **also: str) -> Any:
    carried = hidden(client.get(f"{at}check/").content.decode())
    return client.post(f"{at}check/", {**carried, **also})


def checked(client: Client, at: str) -> list[tuple[str, str]]:
    text = client.get(f"{at}check/").content.decode()
    return [(html.unescape(k), html.unescape(v)) for k, v in re.findall(r'__key">([^<]+)</dt><dd[^>]*>([^<]*)<', text)]


def test_nobody_is_added_without_a_search(client: Client) -> None:
    assert client.get(reverse("people:add"))["Location"] == SEARCH


def test_with_a_name_alone_it_takes_three_pages(client: Client) -> None:
    at = begun(client, "Zebedee Quillfeather")
    page = client.get(f"{at}step/who/").content.decode()
    assert ('value="Zebedee"' in page, 'value="Quillfeather"' in page) == (True, True)
    assert client.post(f"{at}step/who/", WHO)["Location"] == f"{at}step/birth/"
    assert client.post(f"{at}step/birth/", NOTHING)["Location"] == f"{at}check/"
    led = send(client, at)
    person = Person.objects.get()
    assert led["Location"] == reverse("people:person", args=[person.pk])
    assert (person.kind, person.born_on, person.names.get().given) == ("child", None, "Zebedee")
    assert "not known" in client.get(led["Location"]).content.decode()


def test_all_that_is_known_is_checked_and_saved_at_once(client: Client, here: House) -> None:
    at = begun(client)
    assert answer(client, at, EVERYTHING) == f"{at}check/"
    assert checked(client, at) == [
        *(
            ("Child or adult", "A child, under 18"),
            ("First and middle names", "Zebedee"),
            ("Family name", "Quillfeather"),
        ),
        *(("Day of birth", "14 May 2018"), ("The day is estimated", "No"), ("Or about how old, in years", "Not known")),
        *(("Sex", "Male"), ("NHS number", "999 000 0018"), ("Unique pupil number", "Not known")),
        *(("Your own agency's number", "SC 17"), ("What is this address to them?", "Main address")),
        *(("Address", "1 Synthetic Street"), ("Postcode", "cv12wt"), ("Since when?", "Not known")),
        *(
            ("First language", "Polish"),
            ("Is an interpreter needed?", "Yes"),
            ("What helps to be understood", "Not known"),
        ),
        *(("What is the danger?", "Do not write to the address"), ("What to do, and what not", "Call")),
        ("Look at it again on", f"{LATER.day} {LATER:%B %Y}"),
        ("Who may see the record?", "Sensitive: social care and designated professionals"),
    ]
    assert Person.objects.count() == 0
    assert send(client, at).status_code == 302
    person = Person.objects.get()
    assert (person.sex, person.sensitivity, person.first_language, person.interpreter) == ("M", 3, "Polish", True)
    assert set(person.identifiers.values_list("kind", "value", "issuer")) == {
        ("nhs", "9990000018", None),
        ("local", "SC 17", here.agencies["social care"].pk),
    }
    assert PersonAddress.objects.get().address.postcode == "CV1 2WT"
    assert (SafetyWarning.objects.get().kind, SafetyWarning.objects.get().text) == ("do not write", "Call")
    assert not Draft.objects.exists()


def test_what_one_service_refuses_leaves_nothing_behind_and_leads_to_its_page(client: Client, here: House) -> None:
    somebody(here, "Ursula", "Quetzal", nhs="9990000018")
    at = begun(client)
    answer(client, at, EVERYTHING)
    page = send(client, at).content.decode()
    assert f'<a href="{at}step/numbers/?check=1">Another record has this number.' in page
    assert (Person.objects.count(), PersonAddress.objects.count(), SafetyWarning.objects.count()) == (1, 0, 0)
    led = client.post(f"{at}step/numbers/?check=1", {"numbers-nhs": "", "numbers-upn": "", "numbers-local": "SC 17"})
    assert led["Location"] == f"{at}check/"
    assert send(client, at).status_code == 302
    assert Identifier.objects.filter(value="SC 17").count() == 1


def test_a_part_left_empty_is_left_out(client: Client) -> None:
    at = begun(client)
    answer(client, at, {"who": WHO, "birth": NOTHING})
    empty = {"numbers": {}, "home": {"home-kind": "main"}, "language": {"language-interpreter": ""}}
    empty |= {"contact": {"contact-kind": "", **day("contact-review_on", LATER + timedelta(days=1))}}
    assert answer(client, at, empty) == f"{at}check/"
    assert send(client, at).status_code == 302
    assert (PersonAddress.objects.count(), SafetyWarning.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("who", {**WHO, "who-given": "", "who-family": ""}, ["Give at least one name."]),
        ("who", {**WHO, "who-kind": ""}, ["Choose one."]),
        ("birth", {**NOTHING, "birth-age": "40"}, ["Somebody of this age is an adult."]),
        ("birth", {**NOTHING, **day("birth-born_on", date(1990, 1, 1))}, ["Somebody of this age is an adult."]),
        ("birth", {**NOTHING, "birth-age": "4", **day("birth-born_on", date(2020, 1, 1))}, ["Give the day or the age"]),
        ("birth", {**NOTHING, "birth-age": "four"}, ["Enter a number in figures"]),
        ("birth", {**NOTHING, "birth-age": "-1"}, ["Enter 0 or more."]),
        ("birth", {**NOTHING, "birth-born_estimated": "on"}, ["There is no day to be estimated."]),
        ("numbers", {"numbers-nhs": "1234567890"}, ["The last digit of this NHS number"]),
        ("numbers", {"numbers-upn": "nonsense"}, ["A unique pupil number is a letter and twelve digits"]),
        ("home", {"home-kind": "main", "home-postcode": "nonsense"}, ["Say where it is.", "This is not a postcode"]),
        ("home", {"home-kind": "main", "home-postcode": "CV1 2WT"}, ["Say where it is."]),
        ("home", {"home-kind": "main", "home-lines": "x" * 301}, ["This has 301 characters."]),
        ("contact", {"contact-kind": "", "contact-text": "Dog"}, ["Choose the danger"]),
        ("contact", {"contact-kind": "weapon"}, ["Say when it is looked at again."]),
        ("contact", {"contact-kind": "weapon", **day("contact-review_on", date(2020, 1, 1))}, ["The review must be"]),
    ],
)
def test_a_slip_is_told_where_it_was_made(client: Client, step: str, typed: dict[str, str], said: list[str]) -> None:
    at = begun(client)
    answer(client, at, {"who": WHO, "birth": NOTHING})
    told = problems(client.post(f"{at}step/{step}/", typed).content.decode())
    assert [each.startswith(words) for each, words in zip(told, said, strict=True)] == [True] * len(said)
    assert client.get(f"{at}check/")["Location"] == f"{at}step/{step}/"


def test_an_unborn_child_is_asked_for_the_expected_day_and_for_nothing_that_only_the_born_have(client: Client) -> None:
    at = begun(client, "Unborn Quillfeather")
    led = client.post(f"{at}step/who/", {**WHO, "who-kind": "unborn", "who-given": "Unborn"})
    assert led["Location"] == f"{at}step/expected/"
    expected = timezone.localdate() + timedelta(days=100)
    client.post(f"{at}step/expected/", day("expected-expected_on", expected))
    offered = re.findall(r'step/([a-z]+)/\?check=1">', client.get(f"{at}check/").content.decode())
    assert offered == ["who", "expected", "home", "contact", "close"]
    assert {client.get(f"{at}step/{key}/").status_code for key in ("birth", "numbers", "language")} == {404}
    send(client, at)
    assert (Person.objects.get().kind, Person.objects.get().expected_on) == ("unborn", expected)


def test_a_kind_changed_at_the_check_asks_again_what_no_longer_fits(client: Client) -> None:
    at = begun(client)
    old = {**NOTHING, **day("birth-born_on", date(1980, 1, 1))}
    answer(client, at, {"who": {**WHO, "who-kind": "adult"}, "birth": old})
    assert client.post(f"{at}step/who/?check=1", WHO)["Location"] == f"{at}step/birth/"


def test_who_is_like_the_new_person_is_named_and_must_be_looked_at(client: Client, here: House) -> None:
    known = somebody(here, "Zebedee", "Quillfeather")
    somebody(other_house(), "Zebedee", "Quillfeather")
    at = begun(client)
    answer(client, at, {"who": WHO, "birth": NOTHING})
    page = client.get(f"{at}check/").content.decode()
    assert re.findall(r'href="(/people/[0-9a-f-]{36}/)">([^<]+)<', page) == [
        (reverse("people:person", args=[known.pk]), "Zebedee Quillfeather, born 1 May 2018, Reference City social care")
    ]
    refused = send(client, at)
    assert "If it is none of them, say so." in refused.content.decode()
    assert Person.objects.filter(area=here.area).count() == 1
    assert send(client, at, none_of_them="on").status_code == 302
    looked = TrailEntry.objects.filter(did=Did.SEARCHED).order_by("number").last()
    assert looked is not None
    assert looked.details["shown"] == [str(known.pk)]


def test_going_back_and_posting_twice_make_one_record(client: Client) -> None:
    at = begun(client)
    answer(client, at, {"who": WHO, "birth": NOTHING})
    carried = hidden(client.get(f"{at}check/").content.decode())
    first = client.post(f"{at}check/", carried)
    again = [
        client.post(f"{at}check/", carried),
        client.get(f"{at}check/"),
        client.get(at),
        client.post(f"{at}step/who/", {**WHO, "who-given": "Zack"}),
        client.post(f"{at}check/", {}),
    ]
    assert {each["Location"] for each in again} == {first["Location"]}
    assert (Person.objects.count(), Draft.objects.count()) == (1, 0)


def test_two_records_begun_one_after_the_other_do_not_mix(client: Client) -> None:
    one = begun(client, "Zebedee Quillfeather 14/5/2018")
    client.post(f"{one}step/who/", WHO)
    other = begun(client, "Ursula Quetzal 2/2/2019")
    client.post(f"{other}step/who/", {**WHO, "who-given": "Ursula", "who-family": "Quetzal"})
    assert 'value="2018"' not in client.get(f"{one}step/birth/").content.decode()
    assert 'value="2019"' not in client.get(f"{one}step/birth/").content.decode()
    assert 'value="2019"' in client.get(f"{other}step/birth/").content.decode()
    kept = re.findall(r'href="([^"]+)">(Add a person[^<]*)<', client.get("/").content.decode())
    led = [(client.get(address)["Location"], title) for address, title in kept]
    assert led == [(other, "Add a person: Ursula Quetzal"), (one, "Add a person: Zebedee Quillfeather")]


def test_a_draft_outlives_the_session_and_is_sent_without_searching_again(client: Client, here: House) -> None:
    at = begun(client)
    answer(client, at, {"who": WHO, "birth": NOTHING})
    assert (
        client.post(f"{at}step/home/", {"home-lines": "Half", "home-kind": "main", "form-later": "1"})["Location"]
        == "/"
    )
    client.logout()
    assert client.get(f"{at}check/").status_code == 302
    later = here.client("screening_officer")
    assert later.get(reverse("people:add"))["Location"] == SEARCH
    assert ("Address", "Half") in checked(later, at)
    assert send(later, at).status_code == 302
    assert Person.objects.count() == 1


def test_what_is_typed_is_kept_while_it_is_typed_beside_the_other_pages(client: Client) -> None:
    at = begun(client)
    answer(client, at, {"who": WHO, "birth": NOTHING})
    carried = hidden(client.get(f"{at}step/home/").content.decode())
    typed = {**carried, "home-lines": "1 Synth", "home-kind": "other", "who-given": "Smuggled"}
    assert client.post(reverse("pages:keep-draft"), typed).status_code == 200
    assert "checked" in client.get(f"{at}step/home/").content.decode()
    assert [words for question, words in checked(client, at) if question in ("First and middle names", "Address")] == [
        "Zebedee",
        "1 Synth",
    ]


def test_another_reader_of_the_same_house_has_not_this_draft(client: Client, here: House) -> None:
    at = begun(client)
    client.post(f"{at}step/who/", WHO)
    other = here.client("screening_officer", name="Another")
    assert other.get(f"{at}step/birth/").status_code == 404
    assert "Quillfeather" not in other.get(f"{at}step/who/").content.decode()
    assert {here.client(role).get(at).status_code for role in ("conference_chair", "practitioner", "chair")} == {404}


def test_whose_agency_reaches_only_its_own_may_add_all_the_parts_and_open_them(here: House) -> None:
    client = here.client("investigator")
    at = begun(client)
    steps = {key: typed for key, typed in EVERYTHING.items() if key != "close"}
    answer(client, at, steps)
    led = send(client, at)
    assert client.get(led["Location"]).status_code == 200
    assert Involvement.objects.get().why == "added the record"


def test_its_pages_ask_little_of_the_database(client: Client) -> None:
    at = begun(client)
    answer(client, at, EVERYTHING)
    asked = {}
    for page in ("", "step/home/", "step/birth/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{at}{page}").status_code == 200
        asked[page] = len([each for each in queries.captured_queries if "SAVEPOINT" not in each["sql"]])
    assert max(asked.values()) < 12, asked


@given(st.integers(0, 120), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_somebody_born_about_then_is_of_that_age(age: int, on: date) -> None:
    assert completed_years(born_about(age, on), on) == age
