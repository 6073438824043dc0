"""Doors: what is not declared is not found, and those without a seat see nothing."""

import pytest
from django.test import Client

from safeboard.foundation.access.models import User
from tests.house.synthetic import house, with_second_factor

pytestmark = pytest.mark.django_db


def test_the_signed_out_are_sent_to_sign_in() -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


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
