"""The pages of people: what each role finds there, the warnings on all of them, what the trail notes, and bad input."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone

from safeboard.casework.people import urls
from safeboard.casework.people.codes import NameKind, PersonKind
from safeboard.casework.people.models import (
    Address,
    Household,
    HouseholdMember,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
)
from safeboard.foundation.access.models import Involvement
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.audit.models import Did, TrailEntry
from tests.house.synthetic import house, other_house
from tests.people.families import ROWS, a_person, with_everything
from tests.people.test_policy import restrict

pytestmark = pytest.mark.django_db
WARNED = "Weapon believed to be kept"


def pages_about(person: Person) -> Iterator[tuple[str, str]]:
    """Every page of this room that is about a person: its name and its address."""
    for each in urls.urlpatterns:
        assert isinstance(each, URLPattern)
        keys = each.pattern.converters
        if "person" in keys and each.name != "born":
            row = {"row": ROWS[str(each.name).partition("-")[0]](person)} if "row" in keys else {}
            yield str(each.name), reverse(f"people:{each.name}", kwargs={"person": person.pk, **row})


def test_the_warning_stands_on_every_page_about_the_person_and_in_the_list() -> None:
    here = house()
    person = with_everything(here)
    client = here.client("social_worker")
    without = [name for name, address in pages_about(person) if WARNED not in client.get(address).content.decode()]
    assert without == []
    assert len(list(pages_about(person))) > 30
    assert WARNED in client.get(reverse("people:people")).content.decode()


def test_the_warning_stands_above_a_birth_that_is_recorded() -> None:
    here = house()
    person = with_everything(here)
    Person.objects.filter(pk=person.pk).update(kind=PersonKind.UNBORN, born_on=None)
    answer = here.client("social_worker").get(reverse("people:born", args=[person.pk]))
    assert WARNED in answer.content.decode()


@pytest.mark.parametrize(
    "role", ["practitioner", "chair", "system_administrator", "training_clerk", "conference_administrator"]
)
def test_no_page_that_changes_opens_to_those_who_may_not_change(role: str) -> None:
    here = house()
    person = with_everything(here)
    client = here.client(role)
    opens = {name for name, address in pages_about(person) if client.get(address).status_code != 404}
    assert opens == ({"person", "network", "summary"} if role == "conference_administrator" else set())


def test_to_another_area_and_to_the_signed_out_no_page_exists() -> None:
    person = with_everything(house())
    neighbour, outside = other_house().client("social_worker"), Client()
    assert {neighbour.get(address).status_code for _, address in pages_about(person)} == {404}
    assert {outside.get(address).status_code for _, address in pages_about(person)} == {302}
    assert "Robin" not in neighbour.get(reverse("people:people")).content.decode()


def test_a_row_of_somebody_else_is_not_found_under_this_person() -> None:
    here = house()
    person, other = with_everything(here), a_person(here)
    client = here.client("social_worker")
    wrong = reverse("people:name-change", args=[person.pk, other.names.get().pk])
    assert client.get(wrong).status_code == 404
    assert client.post(wrong, {"kind": "alias", "given": "X"}).status_code == 404
    assert client.get(reverse("people:person", args=[uuid4()])).status_code == 404


def test_a_closed_record_says_whom_to_ask_and_nothing_else() -> None:
    here = house()
    person = with_everything(here)
    restrict(person, here)
    client = here.client("social_worker")
    answer = client.get(reverse("people:person", args=[person.pk]), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/record/person/{person.pk}/closed/", 302)]
    assert "The head of safeguarding" in page
    assert [word for word in ("Robin", "Ashcombe", WARNED, "9990000018") if word in page] == []
    listed = client.get(reverse("people:people")).content.decode().partition("<tbody")[2]
    reference = f"person {str(person.pk)[:8]}"
    assert (reference in page, f"Closed to you (reference: {reference})" in listed) == (True, True)
    assert [word for word in ("Robin", WARNED) if word in listed] == []
    assert [client.get(address).status_code for name, address in pages_about(person) if name != "person"] == [404] * (
        len(list(pages_about(person))) - 1
    )


def _listed(client: Client, asked: str = "") -> tuple[list[str], list[str]]:
    """The people that a list shows, and the views offered above it, the one in use marked."""
    page = client.get(reverse("people:people") + asked).content.decode()
    names = re.findall(r'sb-table__opens" data-label="Name">(?:<a [^>]*>|<span>)(.*?)</', page)
    views = re.findall(
        r'<li><a class="govuk-link" href="\?[^"]*"( aria-current="true")?>([^<]*)</a></li>',
        page.partition('aria-label="Views"')[2],
    )
    return names, [f"*{words}" if now else words for now, words in views]


def test_who_may_know_of_more_than_they_may_open_sees_first_what_they_may_open() -> None:
    here = house()
    mine, other = a_person(here, "Mine"), a_person(here, "Other")
    client = here.client("designated_professional")
    nobody = client.get(reverse("people:people")).content.decode()
    assert ("Nothing is open to you" in nobody, _listed(client)[0]) == (True, [])
    Involvement.objects.create(
        user=here.user("designated_professional"),
        kind="person",
        object_id=str(mine.pk),
        said_by=here.user("social_worker"),
        starts_on=date(2020, 1, 1),
    )
    closed = f"Closed to you (reference: person {str(other.pk)[:8]})"
    assert _listed(client) == (["Mine Ashcombe"], ["*Open to you", "In use", "Closed", "All people"])
    known, views = _listed(client, "?all=1")
    assert (sorted(known), views) == ([closed, "Mine Ashcombe"], ["Open to you", "In use", "Closed", "*All people"])
    assert _listed(client, "?opened=1&sort=name")[0] == ["Mine Ashcombe"]
    worker = here.client("social_worker")
    assert _listed(worker)[1] == ["*In use", "Closed", "All people"]
    assert sorted(_listed(worker, "?opened=1")[0]) == ["Mine Ashcombe", "Other Ashcombe"]


def test_reading_printing_and_refusing_are_noted() -> None:
    here = house()
    person = with_everything(here)
    client = here.client("conference_administrator")
    for name in ("person", "summary"):
        client.get(reverse(f"people:{name}", args=[person.pk]))
    did = TrailEntry.objects.filter(kind="person", object_id=str(person.pk)).order_by("number")
    assert list(did.values_list("did", flat=True)) == [Did.OPENED, Did.PRINTED]


def test_the_history_tells_who_changed_what_and_nothing_of_what_one_may_not_see() -> None:
    here = house()
    person = with_everything(here)
    where = Address.objects.create(area=here.area, lines="1 Refuge Road")
    PersonAddress.objects.create(person=person, address=where, kind="safe contact", sensitivity=Sensitivity.SENSITIVE)
    client = here.client("social_worker")
    client.post(
        reverse("people:name-change", args=[person.pk, person.names.get().pk]),
        {"kind": "current", "given": "Robyn", "family": "Ashcombe"},
    )
    page = client.get(reverse("people:person", args=[person.pk])).content.decode()
    assert "Synthetic Social worker" in page
    assert "Robin → Robyn" in page
    assert "1 Refuge Road" in page


def test_the_pages_ask_the_database_less_than_12_times_however_much_is_known() -> None:
    here = house()
    person = with_everything(here)
    client = here.client("social_worker")

    def asked() -> dict[str, int]:
        counts = {}
        for name in ("people", "person", "network", "summary", "name-add", "relationship-add"):
            address = reverse(f"people:{name}", args=[] if name == "people" else [person.pk])
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            said = [each["sql"] for each in queries.captured_queries]
            counts[name] = len([sql for sql in said if "SAVEPOINT" not in sql])
        return counts

    asked()  # from here on it is the viewer who changes the record: the history asks for their name
    PersonName.objects.create(person=person, kind=NameKind.ALIAS, given="Alias")
    few = asked()
    for number in range(12):
        child = a_person(here, f"Child{number}")
        mother = Person.objects.get(kind=PersonKind.ADULT)
        Relationship.objects.create(person=mother, other=child, kind="parent", said_by="mother")
        PersonName.objects.create(person=person, kind=NameKind.ALIAS, given=f"Alias{number}")
        HouseholdMember.objects.create(household=Household.objects.get(), person=child)
    assert asked() == few
    assert max(few.values()) < 12


def day(name: str, when: date | None) -> dict[str, str]:
    parts = (str(when.day), str(when.month), str(when.year)) if when else ("", "", "")
    return {f"{name}_{part}": text for part, text in zip(("day", "month", "year"), parts, strict=True)}


BAD = {
    "over-long": "x" * 5_000,
    "nothing": "",
    "NUL": "Ro\0bin",
    "script": "<script>alert(1)</script>",
    "another alphabet": "Зоряна",
}
FORMS = ("name-add", "number-add", "address-add", "relationship-add", "household-add", "warning-add", "flag-add")
FORMS += ("birth", "died", "background", "handling", "name-change", "address-change", "relationship-change")
FORMS += ("household-change", "warning-change", "flag-change", "name-end", "household-join")


@pytest.mark.parametrize("name", FORMS)
def test_no_form_breaks_or_shows_script_whatever_is_typed(name: str) -> None:
    here = house()
    person = with_everything(here)
    client = here.client("social_worker")
    address = dict(pages_about(person))[name]
    fields = [
        *("kind", "given", "family", "value", "issuer", "lines", "postcode", "uprn", "who", "said_by", "source"),
        *("title", "text", "address", "members", "ethnicity", "disabilities", "first_language", "interpreter"),
        *("communication", "agency", "sensitivity", "sex", "born_on_day", "died_on_year", "on_day", "review_on_month"),
        *("expires_on_day", "starts_on_year", "ends_on_day"),
    ]
    for text in BAD.values():
        answer = client.post(address, dict.fromkeys(fields, text))
        assert answer.status_code in (200, 302)
        assert "<script>alert" not in answer.content.decode()


def test_what_was_typed_is_kept_when_a_field_is_wrong() -> None:
    here = house()
    person = a_person(here)
    client = here.client("social_worker")
    typed = {
        "kind": "main",
        "lines": "1 Synthetic Street",
        "postcode": "nonsense",
        **day("starts_on", date(2024, 1, 2)),
    }
    page = client.post(reverse("people:address-add", args=[person.pk]), typed).content.decode()
    assert "not a postcode of the United Kingdom" in page
    assert [text for text in ("1 Synthetic Street", "nonsense", 'value="2024"') if text not in page] == []
    assert not PersonAddress.objects.exists()


def test_a_part_is_added_ended_and_taken_back_and_never_deleted() -> None:
    here = house()
    person = a_person(here)
    client = here.client("social_worker")
    today = timezone.localdate()
    asked = {"kind": "nhs", "value": "999 000 0018"}
    assert client.post(reverse("people:number-add", args=[person.pk]), asked).status_code == 302
    row = person.identifiers.get()
    ended = client.post(reverse("people:number-end", args=[person.pk, row.pk]), day("on", today), follow=True)
    assert "Take this back" in ended.content.decode()
    assert person.identifiers.get().ended_on == today
    client.post(reverse("people:number-back", args=[person.pk, row.pk]))
    assert person.identifiers.get().ended_on is None


def test_a_relation_is_typed_and_then_chosen_among_those_one_may_open() -> None:
    here = house()
    child = a_person(here)
    mother = a_person(here, "Alexandra", "Birchley", kind=PersonKind.ADULT)
    a_person(here, "Alexandra", "Coldwell", sensitivity=Sensitivity.SEALED)
    a_person(other_house(), "Alexandra", "Dunmore")
    client = here.client("social_worker")
    address = reverse("people:relationship-add", args=[child.pk])
    typed: dict[str, Any] = {"who": "alexan", "kind": "parent|first", "said_by": "mother"}
    page = client.post(address, typed).content.decode()
    assert "Alexandra Birchley" in page
    assert [name for name in ("Coldwell", "Dunmore", "Robin Ashcombe, born") if name in page] == []
    assert client.post(address, {**typed, "other": str(mother.pk)}).status_code == 302
    row = Relationship.objects.get()
    assert (row.person, row.other, row.kind) == (mother, child, "parent")
    page = client.post(address, {**typed, "who": "nobody at all"}).content.decode()
    assert "Nobody whom you may see fits" in page


def as_opened(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of a form as a browser got them."""
    page = client.get(address).content.decode()
    return {
        name: value
        for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
        for name, value in [(re.findall(r'name="([^"]*)"', tag)[0], (re.findall(r'value="([^"]*)"', tag) or [""])[0])]
    }


def test_of_two_who_change_a_name_at_once_the_second_is_shown_the_difference() -> None:
    here = house()
    person = a_person(here)
    first, second = here.client("social_worker"), here.client("social_worker", name="Second")
    address = reverse("people:name-change", args=[person.pk, person.names.get().pk])
    typed = {"kind": "current", "family": "Ashcombe"}
    opened = as_opened(second, address)
    assert first.post(address, {**as_opened(first, address), **typed, "given": "Robyn"}).status_code == 302
    answer = second.post(address, {**opened, **typed, "given": "Rowan"})
    assert answer.status_code == 200
    assert [word for word in ("Robyn", "Rowan") if word not in answer.content.decode()] == []
    assert person.names.get().given == "Robyn"


def test_a_form_posted_twice_is_done_once() -> None:
    here = house()
    person = a_person(here)
    client = here.client("social_worker")
    address = reverse("people:name-add", args=[person.pk])
    typed = {**as_opened(client, address), "kind": "alias", "given": "Bobbie", "family": ""}
    assert [client.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert person.names.filter(kind="alias").count() == 1


def test_of_two_who_record_a_death_or_close_a_record_at_once_the_second_takes_nothing_back() -> None:
    here = house()
    person = a_person(here)
    clients = [here.client("social_worker", name=name) for name in ("", "Sam Birchley")]
    died, close = (reverse(f"people:{name}", args=[person.pk]) for name in ("died", "close"))
    typed = [{**as_opened(client, died), **day("died_on", date(2026, 10, 1))} for client in clients]
    answers = [client.post(died, each) for client, each in zip(clients, typed, strict=True)]
    assert [answer.status_code for answer in answers] == [302, 200]
    assert "A day of death is recorded already." in answers[1].content.decode()
    asked = [as_opened(client, close) for client in clients]
    answers = [client.post(close, each) for client, each in zip(clients, asked, strict=True)]
    assert [answer.status_code for answer in answers] == [302, 200]
    assert "Somebody has done this meanwhile." in answers[1].content.decode()
    person.refresh_from_db()
    assert (person.died_on, person.status) == (date(2026, 10, 1), "closed")


def test_the_list_is_searched_by_the_beginning_of_any_name_or_a_number_and_narrowed() -> None:
    here = house()
    person = with_everything(here)
    PersonName.objects.create(person=person, kind=NameKind.FORMER, given="Robin", family="Coldwell-Birchley")
    a_person(other_house(), "Robin", "Coldwell")
    client = here.client("social_worker")

    def found(**asked: Any) -> list[str]:
        page = client.post(reverse("people:people"), asked, follow=True).content.decode()
        return sorted(
            re.findall(r'<a class="govuk-link" href="/people/[^"]*">([^<]*)</a>', page.partition("<tbody")[2])
        )

    everybody = ["Alex Ashcombe", "Robin Ashcombe"]
    assert found(search="ashc") == everybody
    assert found(search="coldwell") == found(search="BIRCH rob") == found(search="9990000018") == ["Robin Ashcombe"]
    assert found(search="nobody") == found(search="%") == []
    assert found(kind="adult") == ["Alex Ashcombe"]
    assert found(warned="weapon") == found(flagged="missing") == ["Robin Ashcombe"]


def test_what_to_beware_of_and_where_they_live_stand_before_birth_and_ethnicity() -> None:
    here = house()
    page = here.client("social_worker").get(reverse("people:person", args=[with_everything(here).pk])).content.decode()
    titles = re.findall(r'govuk-summary-card__title"[^>]*>([^<]+)<', page)
    assert titles[0] == "Safety warnings"
    assert titles.index("Addresses") < titles.index("Family and others") < titles.index("Birth and sex")
