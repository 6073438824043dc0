"""The pages of agencies, their teams and sites."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.forms import AgencyForm, ChangeAgencyForm, SiteForm, TeamForm
from safeboard.foundation.administering.guards import AGENCY
from safeboard.foundation.administering.register import role_words
from safeboard.foundation.administering.selectors import agencies, running, seats
from safeboard.foundation.administering.services import add_agency, add_site, add_team, change_agency
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency, Site
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.foundation.pages.tables import Link, Table

SEATS_SHOWN = 200


@door(Module.USERS, Action.OPEN)
def agency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: its teams and sites, and who holds its seats."""
    viewer = viewer_from(request)
    row: Any = get_object_or_404(agencies(viewer, Action.OPEN), pk=pk)
    teams = visible(row.teams.all(), viewer, Action.OPEN)
    sites = visible(row.sites.all(), viewer, Action.OPEN)
    return record_page(
        request,
        kind=AGENCY,
        record=row,
        title=row.name,
        facts=[("Kind", AgencyKind(row.kind)), ("Seats", row.holders), ("Ended", row.ended_on)],
        cards=[
            Card("Teams", [("Team", team.name, "") for team in teams] or [("Team", None, "")]),
            Card("Sites", [("Site", _written(site), "") for site in sites] or [("Site", None, "")]),
        ],
        buttons=_buttons(viewer, row),
        extra_template="pages/tables.html",
        context={"tables": [_seats(viewer, row)]},
    )


def _written(site: Site) -> str:
    return "\n".join(part for part in (site.name, site.address) if part)


def _buttons(viewer: Viewer, row: Agency) -> list[Button]:
    buttons = []
    if viewer.may(Module.USERS, Action.ADMINISTER) and row.ended_on is None:
        buttons += [
            Button("Add a team", reverse("administering:add-team", args=[row.pk])),
            Button("Add a site", reverse("administering:add-site", args=[row.pk])),
        ]
    if viewer.may(Module.HOUSE, Action.ADMINISTER):
        buttons.append(Button("Change the agency", reverse("administering:change-agency", args=[row.pk])))
    return buttons


def _seats(viewer: Viewer, row: Agency) -> Table:
    rows = seats(viewer, Action.OPEN).filter(running(viewer.at), agency=row).order_by("user__name", "pk")
    return Table(
        "Seats",
        ("Who", "Role", "Team", "From"),
        [
            (
                Link(seat.user.name, reverse("administering:seat", args=[seat.pk])),
                role_words(seat.role),
                seat.team and seat.team.name,
                seat.starts_on,
            )
            for seat in rows[:SEATS_SHOWN]
        ],
        "Nobody sits for this agency.",
    )


@door(Module.HOUSE, Action.ADMINISTER)
def add_agency_page(request: HttpRequest) -> HttpResponse:
    """Add an agency to the area."""
    viewer = viewer_from(request)

    def saved(given: dict[str, Any]) -> HttpResponse:
        made = add_agency(name=given["name"], kind=AgencyKind(given["kind"]), by=viewer)
        messages.success(request, "The agency is added. Invite its administrator next.")
        return redirect("administering:agency", made.pk)

    form = AgencyForm(request.POST or None)
    back = reverse("administering:agencies")
    return form_page(request, form, title="Add an agency", save=saved, back=back)


@door(Module.HOUSE, Action.ADMINISTER)
def change_agency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agency, or end it."""
    viewer = viewer_from(request)
    row = _administered(viewer, pk)

    def saved(given: dict[str, Any]) -> HttpResponse:
        change_agency(
            agency=row, name=given["name"], kind=AgencyKind(given["kind"]), ended_on=given["ended_on"], by=viewer
        )
        messages.success(request, "The agency is changed.")
        return redirect("administering:agency", pk)

    initial = {"name": row.name, "kind": row.kind, "ended_on": row.ended_on}
    form = ChangeAgencyForm(request.POST or None, initial=initial)
    back = reverse("administering:agency", args=[pk])
    return form_page(request, form, title=f"Change {row.name}", save=saved, record=row, back=back)


@door(Module.USERS, Action.ADMINISTER)
def add_team_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a team."""
    return _add(request, pk, TeamForm, "team", lambda agency, given, by: add_team(agency=agency, by=by, **given))


@door(Module.USERS, Action.ADMINISTER)
def add_site_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a site."""
    return _add(request, pk, SiteForm, "site", lambda agency, given, by: add_site(agency=agency, by=by, **given))


def _add(
    request: HttpRequest,
    pk: int,
    form: type[forms.Form],
    what: str,
    add: Callable[[Agency, dict[str, Any], Viewer], object],
) -> HttpResponse:
    viewer = viewer_from(request)
    row = _administered(viewer, pk)
    if row.ended_on is not None:
        raise Http404

    def saved(given: dict[str, Any]) -> HttpResponse:
        add(row, given, viewer)
        messages.success(request, f"The {what} is added.")
        return redirect("administering:agency", pk)

    back = reverse("administering:agency", args=[pk])
    return form_page(request, form(request.POST or None), title=f"Add a {what} to {row.name}", save=saved, back=back)


def _administered(viewer: Viewer, pk: int) -> Agency:
    return get_object_or_404(visible(Agency.objects.all(), viewer, Action.ADMINISTER), pk=pk)
