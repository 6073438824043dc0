"""A record's page: facts, warnings, a history without what the viewer may not see; reading and printing are noted."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.audit.trail import acts
from safeboard.foundation.pages.history import changes_of
from safeboard.foundation.signing_in.models import AgencySignIn
from tests.house.synthetic import house, other_house
from tests.pages.tasks import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.trial.urls")]


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_who_it_is_warns_and_is_noted() -> None:
    task = tasks(house(), 1)[0]
    text = shown(house().client("business_manager"), f"/tasks/{task.pk}/")
    assert re.findall(r"<div><dt>([^<]+)</dt><dd>([^<]+)</dd></div>", text) == [
        ("Owner", "Synthetic Business manager"),
        ("Stage", "Overdue"),
    ]
    assert re.findall(r"Warning: </span>([^<]+)<", text) == ["Do not telephone the home number."]
    entries = TrailEntry.objects.filter(kind="task")
    assert [(entry.did, entry.object_id) for entry in entries] == [("opened", str(task.pk))]


def test_printing_is_for_those_who_may_and_noted() -> None:
    task = tasks(house(), 1)[0]
    text = shown(house().client("business_manager"), f"/tasks/{task.pk}/?print=1")
    assert re.search(
        r"Printed by Synthetic Business manager, Business manager, Reference City board, \d+ \w+ 20\d\d", text
    )
    assert [entry.did for entry in TrailEntry.objects.filter(kind="task")] == ["printed"]
    analyst = house().client("analyst")
    assert "?print=1" not in shown(analyst, f"/tasks/{task.pk}/")
    assert analyst.get(f"/tasks/{task.pk}/?print=1").status_code == 404


def test_what_may_not_be_seen_is_not_found() -> None:
    task = tasks(other_house(), 1)[0]
    client = house().client("business_manager")
    assert [client.get(f"/tasks/{task.pk}/{end}").status_code for end in ("", "?print=1", "change/")] == [404] * 3


def test_a_field_above_the_viewers_level_is_in_no_list_and_no_order() -> None:
    tasks(house(), 2)
    text = shown(house().client("chair"), "/tasks/?sort=-cost")
    assert re.findall(r'data-label="([^"]+)"', text)[:5] == ["Title", "Owner", "Agency", "Stage", "Due"]
    assert "sorted by due, oldest first" in text
    assert 'data-label="Cost"' in shown(house().client("business_manager"), "/tasks/?all=1")


class TestHistory:
    """What changed, in words."""

    def test_who_changed_what_from_what_to_what(self) -> None:
        here = house()
        viewer = here.viewer("system_administrator")
        acts(who=str(viewer.user.pk))
        Agency.objects.filter(pk=here.agencies["police"].pk).update(name="City Police", kind="health")
        newest, *_ = changes_of(viewer, [here.agencies["police"]])
        told = [(field.label, field.before, field.after) for field in newest.fields]
        assert (newest.who, newest.did) == ("Synthetic System administrator", "Changed agency")
        assert sorted(told) == [("Kind", "Police", "Health"), ("Name", "Reference City police", "City Police")]

    def test_secrets_and_hidden_fields_are_not_told(self) -> None:
        here = house()
        sign_in = AgencySignIn.objects.create(
            agency=here.agencies["police"],
            issuer="https://id.example",
            client_id="a",
            secret="b",  # noqa: S106 - synthetic
            email_domains="c.example",
        )
        AgencySignIn.objects.filter(pk=sign_in.pk).update(secret="new", client_id="new", email_domains="d.example")  # noqa: S106
        changes = changes_of(here.viewer("system_administrator"), [sign_in], frozenset({"email_domains"}))
        told = [(field.label, field.before, field.after) for field in changes[0].fields]
        assert told == [("Client id", "", ""), ("Secret", "", "")]

    def test_the_house_itself_is_named_where_nobody_acted(self) -> None:
        here = house()
        acts(who="")
        Agency.objects.filter(pk=here.agencies["police"].pk).update(name="City Police")
        change = changes_of(here.viewer("chair"), [here.agencies["police"]])[0]
        assert (change.who, change.at > datetime(2026, 1, 1, tzinfo=UTC)) == ("The house itself", True)
