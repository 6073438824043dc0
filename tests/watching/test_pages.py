"""The pages over the trail: for whom they exist, what they show and what never, and how often they ask the database."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safeboard.casework.people.models import Person, PersonName
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.watching.codes import Cause, Outcome
from safeboard.foundation.watching.looking import look
from safeboard.foundation.watching.models import Alert, Connection, HomeAddress
from safeboard.foundation.watching.rules import Told
from safeboard.foundation.watching.services import draw, verify_new
from safeboard.site.trail_tellers import people_told
from tests.house.synthetic import NOW, House, house, other_house
from tests.watching.readings import opens

pytestmark = pytest.mark.django_db


def person(here: House, family: str = "Oak", sensitivity: Sensitivity = Sensitivity.PERSONAL) -> Person:
    row = Person.objects.create(
        area=here.area, agency=here.agencies["social care"], kind="child", sensitivity=sensitivity, added_at=NOW
    )
    PersonName.objects.create(person=row, kind="current", given="Synthetic", family=family)
    return row


def filled(here: House) -> tuple[Client, dict[str, str]]:
    """An officer's browser, and every page over a trail in which something was found."""
    client, worker = here.client("privacy_officer"), here.user("social_worker", name="Sam Oak")
    child = person(here)
    opens(worker, child.pk)
    look(NOW)
    sample = draw(area=here.area, month=timezone.localdate().replace(day=1), at=NOW)
    verify_new(NOW)
    assert sample is not None
    alert = Alert.objects.get(cause=Cause.OWN_NAME)
    Connection.objects.create(user=worker, kind="person", object_id=str(child.pk), how="own child")
    entry = TrailEntry.objects.get(kind="person")
    pages = {
        "trail": reverse("watching:trail"),
        "entry": reverse("watching:entry", args=[entry.number]),
        "user": reverse("watching:user", args=[worker.pk]),
        "home": reverse("watching:home", args=[worker.pk]),
        "connect": reverse("watching:connect", args=[worker.pk]),
        "record": reverse("watching:record", args=["person", child.pk]),
        "verifications": reverse("watching:verifications"),
        "alerts": reverse("watching:alerts"),
        "alert": reverse("watching:alert", args=[alert.pk]),
        "look-into": reverse("watching:look-into", args=[alert.pk]),
        "samples": reverse("watching:samples"),
        "sample": reverse("watching:sample", args=[sample.pk]),
        "review": reverse("watching:review", args=[sample.readings.get().pk]),
    }
    return client, pages


def test_every_page_is_shown_to_the_privacy_officer_without_a_childs_name() -> None:
    client, pages = filled(house())
    for name, address in pages.items():
        answer = client.get(address)
        assert (name, answer.status_code) == (name, 200)
        assert (name, "Synthetic Oak" in answer.content.decode()) == (name, False)


@pytest.mark.parametrize("role", ["social_worker", "system_administrator", "chair", "agency_administrator", "analyst"])
def test_for_others_the_pages_do_not_exist(role: str) -> None:
    here = house()
    _, pages = filled(here)
    client = here.client(role)
    assert {name: client.get(address).status_code for name, address in pages.items()} == dict.fromkeys(pages, 404)


def test_for_another_areas_officer_nothing_of_this_area_exists() -> None:
    _, pages = filled(house())
    client = other_house().client("privacy_officer")
    of_one = {"entry", "user", "home", "connect", "record", "alert", "look-into", "sample", "review"}
    for name in pages:
        answer = client.get(pages[name])
        assert (name, answer.status_code) == (name, 404 if name in of_one else 200)
        assert (name, "Sam Oak" in answer.content.decode()) == (name, False)


def test_a_record_that_the_officer_may_not_open_has_no_page_of_its_looks() -> None:
    hidden = person(other_house())
    client = house().client("privacy_officer")
    for kind, key in (("person", hidden.pk), ("people_person", hidden.pk), ("person", "1"), ("nothing", "1")):
        assert client.get(reverse("watching:record", args=[kind, key])).status_code == 404


def test_the_page_of_a_record_names_who_has_looked() -> None:
    client, pages = filled(house())
    page = client.get(pages["record"]).content.decode()
    assert ("Sam Oak" in page, "Social worker" in page) == (True, True)


def test_the_page_of_a_record_names_who_was_refused_it_and_the_trail_says_where() -> None:
    here = house()
    client, pages = filled(here)
    empty = client.get(pages["record"]).content.decode()
    assert "Nobody was refused it." in empty
    hidden, worker = person(here, sensitivity=Sensitivity.SEALED), here.user("analyst", name="Sam Refused")
    record = reverse("watching:record", args=["person", Connection.objects.get().object_id])
    refused = here.client("analyst", name="Sam Refused")
    for address in (record, record, f"/people/{Connection.objects.get().object_id}/", f"/people/{hidden.pk}/"):
        assert refused.get(address).status_code == 404
    tables = client.get(pages["record"]).context["tables"]
    assert [(table.title, [row[:4] for row in table.rows]) for table in tables] == [
        ("Looked at by", [("Sam Oak", "Social worker", "Reference City social care", 1)]),
        ("Refused to", [("Sam Refused", "Analyst", "Reference City board", 3)]),
    ]
    listing = client.get(f"{pages['trail']}?who={worker.pk}&did=refused").context["listing"]
    assert listing.count == 4
    assert client.get(f"{pages['trail']}?kind=page&did=refused").context["listing"].count == 0
    entry = TrailEntry.objects.filter(did="refused").latest("number")
    page = client.get(reverse("watching:entry", args=[entry.number])).content.decode()
    told = dict(re.findall(r'summary-list__key">([^<]*)</dt><dd class="[^"]*">([^<]*)<', page))
    assert {name: told[name] for name in ("Key", "Page", "Asked to", "Answer")} == {
        "Key": str(hidden.pk),
        "Page": "people:person",
        "Asked to": "read",
        "Answer": "not found",
    }


def test_an_entry_offers_who_has_looked_for_a_record_that_the_officer_may_open_alone() -> None:
    here = house()
    client, near, refused = here.client("privacy_officer"), person(here), here.client("analyst")
    for key in (near.pk, person(other_house()).pk, uuid4()):
        assert refused.get(f"/people/{key}/").status_code == 404
    assert refused.get("/alerts/7/").status_code == 404
    offered = []
    for entry in TrailEntry.objects.filter(did="refused").order_by("number"):
        page = client.get(reverse("watching:entry", args=[entry.number])).content.decode()
        offered.append([words in page for words in ("Who has looked at the record", "All entries about it")])
    assert offered == [[True, True], [False, True], [False, True], [False, False]]


def test_reading_the_trail_is_in_the_trail() -> None:
    client, pages = filled(house())
    before = TrailEntry.objects.earliest("-number").number
    for address in pages.values():
        client.get(address)
    read = TrailEntry.objects.filter(number__gt=before).values_list("did", "kind")
    assert set(read) == {
        (Did.LISTED, "trail_entry"),
        (Did.OPENED, "trail_entry"),
        (Did.OPENED, "user_trail"),
        (Did.OPENED, "looks"),
        (Did.LISTED, "verification"),
        (Did.LISTED, "alert"),
        (Did.OPENED, "alert"),
        (Did.LISTED, "sample"),
        (Did.OPENED, "sample"),
    }


@pytest.mark.parametrize("page", ["trail", "alerts", "samples", "user", "record", "sample", "alert", "entry"])
def test_a_page_asks_no_more_of_the_database_with_many_rows(page: str) -> None:
    here = house()
    client, pages = filled(here)
    client.get(pages[page])
    with CaptureQueriesContext(connection) as few:
        client.get(pages[page])
    child = Connection.objects.get().object_id
    for name in "abcdefghijkl":
        worker = here.user("social_worker", name=f"Sam Oak{name}")
        opens(worker, child, child)
        Alert.objects.create(
            user=worker, area=here.area, cause=Cause.MANY, first_entry=1, readings=9, day=NOW, found_at=NOW, once=name
        )
    with CaptureQueriesContext(connection) as many:
        client.get(pages[page])
    asked = [query for query in many if "SAVEPOINT" not in query["sql"]]
    assert (len(many), len(asked) <= (11 if page in {"trail", "alerts", "samples"} else 14)) == (len(few), True)


def test_the_trail_shows_every_column_and_filter_to_the_privacy_officer() -> None:
    client, pages = filled(house())
    listing = client.get(pages["trail"]).context["listing"]
    assert [column.title for column in listing.columns] == ["When", "Who", "Agency", "Did", "Kind", "Key"]
    assert set(listing.filterset.filters) == {"who", "did", "kind", "record", "at"}


def test_the_trail_is_narrowed_by_who_did_kind_and_record() -> None:
    here = house()
    client, pages = filled(here)
    worker = here.user("social_worker", name="Sam Oak")
    for query, count in (
        (f"who={worker.pk}", 1),
        (f"who={worker.pk}&did=printed", 0),
        ("kind=person&did=opened", 1),
        (f"record={TrailEntry.objects.get(kind='person').pk}&did=opened", 1),
        ("record=0", 0),
        ("kind=nothing", None),
        ("kind=person&did=opened&at_from=2020-01-01", 1),
        ("kind=person&at_to=2020-01-01", 0),
        ("who=no", None),
        ("at_from=no", None),
    ):
        answer = client.get(f"{pages['trail']}?{query}")
        assert answer.status_code == 200
        if count is not None:
            assert (query, answer.context["listing"].count) == (query, count)


def test_an_alert_is_looked_into_on_its_page() -> None:
    client, pages = filled(house())
    posted = _posted(client.get(pages["look-into"]).content.decode())
    answer = client.post(pages["look-into"], {**posted, "outcome": Outcome.IN_ORDER, "words": ""})
    assert (answer.status_code, answer["Location"]) == (302, pages["alert"])
    assert "In order" in client.get(pages["alert"]).content.decode()


def _posted(page: str) -> dict[str, str]:
    """What the hidden fields of a form would send."""
    found = {}
    for piece in page.split("<input")[1:]:
        tag = piece.split(">", 1)[0]
        if 'type="hidden"' in tag and 'name="' in tag:
            name = tag.split('name="', 1)[1].split('"', 1)[0]
            value = tag.split('value="', 1)[1].split('"', 1)[0] if 'value="' in tag else ""
            found[name] = value
    return found


@pytest.mark.parametrize("words", ["x" * 4_001, "\0", "<script>alert(1)</script>", "Ωμέγα 字"])
def test_odd_words_of_an_outcome_lose_nothing_and_do_no_harm(words: str) -> None:
    client, pages = filled(house())
    posted = _posted(client.get(pages["look-into"]).content.decode())
    answer = client.post(pages["look-into"], {**posted, "outcome": Outcome.BREACH, "words": words})
    page = answer if answer.status_code == 200 else client.get(pages["alert"])
    assert (page.status_code, "<script>alert" in page.content.decode()) == (200, False)


def test_a_home_is_told_and_a_record_connected_and_taken_away() -> None:
    here = house()
    client, pages = filled(here)
    worker, child = here.user("social_worker", name="Sam Oak"), Connection.objects.get().object_id
    Connection.objects.all().delete()
    posted = _posted(client.get(pages["home"]).content.decode())
    assert client.post(pages["home"], {**posted, "postcode": "cv1 2ab", "house": "12"}).status_code == 302
    assert HomeAddress.objects.get().user == worker
    posted = _posted(client.get(pages["connect"]).content.decode())
    wrong = client.post(pages["connect"], {**posted, "object_id": "none", "how": "own child"})
    assert (wrong.status_code, "No record has this key" in wrong.content.decode()) == (200, True)
    posted = _posted(client.get(pages["connect"]).content.decode())
    assert client.post(pages["connect"], {**posted, "object_id": child, "how": "own child"}).status_code == 302
    row = Connection.objects.get()
    far = other_house().client("privacy_officer")
    assert far.post(reverse("watching:disconnect", args=[row.pk])).status_code == 404
    assert client.post(reverse("watching:disconnect", args=[row.pk])).status_code == 302
    assert Connection.objects.count() == 0


def test_the_first_page_says_what_waits() -> None:
    client, pages = filled(house())
    page = client.get("/").content.decode()
    assert (str(Cause.OWN_NAME.label) in page, "1 reading to review" in page) == (True, True)
    for name in ("look-into", "review"):
        typed = {"outcome": Outcome.IN_ORDER, "words": "Asked; it was their case"}
        assert (
            client.post(pages[name], {**_posted(client.get(pages[name]).content.decode()), **typed}).status_code == 302
        )
    page = client.get("/").content.decode()  # out of hours another alert waits: the trail takes no time but its own
    assert (str(Cause.OWN_NAME.label) in page, "reading to review" in page) == (False, False)


def test_ones_own_reading_waits_for_somebody_else() -> None:
    here = house()
    officer, month = here.user("privacy_officer"), timezone.localdate().replace(day=1)
    opens(officer, person(here).pk)
    assert draw(area=here.area, month=month, at=NOW) is not None
    client = here.client("privacy_officer")
    assert "reading to review" not in client.get("/").content.decode()


def test_people_tell_every_surname_and_none_for_what_is_no_record() -> None:
    here = house()
    child = person(here, "Ash-Elm")
    PersonName.objects.create(person=child, kind="former", family="van Oak")
    told = people_told({str(child.pk), "1"})
    assert told[str(child.pk)].surnames == {"ashelm", "ash", "elm", "oak"}
    assert told["1"] == Told()
