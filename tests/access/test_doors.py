"""Doors: what is not declared is not found, and those without a seat see nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from safeboard.foundation.access.models import User
from tests.house.synthetic import house, with_second_factor

pytestmark = pytest.mark.django_db


def test_the_signed_out_are_sent_to_sign_in() -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_a_file_is_not_found_by_the_signed_out_and_the_page_before_it_leads_to_signing_in() -> None:
    for address in (reverse("actions:load-template"), reverse("actions:calendar", args=["no-such-secret"])):
        assert Client().get(address).status_code == 404
        assert Client().head(address).status_code == 404
    asked = Client().get("/actions/export/?all=1")
    assert (asked.status_code, asked["Location"]) == (302, "/account/login/?next=/actions/export/%3Fall%3D1")
    assert Client().post("/actions/export/?all=1", {"form": "csv"}).status_code == 404


def test_a_page_of_a_library_that_is_not_declared_is_not_found() -> None:
    assert Client().get("/account/signup/").status_code == 404


def test_a_user_without_a_seat_is_told_whom_to_ask() -> None:
    client = Client()
    user = with_second_factor(User.objects.create_user("nobody@example.org", "No Seat"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/")
    assert answer.status_code == 200
    assert "hold no seat today" in answer.content.decode()


def test_the_first_page_names_area_and_role() -> None:
    answer = house().client("chair").get("/")
    assert "Reference City" in answer.content.decode()
    assert "Chair of the board" in answer.content.decode()


def test_somebody_elses_seat_cannot_be_taken() -> None:
    here = house()
    other = here.user("business_manager").seats.get()
    assert here.client("chair").post("/seat/", {"seat": other.pk}).status_code == 404
