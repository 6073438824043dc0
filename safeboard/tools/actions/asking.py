"""Asking somebody without an account how far an action is: one question, one answer, through a link for one task."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from safeboard.foundation.access.notices import tell
from safeboard.foundation.access.policy import is_restricted, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Sensitivity
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.signing_in.one_task import finish, send_one_task, withdraw
from safeboard.tools.actions.guards import ACTION
from safeboard.tools.actions.models import ActionItem, NewsAsked
from safeboard.tools.actions.rules import Step, why_not_answer_until
from safeboard.tools.actions.selectors import today
from safeboard.tools.actions.writing import at_step, held_now

PURPOSE: Final = "news of an action"
WITHDRAWN: Final = "A link by which you asked about an action was withdrawn: it leads nowhere any more."


def may_ask(viewer: Viewer, object_id: str) -> bool:
    """Whether the viewer may ask about the action: one they may change, and no more sensitive than official."""
    rows = visible(ActionItem.objects.filter(sensitivity__lte=Sensitivity.OFFICIAL), viewer, Action.CHANGE)
    return rows.filter(pk=object_id).exists()


@transaction.atomic
def ask_for_news(
    *, action: ActionItem, whom: str, email: str, question: str, last_day: date, by: Viewer, address: str
) -> str:
    """Send the link, good to the end of the last day. Returns the code to tell by telephone: it cannot be had again."""
    held = at_step(action, Step.ASK, Action.CHANGE, by)
    if held.sensitivity > Sensitivity.OFFICIAL:
        remedy = "Ask somebody who has an account, or telephone."
        raise BadInput(Problem("This action is too sensitive to be asked about by a link.", remedy))
    if wrong := why_not_answer_until(last_day, today(by)):
        raise BadInput(Problem(wrong, "Give another day.", element="last_day"))
    expires_at = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    link, code = send_one_task(
        purpose=PURPOSE, object_id=str(held.pk), email=email, expires_at=expires_at, by=by, address=address
    )
    NewsAsked.objects.create(action=held, link=link, whom=whom, question=question, at=by.at, by=by.user)
    return code


def asked_by(link: OneTaskLink, at: datetime) -> NewsAsked | None:
    """What the link asks; None where the action was closed, more sensitive, or restricted since it was sent.

    Restricting the record that its source is about restricts the action too.
    """
    asked = NewsAsked.objects.select_related("action").get(link=link)
    action = asked.action
    leads_nowhere = action.closed_on or action.sensitivity > Sensitivity.OFFICIAL or is_restricted(action, at)
    return None if leads_nowhere else asked


@transaction.atomic
def answer(*, asked: NewsAsked, words: str, at: datetime) -> str:
    """Keep the answer beside the question and close the link. Returns the receipt. BadInput if it was done already."""
    # Held first, as by who withdraws the link: the two at once come one after the other.
    NewsAsked.objects.select_for_update().get(pk=asked.pk)
    receipt = finish(link=asked.link, at=at)
    asked.answer, asked.answered_at = words, at
    asked.save(update_fields=["answer", "answered_at"])
    return receipt


@transaction.atomic
def withdraw_link(*, asked: NewsAsked, by: Viewer) -> None:
    """End the link at once, and tell whoever sent it. BadInput where nothing is left to withdraw."""
    held = held_now(asked, Action.CHANGE, by)
    if not _withdrawn(held, by):
        raise BadInput(Problem(why_not_withdraw(held, by.at), "There is nothing to withdraw."))


def why_not_withdraw(asked: NewsAsked, at: datetime) -> str:
    """Why the link cannot be withdrawn; empty while it may still be answered."""
    link = OneTaskLink.objects.get(pk=asked.link_id)
    if link.used_at:
        return "It was answered meanwhile: the answer stands on the action."
    if link.withdrawn_at:
        return "It is withdrawn already."
    return "Its last day has passed." if link.expires_at <= at else ""


def withdraw_open_links(*, action: ActionItem, by: Viewer) -> None:
    """End each link about an action that the caller holds and closes. What was answered stays as it is."""
    for asked in NewsAsked.objects.filter(action=action, answered_at=None, link__withdrawn_at=None):
        _withdrawn(asked, by)


def _withdrawn(asked: NewsAsked, by: Viewer) -> bool:
    link = OneTaskLink.objects.select_related("made_by").get(pk=asked.link_id)
    if link.expires_at <= by.at or not withdraw(link=link, by=by):
        return False
    if link.made_by != by.user:
        tell(users=[link.made_by], said=WITHDRAWN, kind=ACTION, object_id=asked.action_id, at=by.at)
    return True
