"""The pages on which leavers are ended by list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.forms import show_problems
from safeboard.foundation.signing_in.administering import administered_by
from safeboard.foundation.signing_in.forms import StaffForm
from safeboard.foundation.signing_in.leavers import end, hold_against, undo, unknown_to_us
from safeboard.foundation.signing_in.models import LeaversList
from safeboard.foundation.signing_in.staff_list import from_file, from_text

UNKNOWN_IN_SESSION = "addresses that hold no seat"


@door(Module.USERS, Action.ADMINISTER)
def leavers(request: HttpRequest) -> HttpResponse:
    """Give the list of present staff; and the lists given before."""
    viewer = viewer_from(request)
    agencies = list(administered_by(viewer))
    form = StaffForm(request.POST or None, request.FILES or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        agency = next(each for each in agencies if form.cleaned_data.get("agency", str(each.pk)) == str(each.pk))
        try:
            staff = _staff(form)
            made = hold_against(agency=agency, staff=staff, by=viewer)
        except BadInput as wrong:
            show_problems(form, wrong)
        else:
            request.session[UNKNOWN_IN_SESSION] = sorted(unknown_to_us(agency, staff, viewer))
            return redirect("signing_in:leavers-list", made.pk)
    rows = visible(LeaversList.objects.exclude(confirmed_at=None), viewer, Action.FIND).select_related("agency")
    return render(request, "signing_in/leavers.html", {"form": form, "lists": rows[:20]})


def _staff(form: StaffForm) -> frozenset[str]:
    if file := form.cleaned_data["file"]:
        return from_file(str(file.name), file.read())
    if not form.cleaned_data["typed"].strip():
        raise BadInput(Problem("There is no list.", "Paste the addresses, or choose a file.", element="typed"))
    return from_text(form.cleaned_data["typed"])


@door(Module.USERS, Action.ADMINISTER)
def leavers_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whose seats the list ends, before it does and after."""
    row = _found(viewer_from(request), pk)
    gone = [(each, roles()[each.seat.role].title) for each in row.leavers.select_related("seat__user")]
    unknown = request.session.get(UNKNOWN_IN_SESSION, []) if row.confirmed_at is None else []
    return render(request, "signing_in/leavers_list.html", {"row": row, "leavers": gone, "unknown": unknown})


@require_POST
@door(Module.USERS, Action.ADMINISTER)
def end_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End them."""
    viewer = viewer_from(request)
    try:
        end(leavers_list=_found(viewer, pk), by=viewer)
        messages.success(request, "The seats have ended. Who has no other seat is signed out and cannot sign in.")
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("signing_in:leavers-list", pk)


@require_POST
@door(Module.USERS, Action.ADMINISTER)
def undo_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give them back."""
    viewer = viewer_from(request)
    try:
        undo(leavers_list=_found(viewer, pk), by=viewer)
        messages.success(request, "The seats are as they were before.")
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("signing_in:leavers-list", pk)


def _found(viewer: Viewer, pk: UUID) -> LeaversList:
    return get_object_or_404(visible(LeaversList.objects.select_related("agency"), viewer, Action.ADMINISTER), pk=pk)
