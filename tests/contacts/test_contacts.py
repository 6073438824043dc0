"""Whom to call: who may read and keep the list, what is refused, when it is old, and its pages."""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from safeboard.foundation.access.policy import GUARDS, may
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.words import Action
from safeboard.foundation.keeping.declared import declared_in
from safeboard.foundation.kernel.errors import BadInput
from safeboard.tools.contacts.models import Contact
from safeboard.tools.contacts.rules import last_to_check, to_check
from safeboard.tools.contacts.selectors import contacts
from safeboard.tools.contacts.services import add_contact, change_contact, check_contact, end_contact
from tests.contacts.making import a_contact, an_entry
from tests.house.synthetic import NOW, House, house, other_house

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def given_form(here: House, **more: object) -> dict[str, object]:
    form = {"agency": here.agencies["police"].pk, "part": "duty", "name": "Desk", "telephone": "01632 960001"}
    return {**form, "email": "", "when": "", **more}


# Rules and policy


def test_an_entry_is_to_be_checked_again_after_half_a_year() -> None:
    assert [to_check(date(2026, 5, 2), day) for day in (date(2026, 11, 1), date(2026, 11, 2))] == [False, True]


@given(on=st.dates(date(2000, 1, 1), date(2099, 12, 31)), days=st.integers(175, 190))
def test_the_database_asks_what_the_rule_says(on: date, days: int) -> None:
    checked_on = on - timedelta(days=days)
    assert (checked_on <= last_to_check(on)) is to_check(checked_on, on)


def test_old_entries_are_marked_in_the_list() -> None:
    here = house()
    at = NOW + timedelta(days=300)
    a_contact(here, name="Old")
    check_contact(contact=a_contact(here, name="New"), by=here.viewer("business_manager", at=at))
    rows = contacts(here.viewer("chair", at=at)).order_by("name")
    assert [(row.name, row.old) for row in rows] == [("New", False), ("Old", True)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", roles())
def test_everybody_in_the_area_reads_the_list_and_nobody_of_another(role: str) -> None:
    here = house()
    row = a_contact(here)
    seen = [may(viewer, Action.OPEN, row) for viewer in (here.viewer(role), other_house().viewer(role))]
    assert seen == [True, False]


def test_the_board_and_the_agency_itself_keep_the_list() -> None:
    here = house()
    row = a_contact(here, "police")
    keepers = {
        (role, kind)
        for role, kind in (
            ("business_manager", "board"),
            ("board_member", "police"),
            ("agency_administrator", "police"),
            ("board_member", "health"),
            ("agency_administrator", "health"),
            ("practitioner", "police"),
            ("chair", "board"),
            ("system_administrator", "board"),
        )
        if may(here.viewer(role, kind), Action.CHANGE, row)
    }
    assert keepers == {("business_manager", "board"), ("board_member", "police"), ("agency_administrator", "police")}


# Writes


def problems(here: House, role: str, kind: str, **entry: str) -> list[str]:
    with pytest.raises(BadInput) as wrong, transaction.atomic():
        add_contact(entry=an_entry(here, **entry), by=here.viewer(role, kind))
    return [problem.element for problem in wrong.value.problems]


def test_what_is_refused_by_field() -> None:
    here = house()
    a_contact(here)
    assert problems(here, "business_manager", "board") == ["name"]
    assert problems(here, "business_manager", "board", name="New", telephone="") == ["telephone"]
    assert problems(here, "board_member", "health", name="New") == ["agency"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.update(telephone="", email="")


def test_changing_checks_and_the_second_of_two_is_told() -> None:
    here = house()
    row, police = a_contact(here), here.viewer("board_member", "police", at=NOW + timedelta(days=300))
    changed = change_contact(contact=row, entry=an_entry(here, name="New desk"), version=1, by=police)
    assert (changed.name, changed.checked_on, changed.checked_by) == ("New desk", police.at.date(), police.user)
    with pytest.raises(BadInput):
        change_contact(contact=row, entry=an_entry(here, name="Other"), version=1, by=here.viewer("business_manager"))
    later = here.viewer("board_member", "police", at=NOW + timedelta(days=400))
    assert check_contact(contact=row, by=later).checked_on == later.at.date()


def test_who_is_off_the_list_can_be_added_again() -> None:
    here = house()
    by = here.viewer("business_manager")
    end_contact(contact=a_contact(here), by=by)
    assert contacts(by).count() == 0
    assert a_contact(here).ended_on is None


# Pages


def test_the_whole_way_by_the_pages() -> None:
    here = house()
    client, reader = here.client("agency_administrator", "police"), here.client("practitioner", "school")
    made = client.post("/contacts/add/", given_form(here, name="Desk <script>"))["Location"]
    text = page(reader, made)
    assert ("Desk &lt;script&gt;" in text, "/change/" in text, "Take off the list" in text) == (True, False, False)
    version = Contact.objects.get().version
    client.post(f"{made}change/", given_form(here, name="Łódź desk 漢字", version=version))
    client.post(f"{made}check/")
    assert "Łódź desk 漢字" in page(reader, "/contacts/?all=1")
    found = reader.post("/contacts/", {"search": "duty łódź"})["Location"]
    assert "Łódź desk" in page(reader, found)
    for _ in range(2):  # posted twice
        client.post(f"{made}end/")
    assert (reader.get(made).status_code, Contact.objects.count()) == (404, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a\0b"},
        {"part": "gossip"},
        {"agency": "0"},
        {"agency": "x"},
        {"telephone": "", "email": ""},
        {"email": "not an address"},
        {"telephone": "1" * 51},
    ],
)
def test_a_bad_entry_is_answered_and_kept_on_the_page(wrong: dict[str, object]) -> None:
    here = house()
    answer = here.client("business_manager").post("/contacts/add/", given_form(here, when="Typed with care") | wrong)
    text = answer.content.decode()
    assert (answer.status_code, "There is a problem" in text, "Typed with care" in text) == (200, True, True)
    assert Contact.objects.count() == 0


def test_what_may_not_be_done_is_not_found() -> None:
    here = house()
    row = a_contact(here, "police")
    steps = [f"/contacts/{row.pk}/{step}/" for step in ("change", "check", "end")]
    for client in (here.client("board_member", "health"), here.client("chair")):
        assert {client.post(step, {}).status_code for step in steps} == {404}
    assert other_house().client("business_manager").get(f"/contacts/{row.pk}/").status_code == 404
    assert Client().get("/contacts/").status_code == 302


def test_the_list_asks_as_little_for_many_as_for_one() -> None:
    here = house()
    client, counts = here.client("business_manager"), []
    for names in (["Desk 0"], [f"Desk {number}" for number in range(1, 30)]):
        for name in names:
            a_contact(here, name=name)
        with CaptureQueriesContext(connection) as queries:
            text = page(client, "/contacts/?all=1")
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in queries.captured_queries))
    assert len(re.findall(r'href="/contacts/[0-9a-f-]{36}/"', text)) == 25
    assert counts[0] == counts[1] < 12


def test_every_field_is_declared_and_every_table_guarded() -> None:
    models = list(apps.get_app_config("contacts").get_models())
    fields = {model.__name__: {field.name for field in model._meta.concrete_fields} for model in models}
    assert {name: set(kept.fields) for name, kept in declared_in("safeboard.tools.contacts").items()} == fields
    assert set(models) <= set(GUARDS)
