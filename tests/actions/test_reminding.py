"""The weekly e-mail and the calendar feed: numbers only, through the policy, once, and private."""

import os
import re
import signal
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection
from django.test import Client
from pytest_django import Settings

from safeboard.foundation.access.models import Seat, User
from safeboard.tools.actions.calendar_feed import days_of, make_address, written
from safeboard.tools.actions.codes import Risk
from safeboard.tools.actions.digest import send_digests, week_of
from safeboard.tools.actions.evidence import give_evidence
from safeboard.tools.actions.models import Digest, Reminders
from safeboard.tools.actions.reminding import Counted, counted
from safeboard.tools.actions.services import close, move_due_date
from tests.actions.making import DUE, PAST, an_action, manager
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import NOW, SINCE, house, other_house

pytestmark = pytest.mark.django_db
__all__ = ["trail_may_be_emptied"]


# The weekly e-mail


def test_the_message_holds_numbers_and_a_link_and_no_name_or_title(settings: Settings) -> None:
    settings.HOUSE_ADDRESS = "https://house.example"
    here = house()
    an_action(here, title="Kim Synthetic's briefing", due_on=PAST)
    an_action(here, title="Secret training", due_on=NOW.date() + timedelta(days=3))
    assert send_digests(NOW) == 1
    message = mail.outbox[0]
    assert (message.subject, message.to) == ("Safeboard: your week", ["board_member.police@x99000001.example"])
    assert [line for line in str(message.body).splitlines() if line] == [
        "This week in Safeboard:",
        "1 of your actions is overdue.",
        "1 is due within a fortnight.",
        "2 are open in all.",
        "https://house.example/actions/?standing=open&only=mine",
        "This message names nothing and nobody on purpose. If you do not want it, say so here: https://house.example/reminders/",
    ]


def test_one_a_week_and_another_the_next() -> None:
    an_action(house())
    sent = [send_digests(NOW + timedelta(days=days)) for days in (0, 0, 1, 6, 7)]
    assert sent == [1, 0, 0, 0, 1]
    assert [each.week for each in Digest.objects.order_by("week")] == [date(2026, 11, 2), date(2026, 11, 9)]
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


def test_a_week_begins_on_monday_here_and_not_in_greenwich() -> None:
    assert week_of(datetime(2026, 6, 28, 23, 30, tzinfo=UTC)) == date(2026, 6, 29)


def test_who_gets_none() -> None:
    here = house()
    an_action(here, owner="")
    left = here.user("practitioner", "police")
    an_action(here, owner="practitioner")
    Seat.objects.filter(user=left).update(ends_on=NOW.date() - timedelta(days=1))
    unwilling = here.user("board_member", "health")
    an_action(here, "health")
    Reminders.objects.create(user=unwilling, weekly=False)
    sealed = here.user("practitioner", "school")
    row = an_action(here, "school", owner="practitioner")
    type(row).objects.filter(pk=row.pk).update(sensitivity=4)
    assert counted(sealed, NOW) == Counted(0, 0, 0, 0)
    assert send_digests(NOW) == 0


def test_who_verifies_is_told_how_many_wait() -> None:
    here = house()
    row = an_action(here, risk=Risk.HIGH)
    police = here.viewer("board_member", "police")
    give_evidence(action=row, words="x", by=police)
    close(action=row, words="Done", by=police)
    here.user("chair")
    send_digests(NOW)
    assert sorted(message.to[0].split(".")[0] for message in mail.outbox) == ["business_manager", "chair"]
    assert "1 waits for somebody like you to verify it." in mail.outbox[0].body


def test_what_two_seats_show_is_counted_once() -> None:
    here = house()
    an_action(here)
    user = here.user("board_member", "police")
    Seat.objects.create(user=user, role="practitioner", agency=here.agencies["police"], starts_on=SINCE)
    assert counted(user, NOW) == Counted(overdue=0, soon=0, open=1, to_verify=0)


class EndsAtTheThird(EmailBackend):
    """Writes messages to files; at the third the process is killed before it is taken."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if len(list(Path(self.file_path).iterdir())) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return int(super().send_messages(messages) or 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_a_worker_killed_in_the_middle_leaves_each_with_one(settings: Settings, tmp_path: Path) -> None:
    here = house()
    for kind in ("police", "health", "school", "board", "social care"):
        an_action(here, kind)
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.EMAIL_BACKEND = "tests.actions.test_reminding.EndsAtTheThird"
    connection.close()  # the child must not share it
    child = os.fork()
    if child == 0:
        send_digests(NOW)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert Digest.objects.count() == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert [send_digests(NOW), send_digests(NOW)] == [3, 0]
    to = [re.findall(r"^To: (.+)$", file.read_text(), re.M) for file in tmp_path.iterdir()]
    every = sorted(address for each in to for address in each)
    assert every == sorted(here.user("board_member", kind).email for kind in here.agencies)


def test_a_server_that_does_not_take_one_is_asked_again(settings: Settings, tmp_path: Path) -> None:
    an_action(house())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert (send_digests(NOW), Digest.objects.count()) == (0, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests(NOW) == 1


# The calendar


def feed(client: Client, here_user: User) -> str:
    return make_address(user=here_user, at=NOW)


def events(text: str) -> list[dict[str, str]]:
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.S)
    return [dict(line.split(":", 1) for line in each.split("\r\n") if line) for each in found]


def test_the_feed_says_numbers_by_day_with_a_stable_key() -> None:
    here = house()
    user = here.user("board_member", "police")
    an_action(here, title="Kim Synthetic's briefing")
    row = an_action(here)
    make_address(user=user, at=NOW)
    key = f"actions-{DUE:%Y%m%d}-{user.pk}@safeboard"
    first = events(written(days_of(user, NOW)))
    assert [(each["UID"], each["SUMMARY"], each["SEQUENCE"], each["DTSTART;VALUE=DATE"]) for each in first] == [
        (key, "Safeboard: 2 actions due", "0", f"{DUE:%Y%m%d}")
    ]
    assert events(written(days_of(user, NOW))) == first  # nothing changed, nothing counts on
    move_due_date(action=row, to=date(2026, 12, 8), reason="x", by=manager(here))
    close(action=an_action(here, title="Other"), words="x", by=manager(here))
    told = {
        each["UID"][8:16]: (each["SUMMARY"], each["SEQUENCE"], each["STATUS"])
        for each in events(written(days_of(user, NOW)))
    }
    assert told == {
        f"{DUE:%Y%m%d}": ("Safeboard: 1 action due", "1", "CONFIRMED"),
        "20261208": ("Safeboard: 1 action due", "0", "CONFIRMED"),
    }
    move_due_date(action=row, to=DUE, reason="x", by=manager(here))
    told = {
        each["UID"][8:16]: (each["SUMMARY"], each["SEQUENCE"], each["STATUS"])
        for each in events(written(days_of(user, NOW)))
    }
    assert told["20261208"] == ("Safeboard: 0 actions due", "1", "CANCELLED")
    assert "Kim" not in written(days_of(user, NOW))


def test_the_address_is_private_shown_once_and_revocable() -> None:
    here = house()
    an_action(here)
    client = here.client("board_member", "police")
    shown = client.post("/reminders/calendar/").content.decode()
    path = re.findall(r"http://testserver(/calendar/[\w-]{43}/actions\.ics)", shown)[0]
    assert path not in client.get("/reminders/").content.decode()
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]
    assert path.split("/")[2] not in str(list(Reminders.objects.values()))
    again = re.findall(r"(/calendar/[\w-]{43}/actions\.ics)", client.post("/reminders/calendar/").content.decode())[0]
    assert [Client().get(each).status_code for each in (path, again)] == [404, 200]
    client.post("/reminders/calendar/revoke/")
    assert Client().get(again).status_code == 404


def test_the_feed_of_somebody_who_may_not_sign_in_is_empty_or_not_there() -> None:
    here = house()
    an_action(here)
    user = here.user("board_member", "police")
    token = make_address(user=user, at=NOW)
    Seat.objects.filter(user=user).update(ends_on=NOW.date() - timedelta(days=400))
    assert events(Client().get(f"/calendar/{token}/actions.ics").content.decode()) == []
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(f"/calendar/{token}/actions.ics").status_code == 404


def test_ones_own_page_of_reminders() -> None:
    here = house()
    other_house()
    client = here.client("practitioner")
    assert "Make an address" in client.get("/reminders/").content.decode()
    client.post("/reminders/weekly/", {})
    assert Reminders.objects.get().weekly is False
    client.post("/reminders/weekly/", {"weekly": "on"})
    assert Reminders.objects.get().weekly is True
    assert Client().get("/reminders/").status_code == 302
