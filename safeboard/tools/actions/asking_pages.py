"""Asking somebody without an account how far an action is, and the one page on which they answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.plain_words import speak_plainly
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.signing_in.one_task import one_task
from safeboard.tools.actions.asking import (
    PURPOSE,
    answer,
    ask_for_news,
    asked_by,
    may_ask,
    why_not_withdraw,
    withdraw_link,
)
from safeboard.tools.actions.forms import AnswerForm, AskForm
from safeboard.tools.actions.guards import ACTION
from safeboard.tools.actions.models import NewsAsked
from safeboard.tools.actions.rules import Step
from safeboard.tools.actions.selectors import facts_of, for_page
from safeboard.tools.actions.timeline import open_steps


@door(Module.ACTIONS, Action.CHANGE)
def ask_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask; the answer shows the code once."""
    viewer = viewer_from(request)
    row: Any = get_object_or_404(for_page(viewer), pk=pk)
    # Posted when it is closed meanwhile, it is answered in words.
    if Step.ASK not in open_steps(row, facts_of(row, frozenset()), viewer) and request.method != "POST":
        raise Http404
    back = reverse("actions:action", args=[row.pk])

    def saved(given: dict[str, Any]) -> HttpResponse:
        address = request.build_absolute_uri("/").rstrip("/")
        code = ask_for_news(action=row, by=viewer, address=address, **given)
        context = {"code": f"{code[:3]} {code[3:]}", "given": given, "back": back}
        return render(request, "actions/asked.html", context)

    return form_page(
        request,
        AskForm(request.POST or None),
        title="Ask somebody without an account",
        save=saved,
        record=row,
        button="Send the link",
        intro=f"{row.number}. {row.title}",
        back=back,
    )


@door(Module.ACTIONS, Action.CHANGE)
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a link, once it is confirmed. Where nothing is left to withdraw, lead to the action and say why."""
    viewer = viewer_from(request)
    rows = visible(NewsAsked.objects.select_related("action"), viewer, Action.CHANGE)
    asked = get_object_or_404(rows, pk=pk)
    back = reverse("actions:action", args=[asked.action_id])
    if request.method != "POST" and (wrong := why_not_withdraw(asked, viewer.at)):
        messages.info(request, wrong)
        return redirect(back)

    def act() -> str:
        withdraw_link(asked=asked, by=viewer)
        return "The link is withdrawn: it leads nowhere any more."

    return confirm_page(
        request,
        title="Withdraw the link",
        button="Withdraw the link",
        act=act,
        intro=f"{asked.whom} can then no longer answer about {asked.action.number}. {asked.action.title}. "
        "They are not told; you can send them another link.",
        back=back,
    )


def news_page(request: HttpRequest, link: OneTaskLink) -> HttpResponse:
    """The question about one action, and the answer to it, for whoever holds the link and its code."""
    now = timezone.now()
    asked = asked_by(link, now)
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    speak_plainly(form)
    if request.method == "POST" and form.is_valid():
        done = redirect("signing_in:task-receipt", request.resolver_match.kwargs["token"])  # type: ignore[union-attr]
        try:
            answer(asked=asked, words=form.cleaned_data["words"], at=now)
        except BadInput:
            return done  # sent twice: the first one is kept
        return done
    return render(request, "actions/news.html", {"form": form, "asked": asked})


one_task(PURPOSE, news_page, title="Say how far an action of the board is", kind=ACTION, may_send=may_ask)
