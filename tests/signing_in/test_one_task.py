"""A link for one task: a code by another way, one page with one record, a receipt, and then nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client, TestCase
from django.utils import timezone

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.signing_in.one_task import PURPOSES, finish, one_task, send_one_task
from tests.house.synthetic import House, house
from tests.signing_in.people import user_of

pytestmark = pytest.mark.django_db

TITLE = "Confirm the name of your agency"


def confirm(request: HttpRequest, link: OneTaskLink) -> HttpResponse:
    """A worked purpose: shows an agency's name, and a press of the button confirms it."""
    agency = Agency.objects.get(pk=link.object_id)
    if request.method == "POST":
        finish(link=link, at=timezone.now())
        return redirect(request.path.replace("/page/", "/receipt/"))
    return HttpResponse(f"Is {agency.name} the name?")


def may_send(viewer: Viewer, object_id: str) -> bool:
    own = viewer.seat.agency.area.agencies.filter(pk=object_id)
    return viewer.may(Module.HOUSE, Action.ADMINISTER) and own.exists()


@pytest.fixture(autouse=True)
def _purpose() -> Iterator[None]:
    one_task("confirm agency", confirm, title=TITLE, kind="agency", may_send=may_send)
    yield
    del PURPOSES["confirm agency"]


def send(here: House, role: str = "system_administrator", days: int = 7) -> tuple[str, str]:
    """The link's path as the letter has it, and the code."""
    by = here.viewer(role, at=timezone.now())
    with TestCase.captureOnCommitCallbacks(execute=True):
        _, code = send_one_task(
            purpose="confirm agency",
            object_id=str(here.agencies["school"].pk),
            email="Head@school.example",
            expires_at=by.at + timedelta(days=days),
            by=by,
            address="http://testserver",
        )
    link = next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("http"))
    return link.removeprefix("http://testserver"), code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_with_link_and_code_the_task_is_done_and_a_receipt_is_given() -> None:
    link, code = send(house())
    client = Client()
    assert TITLE in client.get(link).content.decode()
    page = client.post(link, {"code": f"{code[:3]} {code[3:]}"})["Location"]
    assert client.get(page).content.decode() == "Is Reference City school the name?"
    receipt = client.post(page)["Location"]
    row = OneTaskLink.objects.get()
    assert row.receipt in client.get(receipt).content.decode()
    assert len(row.receipt) == 9
    assert user_of(client) is None


def test_the_letter_names_nobody_and_has_no_code() -> None:
    _, code = send(house())
    letter = mail.outbox[-1]
    assert (letter.subject, letter.to) == ("Safeboard asks one thing of you", ["head@school.example"])
    assert code not in letter.body
    assert "Reference City" not in letter.body


def test_neither_link_nor_code_is_kept() -> None:
    link, code = send(house())
    kept = str(list(OneTaskLink.objects.values()))
    assert link.split("/")[2] not in kept
    assert f"'{code}'" not in kept


def test_without_the_code_there_is_no_page_and_no_receipt() -> None:
    link, code = send(house())
    assert Client().get(f"{link}page/")["Location"] == link
    assert Client().get(f"{link}receipt/").status_code == 404
    client = Client()
    assert "Enter this. It cannot be empty." in client.post(link, {"code": ""}).content.decode()
    assert "Tries left: 4" in client.post(link, {"code": wrong(code)}).content.decode()
    assert client.get(f"{link}page/")["Location"] == link


def test_five_wrong_codes_end_the_link() -> None:
    link, code = send(house())
    answers = [Client().post(link, {"code": wrong(code)}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 404]
    assert Client().post(link, {"code": code}).status_code == 404


def test_the_code_of_one_link_does_not_open_another() -> None:
    here = house()
    (first, code), (second, other) = send(here), send(here)
    client = Client()
    client.post(first, {"code": code})
    assert client.get(f"{second}page/")["Location"] == second
    if code != other:
        assert client.post(second, {"code": code}).status_code == 200


def test_after_its_expiry_the_link_is_not_found_even_with_the_code_given_before() -> None:
    link, code = send(house())
    client = Client()
    client.post(link, {"code": code})
    OneTaskLink.objects.update(expires_at=F("expires_at") - timedelta(days=8))
    for page in (link, f"{link}page/", f"{link}receipt/"):
        assert client.get(page).status_code == 404


def test_when_it_is_done_the_link_shows_the_receipt_to_whoever_did_it_and_to_nobody_else() -> None:
    link, code = send(house())
    client, other = Client(), Client()
    for each in (client, other):
        each.post(link, {"code": code})
    client.post(f"{link}page/")
    assert client.get(link)["Location"] == f"{link}receipt/"
    assert client.get(f"{link}page/")["Location"] == f"{link}receipt/"
    assert Client().get(link).status_code == 404
    row = OneTaskLink.objects.get()
    with pytest.raises(BadInput):
        finish(link=row, at=timezone.now())


def test_opening_is_noted_with_the_link_and_no_user() -> None:
    here = house()
    link, code = send(here)
    client = Client()
    client.post(link, {"code": wrong(code)})
    client.post(link, {"code": code})
    client.get(f"{link}page/")
    row = OneTaskLink.objects.get()
    noted = TrailEntry.objects.filter(kind="agency").order_by("number")
    school = str(here.agencies["school"].pk)
    assert [(entry.did, entry.who, entry.object_id) for entry in noted] == [
        ("refused", "", school),
        ("opened", "", school),
    ]
    assert noted.last().details == {"one task": str(row.pk)}  # type: ignore[union-attr]


def test_only_whoever_the_purpose_lets_sends_one() -> None:
    with pytest.raises(PermissionDenied):
        send(house(), "chair")
    assert OneTaskLink.objects.count() == 0


def test_a_link_that_would_have_expired_is_not_sent() -> None:
    with pytest.raises(BadInput):
        send(house(), days=-1)
    assert (OneTaskLink.objects.count(), len(mail.outbox)) == (0, 0)


def test_a_link_whose_purpose_is_gone_is_not_found() -> None:
    link, _ = send(house())
    OneTaskLink.objects.update(purpose="no longer")
    assert Client().get(link).status_code == 404
