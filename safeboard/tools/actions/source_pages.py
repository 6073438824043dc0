"""The pages of what actions come from: one source with its recommendations and actions, and adding to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Sensitivity
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.tools.actions.action_pages import agreed_of
from safeboard.tools.actions.codes import SourceKind
from safeboard.tools.actions.forms import ActionForm, RecommendationForm, SourceForm
from safeboard.tools.actions.guards import SOURCE
from safeboard.tools.actions.models import Source
from safeboard.tools.actions.selectors import actions, recommendations, sources
from safeboard.tools.actions.services import add_action, add_recommendation, add_source


@door(Module.ACTIONS, Action.OPEN)
def source_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One source: what it recommends, and what is done about it."""
    viewer = viewer_from(request)
    changes = Exists(visible(Source.objects.all(), viewer, Action.CHANGE).filter(pk=OuterRef("pk")))
    row: Any = get_object_or_404(sources(viewer, Action.OPEN).annotate(viewer_changes=changes), pk=pk)
    done = actions(viewer, Action.OPEN).filter(source=row).order_by("recommendation__number", "due_on", "number")
    return record_page(
        request,
        kind=SOURCE,
        record=row,
        title=row.title,
        facts=[
            ("Kind", SourceKind(row.kind)),
            ("Date", row.dated_on),
            ("Actions", row.acted),
            ("Open", row.still_open),
        ],
        cards=[_card(row)],
        buttons=_buttons(row, viewer),
        hidden=frozenset({"record_kind", "object_id", "load"}),
        extra_template="actions/source.html",
        context={"recommendations": recommendations(viewer, row), "actions": done},
    )


def _card(row: Any) -> Card:
    return Card(
        "Source",
        [
            ("Kind", SourceKind(row.kind), ""),
            ("Date", row.dated_on, ""),
            ("Entered by", row.agency.name, ""),
            ("Sensitivity", Sensitivity(row.sensitivity), ""),
        ],
    )


def _buttons(row: Any, viewer: Viewer) -> list[Button]:
    """Whoever may add gives actions to any source; what it recommends is for those who may change it."""
    if not viewer.may(Module.ACTIONS, Action.ADD):
        return []
    add = Button("Add an action", reverse("actions:add-to", args=[row.pk]), main=True)
    recommend = Button("Add a recommendation", reverse("actions:add-recommendation", args=[row.pk]))
    return [add, recommend] if row.viewer_changes else [add]


@door(Module.ACTIONS, Action.ADD)
def add_source_page(request: HttpRequest) -> HttpResponse:
    """Add a source, then go on to its page."""
    viewer = viewer_from(request)

    def saved(given: dict[str, Any]) -> HttpResponse:
        made = add_source(
            kind=SourceKind(given["kind"]),
            title=given["title"],
            dated_on=given["dated_on"],
            sensitivity=Sensitivity(given["sensitivity"]),
            by=viewer,
        )
        messages.success(request, "The source is in the register. Add its recommendations and actions.")
        return redirect("actions:source", made.pk)

    form = SourceForm(request.POST or None, viewer=viewer)
    return form_page(
        request,
        form,
        title="Add a source",
        save=saved,
        draft_key="action-source",
        intro="What do the actions come from? A review, an audit, a complaint, a meeting, the business plan.",
        back=reverse("actions:sources"),
    )


@door(Module.ACTIONS, Action.ADD)
def add_page(request: HttpRequest) -> HttpResponse:
    """Choose the source of a new action, or add one."""
    viewer = viewer_from(request)
    rows = sources(viewer, Action.OPEN)[:100]
    noted(request, Did.LISTED, SOURCE)
    return render(request, "actions/choose_source.html", {"sources": rows})


@door(Module.ACTIONS, Action.ADD)
def add_to_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add an action to a source."""
    viewer = viewer_from(request)
    source = get_object_or_404(sources(viewer, Action.OPEN), pk=pk)
    form = ActionForm(
        request.POST or None,
        viewer=viewer,
        recommendations=visible(source.recommendations.all(), viewer, Action.OPEN),
        initial={"agency": viewer.seat.agency_id},
    )

    def saved(given: dict[str, Any]) -> HttpResponse:
        made = add_action(
            source=source,
            agreed=agreed_of(given),
            due_on=given["due_on"],
            recommendation=given["recommendation"],
            by=viewer,
        )
        messages.success(request, f"The action is in the register under number {made.number}.")
        return redirect("actions:action", made.pk)

    return form_page(
        request,
        form,
        title="Add an action",
        save=saved,
        draft_key=f"action-add-{source.pk}",
        intro=f"{SourceKind(source.kind).label}: {source.title}",
        back=reverse("actions:source", args=[source.pk]),
    )


@door(Module.ACTIONS, Action.ADD)
def add_recommendation_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add what the source recommends."""
    viewer = viewer_from(request)
    source = get_object_or_404(sources(viewer, Action.CHANGE), pk=pk)

    def saved(given: dict[str, Any]) -> HttpResponse:
        made = add_recommendation(source=source, words=given["words"], by=viewer)
        messages.success(request, f"It is recommendation {made.number}.")
        return redirect("actions:source", source.pk)

    return form_page(
        request,
        RecommendationForm(request.POST or None),
        title="Add a recommendation",
        save=saved,
        draft_key=f"action-recommendation-{source.pk}",
        intro=source.title,
        back=reverse("actions:source", args=[source.pk]),
    )
