"""Asking somebody without an account about an action: a link, a code by another way, one answer, a receipt."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.utils import timezone

from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.restricting import restrict
from safeboard.foundation.access.words import RestrictionCategory, Sensitivity
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.tools.actions.asking import ask_for_news, may_ask
from safeboard.tools.actions.codes import SourceKind
from safeboard.tools.actions.loading import hold, load, undo
from safeboard.tools.actions.models import ActionItem, NewsAsked
from safeboard.tools.actions.rules import why_not_answer_until
from safeboard.tools.actions.services import add_source, close
from tests.actions.making import TODAY, an_action, manager
from tests.actions.sheets import row, workbook
from tests.house.synthetic import House, house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db

WHOM = "Head teacher, North Primary School"


def last_day(days: int = 7) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {"last_day_day": str(day.day), "last_day_month": str(day.month), "last_day_year": str(day.year)}


def typed() -> dict[str, str]:
    return {"whom": WHOM, "email": "head@school.example", "question": "Is it done?", **last_day()}


def ask(here: House, action: ActionItem) -> tuple[str, str]:
    """The link's path as the letter has it, and the code as the page shows it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = here.client("business_manager").post(f"/actions/{action.pk}/ask/", typed())
    code = page.content.decode().partition("<strong>")[2].partition("</strong>")[0]
    link = next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("http"))
    return link.removeprefix("http://testserver"), code


def test_a_question_is_asked_answered_and_stands_on_the_action() -> None:
    here = house()
    action = an_action(here)
    link, code = ask(here, action)
    outside = Client()
    assert action.title not in outside.get(link).content.decode()
    page = outside.post(link, {"code": code})["Location"]
    shown = outside.get(page).content.decode()
    assert [action.title in shown, "Is it done?" in shown] == [True, True]
    receipt = outside.post(page, {"words": "All but one class."})["Location"]
    asked = NewsAsked.objects.get()
    assert asked.link.receipt in outside.get(receipt).content.decode()
    timeline = here.client("business_manager").get(f"/actions/{action.pk}/").content.decode()
    assert f"{WHOM} asked by a link" in timeline
    assert f"Answered by the link, receipt {asked.link.receipt}" in timeline
    assert "All but one class." in timeline
    # Sent once more, the first answer stands.
    assert outside.post(page, {"words": "No."})["Location"] == receipt
    assert NewsAsked.objects.get().answer == "All but one class."


def test_the_letter_names_neither_the_action_nor_the_code() -> None:
    here = house()
    action = an_action(here)
    _, code = ask(here, action)
    letter = mail.outbox[-1]
    told = letter.subject + letter.body
    assert [each in told for each in (action.title, code, code.replace(" ", ""), "Is it done?")] == [False] * 4


def test_the_answer_is_in_the_trail_as_of_nobody_with_an_account() -> None:
    here = house()
    link, code = ask(here, an_action(here))
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    outside.post(page, {"words": "It is done."})
    entry = TrailEntry.objects.filter(kind="actions_newsasked", did="changed").get()
    assert (entry.who, entry.purpose) == ("", f"one task {OneTaskLink.objects.get().pk}")


@pytest.mark.parametrize("words", ["", " ", "x" * 10_001, "a\0b"])
def test_a_bad_answer_is_said_beside_its_field_and_uses_nothing_up(words: str) -> None:
    here = house()
    link, code = ask(here, an_action(here))
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    answer = outside.post(page, {"words": words})
    assert (answer.status_code, "govuk-error-summary" in answer.content.decode()) == (200, True)
    assert OneTaskLink.objects.get().used_at is None


def test_a_link_leads_nowhere_once_the_action_is_restricted_or_more_sensitive() -> None:
    here = house()
    action = an_action(here)
    link, code = ask(here, action)
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    ActionItem.objects.filter(pk=action.pk).update(sensitivity=Sensitivity.SENSITIVE)
    assert outside.get(page).status_code == 404
    ActionItem.objects.filter(pk=action.pk).update(sensitivity=Sensitivity.OFFICIAL)
    assert outside.get(page).status_code == 200
    restrict(
        kind="action",
        object_id=str(action.pk),
        category=RestrictionCategory.CASE_REVIEW,
        reason="A review is under way",
        ask="The head of safeguarding, extension 12",
        by=here.viewer("business_manager", at=timezone.now()),
    )
    assert outside.get(page).status_code == 404


def test_a_link_leads_nowhere_once_the_person_whom_the_action_is_about_is_restricted() -> None:
    here = house()
    person = a_person(here)
    source = add_source(
        kind=SourceKind.AUDIT,
        title="About a child",
        dated_on=date(2026, 9, 1),
        by=here.viewer("safeguarding_manager"),
        record_kind="person",
        object_id=str(person.pk),
    )
    link, code = ask(here, an_action(here, source=source))
    outside = Client()
    page = outside.post(link, {"code": code})["Location"]
    assert outside.get(page).status_code == 200
    restrict(
        kind="person",
        object_id=str(person.pk),
        category=RestrictionCategory.OTHER,
        reason="synthetic",
        ask="The privacy officer",
        by=here.viewer("privacy_officer", at=timezone.now()),
    )
    assert outside.get(page).status_code == 404


def test_only_those_ask_who_may_change_the_action_and_only_about_what_is_official() -> None:
    here = house()
    action, sensitive = an_action(here), an_action(here, sensitivity=Sensitivity.SENSITIVE)
    asked = {
        role: may_ask(here.viewer(role, kind), str(action.pk))
        for role, kind in [("business_manager", "board"), ("chair", "board"), ("practitioner", "school")]
    }
    assert asked == {"business_manager": True, "chair": False, "practitioner": False}
    assert may_ask(manager(here), str(sensitive.pk)) is False
    words = {"whom": WHOM, "email": "head@school.example", "question": "Is it done?", "address": "http://testserver"}
    with pytest.raises(BadInput, match="too sensitive"):
        ask_for_news(action=sensitive, last_day=TODAY, by=manager(here), **words)
    with pytest.raises(PermissionDenied):
        ask_for_news(action=action, last_day=TODAY, by=here.viewer("chair"), **words)
    assert here.client("chair").get(f"/actions/{action.pk}/ask/").status_code == 404
    assert Seat.objects.filter(user__email="head@school.example").exists() is False


def test_nobody_is_asked_about_a_closed_action() -> None:
    here = house()
    action = an_action(here)
    close(action=action, words="It is done.", by=manager(here))
    client = here.client("business_manager")
    assert client.get(f"/actions/{action.pk}/ask/").status_code == 404
    assert (
        "you cannot ask somebody without an account"
        in client.post(f"/actions/{action.pk}/ask/", typed()).content.decode()
    )
    assert NewsAsked.objects.count() == 0


def test_the_last_day_is_today_or_later_and_not_far_away() -> None:
    on = date(2026, 11, 2)
    assert [bool(why_not_answer_until(on + timedelta(days=days), on)) for days in (-1, 0, 60, 61)] == [
        True,
        False,
        False,
        True,
    ]


def test_an_answer_without_its_time_is_refused_by_the_database() -> None:
    here = house()
    ask(here, an_action(here))
    with pytest.raises(IntegrityError, match="news_is_answered_with_words"), transaction.atomic():
        NewsAsked.objects.update(answer="It is done.")


def test_a_load_is_not_undone_once_somebody_was_asked_about_one_of_its_actions() -> None:
    here = house()
    by = manager(here)
    held = hold(content=workbook(row()), name="a.xlsx", by=by)
    (made,) = load(held=held, by=by)
    ask(here, made)
    with pytest.raises(BadInput, match="worked on since"):
        undo(held=held, by=by)
    assert NewsAsked.objects.count() == 1
