"""Pages refused to somebody signed in: in the trail by key, with one insert, and nothing that the refused could see."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safeboard.casework.people.models import Person
from safeboard.foundation.access.models import User
from safeboard.foundation.access.refusals import keys_in
from safeboard.foundation.audit.chain import verify
from safeboard.foundation.audit.models import Did, TrailEntry
from tests.house.confidential import a_restricted_record
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house, other_house, with_second_factor
from tests.house.test_questions import Questions
from tests.people.families import a_person

__all__ = ["trail_may_be_emptied"]
pytestmark = pytest.mark.django_db


def refusals() -> list[tuple[str, str, str]]:
    """(kind, key, page) of what was refused, in order."""
    rows = TrailEntry.objects.filter(did=Did.REFUSED).order_by("number")
    return [(row.kind, row.object_id, row.details.get("page", "")) for row in rows]


def test_a_page_refused_by_its_door_is_noted_with_who_seat_agency_and_when() -> None:
    here = house()
    user, before = here.user("social_worker"), timezone.now()
    assert here.client("social_worker").get(reverse("watching:trail")).status_code == 404
    entry, seat = TrailEntry.objects.get(did=Did.REFUSED), user.seats.get()
    assert (entry.who, entry.seat, entry.agency) == (str(user.pk), str(seat.pk), str(seat.agency_id))
    assert (entry.kind, entry.object_id) == ("page", "")
    assert entry.details == {"page": "watching:trail", "asked to": "read", "answer": "not found"}
    assert before < entry.at < timezone.now()
    assert verify().wrong == ()


def test_a_record_refused_by_the_policy_is_noted_under_its_kind_and_key_and_one_that_is_opened_is_not() -> None:
    here, far = house(), a_person(other_house())
    client, near = here.client("social_worker"), a_person(here)
    assert client.get(reverse("people:person", args=[near.pk])).status_code == 200
    assert refusals() == []
    assert client.get(reverse("people:person", args=[far.pk])).status_code == 404
    assert client.post(reverse("people:name-add", args=[far.pk]), {"given": "Typed"}).status_code == 404
    assert client.get(reverse("people:name-change", args=[far.pk, 7])).status_code == 404
    assert refusals() == [
        ("person", str(far.pk), page) for page in ("people:person", "people:name-add", "people:name-change")
    ]
    last, sent = TrailEntry.objects.filter(did=Did.REFUSED)[:2]
    assert (last.details["other keys"], sent.details["asked to"]) == ({"row": "7"}, "send")
    assert "Typed" not in str(sent.details)


def test_a_record_that_never_was_is_noted_alike() -> None:
    key = uuid4()
    assert house().client("social_worker").get(reverse("people:person", args=[key])).status_code == 404
    assert refusals() == [("person", str(key), "people:person")]


@pytest.mark.parametrize(
    ("address", "noted"),
    [
        ("/trail/records/person/{key}/", ("person", "{key}", "watching:record")),
        ("/trail/records/person/Ashcombe/", ("page", "", "watching:record")),
        ("/trail/records/Ashcombe/7/", ("page", "7", "watching:record")),
        ("/record/person/{key}/restrict/?reason=Ashcombe", ("person", "{key}", "confidentiality:restrict")),
        ("/alerts/12/", ("page", "12", "watching:alert")),
        (f"/alerts/{'9' * 41}/", ("page", "", "watching:alert")),
        ("/invitation/7-a-secret/", ("page", "", "signing_in:accept")),
        ("/account/signup/", ("page", "", "account_signup")),
    ],
)
def test_keys_are_noted_and_nothing_else_of_an_address(address: str, noted: tuple[str, ...]) -> None:
    key = str(uuid4())
    client = house().client("social_worker")
    assert client.get(address.format(key=key)).status_code == 404
    assert refusals() == [tuple(each.format(key=key) for each in noted)]
    told = str(TrailEntry.objects.filter(did=Did.REFUSED).values("kind", "object_id", "details"))
    assert ("Ashcombe" in told, "secret" in told) == (False, False)


def test_only_numbers_and_uuids_are_keys() -> None:
    key = UUID(int=7)
    assert keys_in({"pk": 7, "person": key, "token": "7", "key": str(key)}) == {"pk": "7", "person": str(key)}
    assert keys_in({"kind": "7", "object_id": str(key).upper()}) == {"object_id": str(key)}
    assert keys_in({"object_id": "٧"}) == {"object_id": "7"}
    assert keys_in({"object_id": "Robin Ashcombe"}) == keys_in({"pk": int("9" * 41)}) == {}


def test_an_address_that_leads_nowhere_a_static_file_and_the_signed_out_are_not_noted() -> None:
    client, far = house().client("social_worker"), a_person(other_house())
    for address in ("/no-such-place/", "/people/x/", "/static/none.css", "/favicon.ico"):
        assert client.get(address).status_code == 404
    person = reverse("people:person", args=[far.pk])
    assert Client().get(person).status_code == 302
    assert Client().get(reverse("actions:load-template")).status_code == 404
    assert Client().get("/account/signup/").status_code == 404
    assert refusals() == []


def test_what_is_not_allowed_is_noted_as_what_is_not_found() -> None:
    here = house()
    client = Client(enforce_csrf_checks=True)
    client.force_login(here.user("chair"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/seat/", {"seat": "1"}).status_code == 403
    entry = TrailEntry.objects.get(did=Did.REFUSED)
    assert entry.details == {"page": "choose-seat", "asked to": "send", "answer": "not allowed"}


def test_a_closed_record_is_noted_once_by_the_page_that_says_so() -> None:
    here = house()
    record = a_restricted_record(here)
    address = reverse("people:person", args=[record["object_id"]])
    assert here.client("social_worker").get(address, follow=True).status_code == 200
    assert refusals() == [("person", record["object_id"], "")]


def test_without_a_seat_it_is_noted_by_who_alone() -> None:
    user = with_second_factor(User.objects.create_user("nobody@example.org", "No Seat"))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("people:people")).status_code == 404
    entry = TrailEntry.objects.get(did=Did.REFUSED)
    assert (entry.who, entry.seat, entry.agency) == (str(user.pk), "", "")


def the_same(answer: Any) -> tuple[int, dict[str, str], str]:
    """All of an answer but what is new in every answer."""
    page = re.sub(r'(nonce=|csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', r"\1", answer.content.decode())
    headers = {name: re.sub(r"nonce-[^']*", "", value) for name, value in answer.headers.items()}
    return answer.status_code, headers, page


def test_a_hidden_record_a_made_up_one_and_an_address_that_leads_nowhere_get_one_and_the_same_page() -> None:
    """Nor does an answer differ by whether it was noted: an address that leads nowhere is not."""
    client, far = house().client("social_worker"), a_person(other_house())
    addresses = [reverse("people:person", args=[key]) for key in (far.pk, uuid4())]
    answers = [the_same(client.get(address)) for address in [*addresses, "/people/no-such-place/"]]
    assert len(refusals()) == 2
    assert answers == [answers[0]] * 3
    assert answers[0][0] == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_it_costs_one_insert_and_no_other_question_whether_there_is_such_a_record_or_not() -> None:
    client, far = house().client("social_worker"), a_person(other_house())
    made_up = asked(client, reverse("people:person", args=[uuid4()]))
    real = asked(client, reverse("people:person", args=[far.pk]))
    assert [sql.split("(")[0] for sql in real] == [sql.split("(")[0] for sql in made_up]
    assert [sql for sql in real if "audit_note" in sql] == [real[-1]]
    nowhere = asked(client, "/no-such-place/")
    assert [sql for sql in nowhere if "audit_note" in sql] == []
    assert verify().wrong == ()


def asked(client: Client, address: str) -> list[str]:
    questions = Questions()
    client.get(address)
    with connection.execute_wrapper(questions):
        assert client.get(address).status_code == 404
    return questions.asked


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_where_it_cannot_be_written_the_answer_is_one_for_a_real_record_and_a_made_up_one() -> None:
    client, far = house().client("social_worker"), a_person(other_house())
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_trailentry RENAME TO away")
    try:
        answers = [client.get(reverse("people:person", args=[key])).status_code for key in (far.pk, uuid4())]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO audit_trailentry")
    assert answers == [503, 503]
    assert client.get(reverse("people:person", args=[far.pk])).status_code == 404
    assert (len(refusals()), Person.objects.count()) == (1, 1)
