"""The pages of users and their seats. The address names a seat: a user is reached by one that the viewer may see."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.forms import ChooseAgencyForm, ReasonForm, SeatForm
from safeboard.foundation.administering.guards import SEAT
from safeboard.foundation.administering.register import role_words
from safeboard.foundation.administering.selectors import seats, seats_of_user
from safeboard.foundation.administering.services import close_account, end_seat, give_seat, sign_out_everywhere
from safeboard.foundation.agencies.models import Agency, Team
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.foundation.pages.tables import Link, Table
from safeboard.foundation.signing_in.administering import administered_by, roles_to_give


@door(Module.USERS, Action.OPEN)
def seat_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One seat with its holder's account, and the holder's other seats that the viewer may see."""
    viewer = viewer_from(request)
    row = get_object_or_404(seats(viewer, Action.OPEN), pk=pk)
    role = roles().get(row.role)
    return record_page(
        request,
        kind=SEAT,
        record=row,
        title=row.user.name,
        facts=[("Role", role_words(row.role)), ("Agency", row.agency.name)],
        cards=[
            Card(
                "Seat",
                [
                    ("Role", role_words(row.role), ""),
                    ("What it may do", role.plain if role else "", ""),
                    ("Agency", row.agency.name, ""),
                    ("Team", row.team and row.team.name, ""),
                    ("From", row.starts_on, ""),
                    ("To", row.ends_on, ""),
                ],
            ),
            Card(
                "Account",
                [
                    ("E-mail address", row.user.email, ""),
                    ("State", "Open" if row.user.is_active else "Closed", ""),
                    ("Last signed in", row.user.last_login, ""),
                ],
            ),
        ],
        buttons=_buttons(viewer, row),
        extra_template="pages/tables.html",
        context={"tables": [_all_seats(viewer, row)]},
    )


def _buttons(viewer: Viewer, row: Seat) -> list[Button]:
    if not viewer.may(Module.USERS, Action.ADMINISTER) or row.user_id == viewer.user.pk:
        return []
    buttons = [Button("Give another seat", reverse("administering:choose-agency", args=[row.pk]))]
    if row.ends_on is None or row.ends_on >= viewer.at.date():
        buttons.append(Button("End this seat", reverse("administering:end-seat", args=[row.pk])))
        buttons.append(Button("Sign out everywhere", reverse("administering:sign-out", args=[row.pk])))
    if row.user.is_active:
        buttons.append(Button("Close the account", reverse("administering:close-account", args=[row.pk])))
    return buttons


def _all_seats(viewer: Viewer, row: Seat) -> Table:
    return Table(
        "All seats of this user that you may see",
        ("Role", "Agency", "From", "To"),
        [
            (
                Link(role_words(each.role), reverse("administering:seat", args=[each.pk])),
                each.agency.name,
                each.starts_on,
                each.ends_on,
            )
            for each in seats_of_user(viewer, row.user)
        ],
    )


@door(Module.USERS, Action.ADMINISTER)
def choose_agency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """At which agency another seat is given; with one agency alone there is nothing to choose."""
    viewer = viewer_from(request)
    row = _administered(viewer, pk)
    agencies = list(administered_by(viewer))
    if len(agencies) == 1:
        return redirect("administering:give-seat", pk, agencies[0].pk)

    def saved(given: dict[str, Any]) -> HttpResponse:
        return redirect("administering:give-seat", pk, int(given["agency"]))

    form = ChooseAgencyForm(request.POST or None, agencies=agencies)
    back = reverse("administering:seat", args=[pk])
    return form_page(request, form, title=f"Another seat for {row.user.name}", save=saved, button="Go on", back=back)


@door(Module.USERS, Action.ADMINISTER)
def give_seat_page(request: HttpRequest, pk: int, agency: int) -> HttpResponse:
    """Give the holder of a seat another one."""
    viewer = viewer_from(request)
    row = _administered(viewer, pk)
    at: Agency = get_object_or_404(administered_by(viewer), pk=agency)

    def saved(given: dict[str, Any]) -> HttpResponse:
        team = Team.objects.filter(agency=at, pk=given["team"]).first() if given["team"] else None
        made = give_seat(
            user=row.user,
            role=given["role"],
            agency=at,
            team=team,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=viewer,
        )
        messages.success(request, "The seat is given.")
        return redirect("administering:seat", made.pk)

    form = SeatForm(
        request.POST or None,
        roles=roles_to_give(viewer, at),
        teams=visible(at.teams.all(), viewer, Action.FIND),
        initial={"starts_on": viewer.at.date()},
    )
    back = reverse("administering:seat", args=[pk])
    return form_page(request, form, title=f"A seat at {at.name} for {row.user.name}", save=saved, back=back)


@door(Module.USERS, Action.ADMINISTER)
def end_seat_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat, when one is sure."""
    viewer = viewer_from(request)
    row = _administered(viewer, pk)

    def act() -> str:
        end_seat(seat=row, by=viewer)
        return "The seat has ended."

    return confirm_page(
        request,
        title=f"End the seat of {row.user.name} as {role_words(row.role)}?",
        button="End the seat",
        act=act,
        intro="It ends at once: at their next page they are signed out of it. Other seats go on.",
        back=reverse("administering:seat", args=[pk]),
    )


@door(Module.USERS, Action.ADMINISTER)
def sign_out_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End every session of a seat's holder, with a reason. One's own are ended where one is signed in."""
    viewer = viewer_from(request)
    row = _administered(viewer, pk)

    def saved(given: dict[str, Any]) -> HttpResponse:
        sign_out_everywhere(seat=row, reason=given["reason"], by=viewer)
        messages.success(request, "They are signed out everywhere, and are told so.")
        return redirect("administering:seat", pk)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        title=f"Sign {row.user.name} out everywhere?",
        intro="For a lost telephone, or a desk that was left open. They can sign in again: to prevent that, close the "
        "account.",
        button="Sign out everywhere",
        save=saved,
        back=reverse("administering:seat", args=[pk]),
    )


@door(Module.USERS, Action.ADMINISTER)
def close_account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account of a seat's holder, when one is sure."""
    viewer = viewer_from(request)
    row = _administered(viewer, pk)

    def act() -> str:
        close_account(user=row.user, by=viewer)
        return "The account is closed."

    return confirm_page(
        request,
        title=f"Close the account of {row.user.name}?",
        button="Close the account",
        act=act,
        intro="All their seats end at once and nobody signs in with it any more. What they did stays in the records.",
        back=reverse("administering:seat", args=[pk]),
    )


def _administered(viewer: Viewer, pk: int) -> Seat:
    row: Seat = get_object_or_404(seats(viewer, Action.ADMINISTER), pk=pk)
    if row.user_id == viewer.user.pk:
        raise Http404
    return row
