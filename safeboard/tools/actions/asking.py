"""Asking somebody without an account how far an action is: one question, one answer, through a link for one task."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from safeboard.foundation.access.policy import is_restricted, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Sensitivity
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.signing_in.one_task import finish, send_one_task
from safeboard.tools.actions.models import ActionItem, NewsAsked
from safeboard.tools.actions.rules import Step, why_not_answer_until
from safeboard.tools.actions.selectors import today
from safeboard.tools.actions.writing import at_step

PURPOSE: Final = "news of an action"


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
    """What the link asks; None where the action has become more sensitive, or restricted, since it was sent.

    Restricting the record that its source is about restricts the action too.
    """
    asked = NewsAsked.objects.select_related("action").get(link=link)
    return None if asked.action.sensitivity > Sensitivity.OFFICIAL or is_restricted(asked.action, at) else asked


@transaction.atomic
def answer(*, asked: NewsAsked, words: str, at: datetime) -> str:
    """Keep the answer beside the question and close the link. Returns the receipt. BadInput if it was done already."""
    receipt = finish(link=asked.link, at=at)
    asked.answer, asked.answered_at = words, at
    asked.save(update_fields=["answer", "answered_at"])
    return receipt
