"""The pages of the area, and of what it shares with others."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.forms import ProposalForm
from safeboard.foundation.administering.guards import AREA, ARRANGEMENT, PROPOSAL
from safeboard.foundation.administering.models import Proposal
from safeboard.foundation.administering.register import shared_areas, state_of
from safeboard.foundation.administering.selectors import (
    areas,
    arrangements,
    other_areas,
    populations_of,
    proposals,
)
from safeboard.foundation.administering.sharing import agree, end_arrangement, propose, withdraw
from safeboard.foundation.agencies.areas import all_areas, same_authority
from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.foundation.pages.tables import Table


@door(Module.HOUSE, Action.FIND)
def area_page(request: HttpRequest) -> HttpResponse:
    """The area one administers: its codes, region and populations."""
    viewer = viewer_from(request)
    row = get_object_or_404(areas(viewer, Action.OPEN), pk=viewer.area_id)
    return record_page(
        request,
        kind=AREA,
        record=row,
        title=row.name,
        facts=[("ONS code", row.code)],
        cards=[Card("Area", _facts(row))],
        buttons=[
            *_to_add_an_agency(viewer),
            Button("Agencies", reverse("administering:agencies")),
            Button("Arrangements", reverse("administering:arrangements")),
        ],
        extra_template="pages/tables.html",
        context={"tables": [_populations(row)]},
    )


def _to_add_an_agency(viewer: Viewer) -> list[Button]:
    administers = viewer.may(Module.HOUSE, Action.ADMINISTER)
    return [Button("Add an agency", reverse("administering:add-agency"), main=True)] if administers else []


def _facts(row: BoardArea) -> list[tuple[str, object, str]]:
    known = next((area for area in all_areas() if area.code == row.code), None)
    return [
        ("ONS code", row.code, ""),
        ("Three-digit code", known.old_code if known else "", ""),
        ("Region", f"{known.region_name} ({known.region_code})" if known and known.region_code else "", ""),
        ("Other codes it has had", ", ".join(same_authority(row.code)[1:]), ""),
    ]


def _populations(row: BoardArea) -> Table:
    return Table(
        "Children aged 0 to 17, newest estimate of each vintage",
        ("Vintage", "Mid-year", "Children", "Source"),
        [(each.vintage, str(each.mid_year), each.count, each.source) for each in populations_of(row)],
        "No estimate is held for this area, so rates per 10,000 cannot be given.",
        frozenset({"Children"}),
    )


@door(Module.HOUSE, Action.OPEN)
def arrangement_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One arrangement."""
    viewer = viewer_from(request)
    row = get_object_or_404(arrangements(viewer, Action.OPEN), pk=pk)
    ends = viewer.may(Module.HOUSE, Action.ADMINISTER) and state_of(row) != "Ended"
    return record_page(
        request,
        kind=ARRANGEMENT,
        record=row,
        title=row.name,
        facts=[("State", state_of(row))],
        cards=[
            Card(
                "Arrangement",
                [
                    ("Shares", Module(row.module), ""),
                    ("Among", shared_areas(row), ""),
                    ("From", row.starts_on, ""),
                    ("To", row.ends_on, ""),
                ],
            )
        ],
        buttons=[Button("End it", reverse("administering:end-arrangement", args=[pk]))] if ends else [],
    )


@door(Module.HOUSE, Action.ADMINISTER)
def end_arrangement_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End an arrangement, when one is sure."""
    viewer = viewer_from(request)
    row = get_object_or_404(arrangements(viewer, Action.ADMINISTER), pk=pk)

    def act() -> str:
        end_arrangement(arrangement=row, by=viewer)
        return "The arrangement has ended."

    return confirm_page(
        request,
        title=f"End {row.name}?",
        button="End it",
        act=act,
        intro=f"{shared_areas(row)} see no more of each other's records from it, at once.",
        back=reverse("administering:arrangement", args=[pk]),
    )


@door(Module.HOUSE, Action.ADMINISTER)
def propose_page(request: HttpRequest) -> HttpResponse:
    """Propose an arrangement to other areas."""
    viewer = viewer_from(request)
    others = list(other_areas(viewer))

    def saved(given: dict[str, Any]) -> HttpResponse:
        propose(
            name=given["name"],
            module=Module(given["module"]),
            areas=[area for area in others if str(area.pk) in given["areas"]],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=viewer,
        )
        messages.success(request, "It is proposed. It holds once each area's administrator has agreed.")
        return redirect("administering:proposals")

    form = ProposalForm(request.POST or None, areas=others)
    intro = "Nothing is shared until the administrator of each area has agreed. Your own area takes part."
    back = reverse("administering:proposals")
    return form_page(
        request, form, title="Propose an arrangement", save=saved, intro=intro, button="Propose it", back=back
    )


@door(Module.HOUSE, Action.ADMINISTER)
def proposals_page(request: HttpRequest) -> HttpResponse:
    """The proposals that wait for an agreement."""
    viewer = viewer_from(request)
    noted(request, Did.LISTED, PROPOSAL)
    rows = [
        (row, shared_areas(row), Module(row.module).label, _waits(row, viewer))
        for row in proposals(viewer, Action.FIND)
    ]
    return render(request, "administering/proposals.html", {"rows": rows})


def _waits(row: Proposal, viewer: Viewer) -> bool:
    """Whether the viewer's own area has not agreed yet."""
    return viewer.area_id not in {each.area_id for each in row.agreements.all()}


@require_POST
@door(Module.HOUSE, Action.ADMINISTER)
def agree_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a proposal for one's area."""
    viewer = viewer_from(request)
    row = get_object_or_404(proposals(viewer, Action.ADMINISTER), pk=pk)
    try:
        made = agree(proposal=row, by=viewer)
    except BadInput as wrong:
        messages.error(request, str(wrong))
        return redirect("administering:proposals")
    if made is None:
        messages.success(request, "Your area has agreed. Others have not yet.")
        return redirect("administering:proposals")
    messages.success(request, "Every area has agreed: the arrangement is made.")
    return redirect("administering:arrangement", made.pk)


@require_POST
@door(Module.HOUSE, Action.ADMINISTER)
def withdraw_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a proposal, or take it back."""
    viewer = viewer_from(request)
    row = get_object_or_404(proposals(viewer, Action.ADMINISTER), pk=pk)
    withdraw(proposal=row, by=viewer)
    messages.success(request, "The proposal is withdrawn. Nothing is shared by it.")
    return redirect("administering:proposals")
