"""Withdrawing a link by which somebody without an account was asked about an action."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeboard.foundation.access.models import Notice
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.tools.actions.asking import WITHDRAWN, withdraw_link
from safeboard.tools.actions.asking import answer as give_answer
from safeboard.tools.actions.models import ActionItem, NewsAsked
from safeboard.tools.actions.services import close, reopen
from tests.actions.making import an_action
from tests.actions.test_asking import WHOM, ask
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import House, house, other_house

pytestmark = pytest.mark.django_db
__all__ = ["trail_may_be_emptied"]


def address_of(action: ActionItem) -> str:
    return f"/actions/links/{NewsAsked.objects.get(action=action).pk}/withdraw/"


def shown(here: House, action: ActionItem, role: str = "business_manager", kind: str = "board") -> str:
    return here.client(role, kind).get(f"/actions/{action.pk}/").content.decode()


def answers(page: str) -> list[str]:
    return re.findall(r'data-label="Answer">([^<]+)<', page)


def buttons(page: str) -> int:
    return page.count("Withdraw the link<")


def now() -> str:
    """What has just happened is shown to the minute."""
    return f"{timezone.localtime():%-d %B %Y}"


def told_by(answer: object) -> list[str]:
    return [str(each) for each in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]


def test_a_withdrawn_link_answers_as_an_expired_one() -> None:
    here = house()
    action, other = an_action(here), an_action(here, title="Another")
    (link, code), (expired, _) = ask(here, action), ask(here, other)
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    assert outside.get(page).status_code == 200
    client, address = here.client("business_manager"), address_of(action)
    confirm = client.get(address).content.decode()
    assert [WHOM in confirm, "Withdraw the link</button>" in confirm] == [True, True]
    assert OneTaskLink.objects.filter(withdrawn_at=None).count() == 2  # to look withdraws nothing
    answer = client.post(address)
    assert answer["Location"] == f"/actions/{action.pk}/"
    assert told_by(answer) == ["The link is withdrawn: it leads nowhere any more."]

    OneTaskLink.objects.filter(withdrawn_at=None).update(expires_at=F("expires_at") - timedelta(days=30))
    ended, over = ([Client().get(each), Client().post(each, {"code": code})] for each in (link, expired))
    assert [each.status_code for each in ended] == [each.status_code for each in over] == [404, 404]
    assert _words(ended[0]) == _words(over[0])
    assert outside.get(page).status_code == outside.post(page, {"words": "It is done."}).status_code == 404
    assert NewsAsked.objects.get(action=action).answer == ""


def _words(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def test_the_page_lists_each_link_with_what_became_of_it_and_a_button_while_it_is_open() -> None:
    here = house()
    action = an_action(here)
    assert 'id="links"' not in shown(here, action)
    ask(here, action)
    page = shown(here, action)
    last = timezone.localdate() + timedelta(days=7)
    assert (answers(page), buttons(page)) == (["Not answered yet"], 1)
    assert re.findall(r'data-label="(Whom|Sent by|Until the end of)">([^<]+)<', page) == [
        ("Whom", WHOM),
        ("Sent by", here.user("business_manager").name),
        ("Until the end of", f"{last:%-d %B %Y}"),
    ]
    assert "head@school.example" not in page
    here.client("business_manager").post(address_of(action))
    page = shown(here, action)
    assert buttons(page) == 0
    (state,) = answers(page)
    assert state.startswith(f"Withdrawn {now()}")
    assert state.endswith(f"by {here.user('business_manager').name}")
    assert f"The link to {WHOM} withdrawn" in page  # on the timeline


def test_expired_locked_and_answered_links_have_no_button() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    OneTaskLink.objects.update(tries_left=0)
    assert answers(shown(here, action)) == ["Not answered: ended by five wrong codes"]
    OneTaskLink.objects.update(expires_at=timezone.now())
    page = shown(here, action)
    assert (answers(page), buttons(page)) == (["Not answered: its last day has passed"], 0)
    answer = here.client("business_manager").get(address_of(action))
    assert (answer["Location"], told_by(answer)) == (f"/actions/{action.pk}/", ["Its last day has passed."])


def test_what_was_answered_meanwhile_is_kept_and_said() -> None:
    here = house()
    action = an_action(here)
    link, code = ask(here, action)
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    receipt = outside.post(page, {"words": "All but one class."})["Location"]
    client, address = here.client("business_manager"), address_of(action)
    assert "It was answered meanwhile: the answer stands on the action." in client.post(address).content.decode()
    assert told_by(client.get(address)) == ["It was answered meanwhile: the answer stands on the action."]
    on_action = shown(here, action)
    assert (buttons(on_action), "All but one class." in on_action) == (0, True)
    assert answers(on_action)[0].startswith(f"Answered {now()}")
    assert OneTaskLink.objects.get().withdrawn_at is None
    assert outside.get(receipt).status_code == 200


def test_withdrawn_twice_the_first_stands() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    client, address = here.client("business_manager"), address_of(action)
    client.post(address)
    first = OneTaskLink.objects.values().get()
    assert "It is withdrawn already." in client.post(address).content.decode()
    assert told_by(client.get(address)) == ["It is withdrawn already."]
    with pytest.raises(BadInput, match="withdrawn already"):
        withdraw_link(asked=NewsAsked.objects.get(), by=here.viewer("business_manager", at=timezone.now()))
    assert OneTaskLink.objects.values().get() == first


def test_one_form_sent_twice_withdraws_once() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    client, address = here.client("business_manager"), address_of(action)
    once = re.findall(r'name="form-once" value="([^"]+)"', client.get(address).content.decode())[0]
    sent = [client.post(address, {"form-once": once}) for _ in range(2)]
    assert [each["Location"] for each in sent] == [f"/actions/{action.pk}/"] * 2
    assert TrailEntry.objects.filter(kind="signing_in_onetasklink", did="changed").count() == 1


@pytest.mark.parametrize(("role", "kind"), [("chair", "board"), ("practitioner", "school"), ("practitioner", "health")])
def test_others_than_those_who_may_change_the_action_find_nothing_to_withdraw(role: str, kind: str) -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    client, address = here.client(role, kind), address_of(action)
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    with pytest.raises(PermissionDenied):
        withdraw_link(asked=NewsAsked.objects.get(), by=here.viewer(role, kind, at=timezone.now()))
    assert OneTaskLink.objects.get().withdrawn_at is None


def test_another_area_and_a_link_that_is_not_there_are_not_found() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    address = address_of(action)
    assert other_house().client("business_manager").post(address).status_code == 404
    assert here.client("business_manager").post("/actions/links/999999999/withdraw/").status_code == 404
    assert "/account/login/" in Client().post(address)["Location"]


def test_those_who_only_read_see_the_links_without_the_button() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    page = shown(here, action, "chair")
    assert (answers(page), buttons(page)) == (["Not answered yet"], 0)


def test_withdrawing_is_in_the_trail_by_whom() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    here.client("business_manager").post(address_of(action))
    entry = TrailEntry.objects.filter(kind="signing_in_onetasklink", did="changed").get()
    assert (entry.who, entry.object_id) == (
        str(here.user("business_manager").pk),
        str(OneTaskLink.objects.get().pk),
    )


def test_whoever_sent_it_is_told_when_another_withdraws_it() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    mail.outbox.clear()
    by = here.viewer("board_member", "police", at=timezone.now())
    withdraw_link(asked=NewsAsked.objects.get(), by=by)
    assert list(Notice.objects.values_list("user", "said", "kind", "object_id")) == [
        (here.user("business_manager").pk, WITHDRAWN, "action", str(action.pk))
    ]


def test_whoever_withdraws_their_own_is_told_on_the_page_alone() -> None:
    here = house()
    action = an_action(here)
    ask(here, action)
    here.client("business_manager").post(address_of(action))
    assert Notice.objects.count() == 0


def test_closing_the_action_ends_its_links_for_good() -> None:
    here = house()
    action, other = an_action(here), an_action(here, title="Another")
    link, code = ask(here, action)
    ask(here, other)
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    by = here.viewer("business_manager", at=timezone.now())
    closed = close(action=action, words="It is done.", by=by)
    assert [Client().get(link).status_code, outside.get(page).status_code] == [404, 404]
    assert answers(shown(here, action))[0].startswith("Withdrawn")
    reopen(action=closed, reason="It is not.", by=here.viewer("chair", at=timezone.now()))
    assert [Client().get(link).status_code, outside.post(page, {"words": "Yes."}).status_code] == [404, 404]
    assert answers(shown(here, other)) == ["Not answered yet"]


def test_closing_leaves_what_was_answered() -> None:
    here = house()
    action = an_action(here)
    link, code = ask(here, action)
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    receipt = outside.post(page, {"words": "Yes."})["Location"]
    close(action=action, words="It is done.", by=here.viewer("business_manager", at=timezone.now()))
    assert (OneTaskLink.objects.get().withdrawn_at, outside.get(receipt).status_code) == (None, 200)


def test_a_link_about_an_action_that_was_closed_before_leads_nowhere() -> None:
    here = house()
    action = an_action(here)
    link, code = ask(here, action)
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    ActionItem.objects.filter(pk=action.pk).update(
        closed_on=timezone.localdate(), closed_by=here.user("business_manager"), closing_words="It is done."
    )
    assert outside.get(page).status_code == 404
    shown_now = shown(here, action)
    assert (answers(shown_now), buttons(shown_now)) == (["Not answered: the action was closed"], 0)


def test_the_database_refuses_a_link_both_answered_and_withdrawn_or_withdrawn_by_nobody() -> None:
    here = house()
    ask(here, an_action(here))
    with pytest.raises(IntegrityError, match="one_task_is_withdrawn_by_somebody"), transaction.atomic():
        OneTaskLink.objects.update(withdrawn_at=timezone.now())
    both = {"withdrawn_at": timezone.now(), "withdrawn_by": here.user("business_manager")}
    with pytest.raises(IntegrityError, match="one_task_is_withdrawn_by_somebody"), transaction.atomic():
        OneTaskLink.objects.update(**both, used_at=timezone.now(), receipt="AAAA-BBBB")


def test_the_page_asks_as_little_with_many_links_as_with_none() -> None:
    here = house()
    action = an_action(here)
    client = here.client("business_manager")
    client.get(f"/actions/{action.pk}/")
    counted = []
    for links in (0, 3):
        for _ in range(links):
            ask(here, action)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/actions/{action.pk}/")
        counted.append(sum("SAVEPOINT" not in each["sql"] for each in queries.captured_queries))
    assert counted[0] == counted[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_answered_and_withdrawn_at_once_one_of_the_two_is_done() -> None:
    here = house()
    ask(here, an_action(here))
    asked, at = NewsAsked.objects.select_related("link").get(), timezone.now()
    by = here.viewer("business_manager", at=at)
    refused: list[str] = []

    def try_to(act: Callable[[], object]) -> None:
        try:
            act()
        except BadInput as wrong:
            refused.append(str(wrong))
        finally:
            connection.close()

    answering = threading.Thread(target=try_to, args=(lambda: give_answer(asked=asked, words="Yes.", at=at),))
    withdrawing = threading.Thread(target=try_to, args=(lambda: withdraw_link(asked=asked, by=by),))
    for each in (answering, withdrawing):
        each.start()
    for each in (answering, withdrawing):
        each.join()
    link, kept = OneTaskLink.objects.get(), NewsAsked.objects.get().answer
    assert len(refused) == 1
    assert (link.used_at is None, kept) == ((False, "Yes.") if link.withdrawn_at is None else (True, ""))
