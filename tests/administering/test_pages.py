"""The administration's pages: for whom they exist, what they do, and how often they ask the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.words import Module
from safeboard.foundation.administering.models import Proposal
from safeboard.foundation.administering.reviewing import start
from safeboard.foundation.administering.sharing import propose
from safeboard.foundation.agencies.models import Agency, Arrangement, Team
from tests.house.synthetic import NOW, House, house, other_house

pytestmark = pytest.mark.django_db


def hidden(page: str) -> dict[str, str]:
    """What the hidden fields of a form would send."""
    found = {}
    for tag in (piece.split(">", 1)[0] for piece in page.split("<input")[1:]):
        if 'type="hidden"' in tag and 'name="' in tag:
            value = tag.split('value="', 1)[1].split('"', 1)[0] if 'value="' in tag else ""
            found[tag.split('name="', 1)[1].split('"', 1)[0]] = value
    return found


def fill_in(client: Client, address: str, **given: object) -> "Client":
    """Open the page and send its form."""
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {**hidden(page.content.decode()), **given})  # type: ignore[return-value]


def day(name: str, text: str) -> dict[str, str]:
    parts = text.split() if text else ["", "", ""]
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year"), parts, strict=True)}


def pages(here: House) -> dict[str, str]:
    """Every page of the room, over an agency, a seat, an arrangement and a review of this house."""
    holder = here.user("practitioner", "school", "Sam Oak")
    seat, school = holder.seats.get(), here.agencies["school"]
    shared = Arrangement.objects.create(name="Synthetic arrangement", module=Module.ACTIONS, starts_on=NOW.date())
    shared.areas.set([here.area, other_house().area])
    by = here.viewer("system_administrator")
    review = start(agency=school, by=by)
    of_agency = ("agency", "add-team", "add-site")
    of_seat = ("seat", "choose-agency", "end-seat", "sign-out", "close-account")
    return {
        **{name: reverse(f"administering:{name}", args=[school.pk]) for name in of_agency},
        **{name: reverse(f"administering:{name}", args=[seat.pk]) for name in of_seat},
        "give-seat": reverse("administering:give-seat", args=[seat.pk, school.pk]),
        "review": reverse("administering:review", args=[review.pk]),
        "change-agency": reverse("administering:change-agency", args=[school.pk]),
        "arrangement": reverse("administering:arrangement", args=[shared.pk]),
        "end-arrangement": reverse("administering:end-arrangement", args=[shared.pk]),
        **{
            name: reverse(f"administering:{name}")
            for name in ("agencies", "seats", "area", "arrangements", "reviews", "propose", "proposals", "add-agency")
        },
    }


OF_THE_HOUSE = {"change-agency", "arrangement", "end-arrangement", "area", "arrangements", "propose", "proposals"} | {
    "add-agency"
}


def test_the_houses_administrator_sees_every_page() -> None:
    here = house()
    every = pages(here)
    client = here.client("system_administrator")
    assert {name: client.get(address).status_code for name, address in every.items()} == dict.fromkeys(every, 200)


def test_an_agencys_administrator_sees_those_of_the_agency_alone() -> None:
    here = house()
    every = pages(here)
    client = here.client("agency_administrator", "school")
    # With one agency alone there is nothing to choose: the page leads on.
    expected = {name: 404 if name in OF_THE_HOUSE else 200 for name in every} | {"choose-agency": 302}
    assert {name: client.get(address).status_code for name, address in every.items()} == expected
    other = here.client("agency_administrator", "police")
    lists = {"agencies", "seats", "reviews"}
    expected = {name: 200 if name in lists else 404 for name in every}
    assert {name: other.get(address).status_code for name, address in every.items()} == expected
    assert all("Sam Oak" not in other.get(every[name]).content.decode() for name in lists)


@pytest.mark.parametrize("role", ["social_worker", "chair", "analyst", "practitioner"])
def test_for_others_none_exists(role: str) -> None:
    here = house()
    every = pages(here)
    client = here.client(role)
    assert {client.get(address).status_code for address in every.values()} == {404}


def test_the_business_manager_looks_and_changes_nothing() -> None:
    here = house()
    every = pages(here)
    client = here.client("business_manager")
    seen = {name for name, address in every.items() if client.get(address).status_code == 200}
    assert seen == {"agencies", "agency", "seats", "seat"}


def test_another_areas_administrator_finds_nothing_of_this_area() -> None:
    every = pages(house())
    client = other_house().client("system_administrator")
    lists = {"agencies", "seats", "area", "arrangements", "reviews", "propose", "proposals", "add-agency"}
    shared = {"arrangement", "end-arrangement"}
    for name, address in every.items():
        assert (name, client.get(address).status_code) == (name, 200 if name in lists | shared else 404)


@pytest.mark.parametrize(
    "page", ["agencies", "seats", "arrangements", "reviews", "proposals", "agency", "seat", "review"]
)
def test_a_page_asks_no_more_of_the_database_with_many_rows(page: str) -> None:
    here = house()
    every = pages(here)
    client = here.client("system_administrator")
    propose_to_the_other(here, "First")
    client.get(every[page])
    with CaptureQueriesContext(connection) as few:
        client.get(every[page])
    school = here.agencies["school"]
    holder = here.user("practitioner", "school", "Sam Oak")
    for number in range(12):
        agency = Agency.objects.create(area=here.area, name=f"Agency {number}", kind="school")
        Team.objects.create(agency=school, name=f"Team {number}")
        other = here.user("practitioner", "school", f"Sam Oak{number}")
        Seat.objects.create(user=other, role="board_member", agency=agency, starts_on=NOW.date())
        Seat.objects.create(user=holder, role="board_member", agency=agency, starts_on=NOW.date())
        propose_to_the_other(here, f"Proposal {number}")
        shared = Arrangement.objects.create(name=f"Shared {number}", module=Module.ACTIONS, starts_on=NOW.date())
        shared.areas.set([here.area, other_house().area])
    with CaptureQueriesContext(connection) as many:
        client.get(every[page])
    asked = [query for query in many if "SAVEPOINT" not in query["sql"]]
    assert (len(many), len(asked) <= 13) == (len(few), True)


def propose_to_the_other(here: House, name: str) -> Proposal:
    return propose(
        name=name,
        module=Module.ACTIONS,
        areas=[other_house().area],
        starts_on=NOW.date(),
        ends_on=None,
        by=here.viewer("system_administrator"),
    )


def test_a_seat_is_given_ended_and_the_account_closed_on_pages() -> None:
    here = house()
    every, client = pages(here), here.client("agency_administrator", "school")
    holder = here.user("practitioner", "school", "Sam Oak")
    given = {"role": "board_member", "team": "", **day("starts_on", "1 1 2026"), **day("ends_on", "")}
    fill_in(client, every["give-seat"], **given)
    assert holder.seats.filter(role="board_member").count() == 1
    again = fill_in(client, every["give-seat"], **given)
    assert "They hold this seat already" in again.content.decode()  # type: ignore[attr-defined]
    fill_in(client, every["end-seat"])
    fill_in(client, every["close-account"])
    holder.refresh_from_db()
    assert holder.is_active is False


def test_one_does_not_find_ones_own_seat_to_give_or_end() -> None:
    here = house()
    client = here.client("agency_administrator", "school")
    own = here.user("agency_administrator", "school").seats.get()
    for name in ("choose-agency", "end-seat", "sign-out", "close-account"):
        assert client.get(reverse(f"administering:{name}", args=[own.pk])).status_code == 404
    assert client.get(reverse("administering:seat", args=[own.pk])).status_code == 200


def test_three_areas_agree_on_pages() -> None:
    here, there = house(), other_house()
    first, second = here.client("system_administrator"), there.client("system_administrator")
    fill_in(
        first,
        reverse("administering:propose"),
        name="Synthetic panel",
        module="actions",
        areas=[str(there.area.pk)],
        **day("starts_on", "1 1 2026"),
        **day("ends_on", ""),
    )
    row = Proposal.objects.get()
    assert "Synthetic panel" in second.get(reverse("administering:proposals")).content.decode()
    second.post(reverse("administering:agree", args=[row.pk]))
    assert set(Arrangement.objects.get().areas.all()) == {here.area, there.area}
    fill_in(second, reverse("administering:end-arrangement", args=[Arrangement.objects.get().pk]))
    assert Arrangement.objects.get().ends_on is not None


def test_a_review_is_done_on_pages() -> None:
    here = house()
    every, client = pages(here), here.client("agency_administrator", "school")
    client.post(reverse("administering:start-review", args=[here.agencies["school"].pk]))
    page = client.get(every["review"]).content.decode()
    assert "Sam Oak" in page
    seat = here.user("practitioner", "school", "Sam Oak").seats.get()
    reviewed = seat.pk and Seat.objects.get(pk=seat.pk)
    assert reviewed
    row = start(agency=here.agencies["school"], by=here.viewer("system_administrator")).seats.get(seat=seat)
    client.post(reverse("administering:keep-seat", args=[row.pk]))
    assert "Kept by" in client.get(every["review"]).content.decode()


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "\0", "<script>alert(1)</script>", "Ωμέγα 字"])
def test_odd_names_lose_nothing_and_do_no_harm(name: str) -> None:
    here = house()
    client, address = here.client("system_administrator"), reverse("administering:add-agency")
    answer = fill_in(client, address, name=name, kind="housing")
    made = Agency.objects.filter(kind="housing").first()
    page = client.get(reverse("administering:agency", args=[made.pk])) if made else answer
    text = page.content.decode()  # type: ignore[attr-defined]
    assert (page.status_code, "<script>alert" in text) == (200, False)  # type: ignore[attr-defined]
    assert (made is not None) == (name in {"<script>alert(1)</script>", "Ωμέγα 字"})


def test_the_first_page_says_which_reviews_are_overdue() -> None:
    here = house()
    here.user("practitioner", "school")
    page = here.client("system_administrator").get("/").content.decode()
    assert f"Access review of {here.agencies['school'].name}" in page


def test_the_first_administrator_is_told_how_to_go_on_until_another_agency_has_somebody() -> None:
    here = house()
    client = here.client("system_administrator")
    begin = "Add the agencies of the area"
    assert begin in client.get("/").content.decode()
    here.client("social_worker")
    assert begin not in here.client("agency_administrator").get("/").content.decode()
    assert begin not in client.get("/").content.decode()
