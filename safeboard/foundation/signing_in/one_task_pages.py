"""The three pages of a one-task link: its code, the task, the receipt. Whoever has not the link finds none of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from safeboard.foundation.access.doors import public_door
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import acts, note
from safeboard.foundation.pages.plain_words import speak_plainly
from safeboard.foundation.signing_in.forms import CodeForm
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.signing_in.one_task import PURPOSES, code_is_right, found

PROVED_IN_SESSION = "one task"
WHY = "somebody without an account; the link and its code are the proof"


@public_door(WHY)
@never_cache
def ask_code(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code. Opening the link alone, as a mail scanner does, uses nothing up."""
    link = _link(token)
    if _proved(request, link):
        return redirect("signing_in:task-receipt" if link.used_at else "signing_in:task-page", token)
    if link.used_at:
        raise Http404
    form = CodeForm(request.POST or None)
    speak_plainly(form)
    if request.method == "POST" and form.is_valid():
        if code_is_right(link, token, form.cleaned_data["code"]):
            # Another session from here: one that was planted before the code was given is worth nothing.
            request.session.cycle_key()
            request.session[PROVED_IN_SESSION] = str(link.pk)
            return redirect("signing_in:task-page", token)
        note(Did.REFUSED, link.kind, link.object_id, {"one task": str(link.pk)})
        link.refresh_from_db(fields=["tries_left"])
        if not link.tries_left:
            # Answered, not raised: what is raised undoes the request, and with it the counting of the try.
            return render(request, "signing_in/task_ended.html", status=404)
        form.add_error("code", f"This is not the code. Tries left: {link.tries_left}.")
    return render(request, "signing_in/task_code.html", {"form": form, "purpose": PURPOSES[link.purpose]})


@public_door(WHY)
@never_cache
def task(request: HttpRequest, token: str) -> HttpResponse:
    """The one page of the purpose, with the one record."""
    link = _link(token)
    if not _proved(request, link):
        return redirect("signing_in:task", token)
    if link.used_at:
        return redirect("signing_in:task-receipt", token)
    acts(who="", purpose=f"one task {link.pk}")
    note(Did.OPENED, link.kind, link.object_id, {"one task": str(link.pk)})
    return PURPOSES[link.purpose].view(request, link)


@public_door(WHY)
@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was done, when, and the number to quote."""
    link = _link(token)
    if not _proved(request, link) or link.used_at is None:
        raise Http404
    return render(request, "signing_in/task_receipt.html", {"link": link, "purpose": PURPOSES[link.purpose]})


def _link(token: str) -> OneTaskLink:
    link = found(token, timezone.now())
    if link is None:
        raise Http404
    return link


def _proved(request: HttpRequest, link: OneTaskLink) -> bool:
    return request.session.get(PROVED_IN_SESSION) == str(link.pk)
