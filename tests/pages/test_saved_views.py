"""Saved views: one's own, named, deletable, one of them shown first."""

import pytest
from django.test import Client

from safeboard.foundation.pages.models import SavedView
from tests.house.synthetic import house
from tests.pages.tasks import tasks
from tests.pages.test_registers import page, titles

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]


def saved(client: Client, name: str, query: str, **more: str) -> SavedView:
    assert client.post(f"/tasks/views/?{query}", {"name": name, **more}).status_code == 302
    return SavedView.objects.get(name=name)


def test_a_view_leads_to_the_list_as_it_was_with_its_search() -> None:
    tasks(house(), 30)
    client = house().client("business_manager")
    searched = client.post("/tasks/", {"search": "Task 1", "stage": ["done"]})["Location"].partition("?")[2]
    view = saved(client, "Done tens", f"{searched}&sort=-title&page=1")
    client.post("/account/logout/")
    client = house().client("business_manager")
    assert 'href="views/' in page(client)
    answer = client.get(f"/tasks/views/{view.pk}/")
    assert titles(page(client, answer["Location"])) == ["Task 17", "Task 14", "Task 11"]


def test_one_view_may_be_shown_first() -> None:
    tasks(house(), 3)
    client = house().client("business_manager")
    saved(client, "Done", "stage=done", is_default="on")
    assert client.get("/tasks/")["Location"] == "/tasks/?stage=done"
    saved(client, "Open", "stage=open", is_default="on")
    assert client.get("/tasks/")["Location"] == "/tasks/?stage=open"
    assert titles(page(client, "/tasks/?all=1")) == ["Task 1", "Task 2", "Task 3"]


def test_a_view_is_seen_and_deleted_by_its_user_alone() -> None:
    client, other = house().client("business_manager"), house().client("business_manager", name="Second")
    view = saved(client, "Mine", "stage=done")
    assert "Mine" not in page(other)
    assert [
        other.get(f"/tasks/views/{view.pk}/").status_code,
        other.post(f"/tasks/views/{view.pk}/delete/").status_code,
    ] == [404, 404]
    assert client.get(f"/tasks/views/{view.pk}/delete/").status_code == 405
    assert client.post(f"/tasks/views/{view.pk}/delete/").status_code == 302
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("name", ["", "x" * 61, "a\0b"])
def test_a_name_that_cannot_be_is_told(name: str) -> None:
    client = house().client("business_manager")
    assert "There is a problem" in client.post("/tasks/views/?stage=done", {"name": name}).content.decode()
    assert SavedView.objects.count() == 0


def test_there_is_an_end_to_views() -> None:
    client = house().client("business_manager")
    for number in range(20):
        saved(client, f"View {number}", "stage=done")
    saved(client, "View 3", "stage=open")
    text = client.post("/tasks/views/?stage=done", {"name": "One more"}).content.decode()
    assert "You have 20 views of this list already. Delete one first." in text
