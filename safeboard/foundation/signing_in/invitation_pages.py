"""The pages on which people are invited, and the one on which they accept."""

from uuid import UUID

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, public_door, viewer_from
from safeboard.foundation.access.models import User
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.forms import show_problems
from safeboard.foundation.signing_in.administering import administered_by, roles_to_give
from safeboard.foundation.signing_in.demo import BACKEND
from safeboard.foundation.signing_in.forms import AcceptForm, InvitationForm
from safeboard.foundation.signing_in.invitations import accept, account_of, found, invite, open_invitations, withdraw
from safeboard.foundation.signing_in.second_factor import SET_UP


@door(Module.USERS, Action.ADMINISTER)
def invitations(request: HttpRequest) -> HttpResponse:
    """The open invitations of the agencies one administers, and a form for another."""
    viewer = viewer_from(request)
    agencies = list(administered_by(viewer))
    given = {role.key: role for agency in agencies for role in roles_to_give(viewer, agency)}
    form = InvitationForm(request.POST or None, agencies=agencies, roles=list(given.values()))
    if request.method == "POST" and form.is_valid():
        agency = next(each for each in agencies if form.cleaned_data.get("agency", str(each.pk)) == str(each.pk))
        try:
            invite(
                email=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                agency=agency,
                by=viewer,
                address=request.build_absolute_uri("/").rstrip("/"),
            )
        except BadInput as wrong:
            show_problems(form, wrong)
        else:
            messages.success(request, "The invitation is on its way. It is good for seven days.")
            return redirect("signing_in:invitations")
    rows = visible(open_invitations(viewer.at), viewer, Action.FIND).select_related("agency", "invited_by")
    shown = [(row, roles()[row.role].title) for row in rows if row.role in roles()]
    return render(request, "signing_in/invitations.html", {"form": form, "invitations": shown})


@require_POST
@door(Module.USERS, Action.ADMINISTER)
def withdraw_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw an open invitation."""
    viewer = viewer_from(request)
    row = get_object_or_404(visible(open_invitations(viewer.at), viewer, Action.ADMINISTER), pk=pk)
    withdraw(invitation=row, by=viewer)
    messages.success(request, "The invitation is withdrawn: its link leads nowhere.")
    return redirect("signing_in:invitations")


@public_door("somebody invited has no account yet; the link is the proof")
@never_cache
def accept_one(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: give a name and a way to sign in, or, with an account, sign in and take the seat."""
    now = timezone.now()
    row = found(token, now)
    if row is None:
        raise Http404
    account = account_of(row)
    if account is not None and request.user != account:
        return redirect_to_login(request.get_full_path())
    form = AcceptForm(request.POST or None, email=row.email) if account is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        try:
            user = accept(invitation=row, at=now, name=given.get("name", ""), password=given.get("password"))
        except BadInput:
            raise Http404 from None
        return _signed_in(request, user, given.get("password") or "") if account is None else redirect("home")
    return render(request, "signing_in/accept.html", {"form": form, "row": row, "role": roles()[row.role]})


def _signed_in(request: HttpRequest, user: User, password: str) -> HttpResponse:
    login(request, user, backend=BACKEND)
    if password:
        # Just chosen: asking for it again before the second step is set up would protect nothing.
        reauthenticate_by_password(request)
    return redirect(SET_UP)
