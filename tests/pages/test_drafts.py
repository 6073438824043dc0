"""Drafts: kept while typing, found again after a time-out and by nobody else, gone once sent."""

import time
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from safeboard.foundation.access.models import Seat
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.keeping.declared import declared_in
from safeboard.foundation.pages.drafts import GOOD_FOR, delete_expired
from safeboard.foundation.pages.models import Draft
from tests.house.synthetic import SINCE, house
from tests.pages.tasks import tasks
from tests.pages.test_forms import GIVEN, opened
from tests.pages.trial.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]


def begun(client: Client, **typed: str) -> dict[str, str]:
    return {**opened(client, "/tasks/add/"), **GIVEN, "note": "Half a sentence", **typed}


def test_what_is_typed_is_kept_and_shown_again() -> None:
    client = house().client("business_manager")
    assert set(client.post("/drafts/keep/", begun(client, due_on_day="45")).json()) == {"kept"}
    first = client.get("/").content.decode()
    led = client.get(f"/drafts/{Draft.objects.get().pk}/")
    assert ("Your drafts" in first, ">Add a task<" in first, "/tasks/add/" in first) == (True, True, False)
    assert (led.status_code, led["Location"]) == (302, "/tasks/add/")
    assert house().client("chair").get(f"/drafts/{Draft.objects.get().pk}/").status_code == 404
    text = client.get("/tasks/add/").content.decode()
    assert ">Half a sentence</textarea>" in text.replace("\n", "")
    assert 'name="due_on_day" value="45"' in text
    assert 'value="open" checked' in text
    assert Draft.objects.count() == 1


def test_without_script_a_button_keeps_it_unchecked() -> None:
    client = house().client("business_manager")
    answer = client.post("/tasks/add/", {**begun(client, title=""), "form-later": "1"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Your draft is kept." in answer.content.decode()
    assert (Draft.objects.count(), Task.objects.count()) == (1, 0)


def test_once_sent_the_draft_is_gone() -> None:
    client = house().client("business_manager")
    client.post("/drafts/keep/", begun(client))
    client.post("/tasks/add/", begun(client))
    assert (Draft.objects.count(), Task.objects.count()) == (0, 1)


def test_a_draft_survives_signing_out() -> None:
    client = house().client("business_manager")
    client.post("/drafts/keep/", begun(client))
    client.post("/account/logout/")
    assert "Half a sentence" in house().client("business_manager").get("/tasks/add/").content.decode()


def test_a_form_sent_after_the_time_out_is_kept() -> None:
    client = house().client("business_manager")
    typed = begun(client)
    session = client.session
    session["seen"] = int(time.time()) - settings.IDLE_SIGN_OUT - 1
    session.save()
    answer = client.post("/tasks/add/", typed, follow=True)
    assert "What you typed is kept as a draft." in answer.content.decode()
    assert Task.objects.count() == 0
    assert "Half a sentence" in house().client("business_manager").get("/tasks/add/").content.decode()


def test_nobody_else_reads_or_deletes_it() -> None:
    client, other = house().client("business_manager"), house().client("business_manager", name="Second")
    client.post("/drafts/keep/", begun(client))
    draft = Draft.objects.get()
    assert "Your drafts" not in other.get("/").content.decode()
    assert "Half a sentence" not in other.get("/tasks/add/").content.decode()
    assert other.post(f"/drafts/{draft.pk}/delete/").status_code == 404
    assert other.post("/drafts/keep/", begun(client)).status_code == 404
    assert client.post(f"/drafts/{draft.pk}/delete/").status_code == 302
    assert Draft.objects.count() == 0


def test_it_is_not_there_in_another_seat_of_the_same_author() -> None:
    here = house()
    client = here.client("business_manager")
    client.post("/drafts/keep/", begun(client))
    other = Seat.objects.create(
        user=here.user("business_manager"), role="business_manager", agency=here.agencies["board"], starts_on=SINCE
    )
    client.post("/seat/", {"seat": other.pk})
    assert "Your drafts" not in client.get("/").content.decode()


def test_a_change_by_another_while_the_draft_lay_is_shown() -> None:
    task = tasks(house(), 1, note="Before")[0]
    client, address = house().client("business_manager"), f"/tasks/{task.pk}/change/"
    client.post("/drafts/keep/", {**opened(client, address), **GIVEN, "note": "Mine"})
    Task.objects.update(note="Theirs")
    text = client.post(address, {**opened(client, address), **GIVEN, "note": "Mine"}).content.decode()
    assert "changed this while you were typing" in text


@pytest.mark.parametrize("wrong", [{"form-draft": "made up"}, {"note": "x" * 1_000_001}])
def test_what_is_no_draft_is_not_kept(wrong: dict[str, str]) -> None:
    client = house().client("business_manager")
    assert client.post("/drafts/keep/", begun(client, **wrong)).status_code == 404
    assert Draft.objects.count() == 0


def test_a_nul_does_not_stop_the_keeping() -> None:
    client = house().client("business_manager")
    assert client.post("/drafts/keep/", begun(client, note="a\0b")).status_code == 200
    assert Draft.objects.get().typed["note"] == ["ab"]


def test_drafts_stay_out_of_the_trail_and_are_deleted_when_nobody_comes_back() -> None:
    client = house().client("business_manager")
    client.post("/drafts/keep/", begun(client))
    assert TrailEntry.objects.filter(kind="pages_draft").count() == 0
    kept_at = Draft.objects.get().kept_at
    assert [delete_expired(kept_at + GOOD_FOR - timedelta(seconds=1)), delete_expired(kept_at + GOOD_FOR)] == [0, 1]


def test_every_field_of_every_table_is_declared() -> None:
    fields = {
        model.__name__: {field.name for field in model._meta.concrete_fields}
        for model in apps.get_app_config("pages").get_models()
    }
    declared = declared_in("safeboard.foundation.pages")
    assert {name: set(kept.fields) for name, kept in declared.items()} == fields
