"""Which record of the house a source is of: named by those who may open it, and told to nobody else."""

import html
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safeboard.casework.people.models import Person
from safeboard.foundation.access.restricting import restrict
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import RestrictionCategory, Sensitivity
from safeboard.foundation.kernel.errors import BadInput
from safeboard.tools.actions.codes import SourceKind
from safeboard.tools.actions.models import Source
from safeboard.tools.actions.services import add_source
from safeboard.tools.actions.source_record import kinds_to_name, name_record, named_by
from tests.house.synthetic import House, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
BY = "conference_chair"
"""Changes the sources of social care, and opens people up to "sensitive"."""


def review(here: House, **about: str) -> Source:
    return add_source(
        kind=SourceKind.CASE_REVIEW, title="Review A", dated_on=date(2026, 9, 1), by=here.viewer(BY), **about
    )


def of(person: Person) -> dict[str, str]:
    return {"record_kind": "person", "object_id": str(person.pk)}


def posted(client: Client, source: Source, **typed: str) -> tuple[int, list[str]]:
    """The answer's status, and what it says is wrong by field."""
    answer = client.post(
        reverse("actions:name-record", args=[source.pk]), {"record_kind": "", "object_id": "", **typed}
    )
    said = re.findall(r'<a href="#[^"]*">([^<]+)</a>', answer.content.decode())
    return answer.status_code, [html.unescape(" ".join(each.split())) for each in said]


def kept(source: Source) -> tuple[str, str]:
    source.refresh_from_db()
    return source.record_kind, source.object_id


def told(client: Client, source: Source, person: Person) -> tuple[bool, bool]:
    """Whether the source's page leads to the person's, and whether it tells their key at all."""
    page = client.get(reverse("actions:source", args=[source.pk])).content.decode()
    return f'href="{reverse("people:person", args=[person.pk])}"' in page, str(person.pk) in page


def test_who_may_open_the_record_names_it_and_only_such_readers_are_led_there() -> None:
    here = house()
    source, person = review(here), a_person(here)
    client = here.client(BY)
    assert posted(client, source, record_kind="person", object_id=f" {str(person.pk).upper()} ") == (302, [])
    assert kept(source) == ("person", str(person.pk))
    assert told(client, source, person) == (True, True)
    assert told(here.client("board_member", "police"), source, person) == (False, False)
    assert told(here.client("business_manager"), source, person) == (False, False)


def test_both_left_empty_take_it_away() -> None:
    here = house()
    person = a_person(here)
    source = review(here, **of(person))
    assert posted(here.client(BY), source) == (302, [])
    assert (kept(source), told(here.client(BY), source, person)) == (("", ""), (False, False))


def test_what_there_is_not_and_what_is_closed_are_told_in_the_same_words() -> None:
    here = house()
    source, sealed, restricted = review(here), a_person(here), a_person(here)
    Person.objects.filter(pk=sealed.pk).update(sensitivity=Sensitivity.SEALED)
    restrict(
        kind="person",
        object_id=str(restricted.pk),
        category=RestrictionCategory.OTHER,
        reason="synthetic",
        ask="The privacy officer",
        by=here.viewer("privacy_officer", at=timezone.now()),
    )
    elsewhere = a_person(other_house())
    keys = ("no key", "12", str(uuid4()), *(str(each.pk) for each in (sealed, restricted, elsewhere)))
    client = here.client(BY)
    answers = {key: posted(client, source, record_kind="person", object_id=key) for key in keys}
    said = "Its key: No such record is found. Copy its key from the address of the record's page."
    assert answers == dict.fromkeys(keys, (200, [said]))
    assert kept(source) == ("", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"record_kind": "person"}, "Its key: A kind alone names no record. Give its key, or choose none."),
        ({"object_id": "12"}, "Kind of record: A key alone names nothing. Choose the kind of record as well."),
        (
            {"record_kind": "restriction", "object_id": "1"},
            "Kind of record: This is not one of those listed. Choose again.",
        ),
        (
            {"record_kind": "person", "object_id": "1" * 41},
            "Its key: This has 41 characters. Shorten it to at most 40.",
        ),
    ],
)
def test_half_a_name_and_a_kind_that_is_not_offered_are_refused(typed: dict[str, str], said: str) -> None:
    here = house()
    source = review(here)
    assert posted(here.client(BY), source, **typed) == (200, [said])
    assert kept(source) == ("", "")


def test_a_source_is_not_of_itself_but_of_another() -> None:
    here = house()
    source = review(here)
    with pytest.raises(BadInput) as wrong:
        name_record(source=source, record_kind="action source", object_id=str(source.pk), by=here.viewer(BY))
    assert [problem.element for problem in wrong.value.problems] == ["object_id"]
    other = add_source(kind=SourceKind.AUDIT, title="Audit", dated_on=date(2026, 9, 1), by=here.viewer(BY))
    name_record(source=source, record_kind="action source", object_id=str(other.pk), by=here.viewer(BY))
    assert kept(source) == ("action source", str(other.pk))


def test_the_kinds_to_choose_from_are_those_one_opens_some_of() -> None:
    here = house()

    def kinds(viewer: Viewer) -> list[str]:
        return [kind for kind, _ in kinds_to_name(viewer)]

    assert kinds(here.viewer(BY)) == [
        "action",
        "contact",
        "person",
        "published_report",
        "snapshot",
        "action source",
        "upload",
    ]
    assert kinds(here.viewer("board_officer")) == [
        *("action", "contact", "published_report", "snapshot", "action source", "upload"),
    ]


def test_nobody_names_another_record_over_one_that_they_may_not_open() -> None:
    """What closes the record closes the source: who may not open it must not take that away."""
    here = house()
    sealed = a_person(here)
    Person.objects.filter(pk=sealed.pk).update(sensitivity=Sensitivity.SEALED)
    source = review(here)
    Source.objects.filter(pk=source.pk).update(**of(sealed))
    client, keeper = here.client(BY), here.viewer("safeguarding_manager")
    source.refresh_from_db()
    assert (named_by(source, here.viewer(BY)), named_by(source, keeper) is not None) == (None, True)
    page = client.get(reverse("actions:source", args=[source.pk]))
    assert (page.status_code, "Say which record it is of" in page.content.decode()) == (200, False)
    assert client.get(reverse("actions:name-record", args=[source.pk])).status_code == 404
    assert posted(client, source)[0] == 404
    with pytest.raises(PermissionDenied):
        name_record(source=source, record_kind="", object_id="", by=here.viewer(BY))
    assert kept(source) == ("person", str(sealed.pk))
    name_record(source=source, record_kind="", object_id="", by=keeper)
    assert kept(source) == ("", "")


def test_who_may_not_change_the_source_finds_no_such_page() -> None:
    here = house()
    source, person = review(here), a_person(here)
    for role, kind in (("board_member", "police"), ("social_worker", "social care"), ("chair", "board")):
        client = here.client(role, kind)
        assert client.get(reverse("actions:name-record", args=[source.pk])).status_code == 404
        assert posted(client, source, **of(person))[0] == 404
    elsewhere = other_house().client(BY)
    assert posted(elsewhere, source, **of(person))[0] == 404
    with pytest.raises(PermissionDenied):
        name_record(source=source, by=here.viewer("board_member", "police"), **of(person))
    assert kept(source) == ("", "")


def test_of_two_at_once_the_second_is_shown_what_the_first_named() -> None:
    here = house()
    source, first, second = review(here), a_person(here), a_person(here)
    client, address = here.client(BY), reverse("actions:name-record", args=[source.pk])
    text = client.get(address).content.decode()
    seen = dict(re.findall(r'<input type="hidden" name="(form-[a-z]+)" value="([^"]*)"', text))
    name_record(source=source, by=here.viewer("safeguarding_manager"), **of(first))
    answer = client.post(address, {**of(second), **{name: html.unescape(value) for name, value in seen.items()}})
    assert (answer.status_code, str(first.pk) in answer.content.decode()) == (200, True)
    assert kept(source) == ("person", str(first.pk))


def test_the_link_is_one_question_more_and_only_where_a_record_is_named() -> None:
    here = house()
    source, person = review(here), a_person(here)
    client, address = here.client(BY), reverse("actions:source", args=[source.pk])
    client.get(address)
    counts = []
    for about in ({}, of(person)):
        Source.objects.filter(pk=source.pk).update(**about)
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in made))
    assert (counts[1] - counts[0], counts[1] <= 11) == (1, True)
