"""The pages of what actions come from: one source with its recommendations and actions, and adding to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
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
from safeboard.tools.actions.forms import ActionForm, RecommendationForm, SourceForm, SourceRecordForm
from safeboard.tools.actions.guards import SOURCE
from safeboard.tools.actions.models import Source
from safeboard.tools.actions.selectors import actions, recommendations, sources
from safeboard.tools.actions.services import add_action, add_recommendation, add_source
from safeboard.tools.actions.source_record import kinds_to_name, may_name, name_record, named_by

OF_NONE = "The source is of no record of the house."


@door(Module.ACTIONS, Action.OPEN)
def source_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One source: what it recommends, and what is done about it."""
    viewer = viewer_from(request)
    changes = Exists(visible(Source.objects.all(), viewer, Action.CHANGE).filter(pk=OuterRef("pk")))
    row: Any = get_object_or_404(sources(viewer, Action.OPEN).annotate(viewer_changes=changes), pk=pk)
    named = named_by(row, viewer)
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
        buttons=_buttons(row, viewer, names=row.viewer_changes and (named is not None or not row.record_kind)),
        hidden=frozenset({"record_kind", "object_id", "load"}),
        extra_template="actions/source.html",
        context={"recommendations": recommendations(viewer, row), "actions": done, "named": named},
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


def _buttons(row: Any, viewer: Viewer, *, names: bool) -> list[Button]:
    """Whoever may add gives actions to any source; what it recommends is for those who may change it."""
    adds, here = viewer.may(Module.ACTIONS, Action.ADD), [row.pk]
    buttons = [
        (adds, Button("Add an action", reverse("actions:add-to", args=here), main=True)),
        (adds and row.viewer_changes, Button("Add a recommendation", reverse("actions:add-recommendation", args=here))),
        (names, Button("Say which record it is of", reverse("actions:name-record", args=here))),
    ]
    return [button for offered, button in buttons if offered]


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


@door(Module.ACTIONS, Action.CHANGE)
def name_record_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which record of the house a source is of. Not found where it is of one that the viewer may not open."""
    viewer = viewer_from(request)
    source = get_object_or_404(sources(viewer, Action.CHANGE), pk=pk)
    if not may_name(source, viewer):
        raise Http404

    def saved(given: dict[str, Any]) -> HttpResponse:
        name_record(source=source, by=viewer, **given)
        messages.success(request, "The source says which record it is of." if given["record_kind"] else OF_NONE)
        return redirect("actions:source", source.pk)

    held = {"record_kind": source.record_kind, "object_id": source.object_id}
    return form_page(
        request,
        SourceRecordForm(request.POST or None, kinds=kinds_to_name(viewer), initial=held),
        title="Say which record it is of",
        save=saved,
        record=source,
        intro=f"{source.title}. Only those who may open the record see that the source is of it. A restriction that "
        "closes the record to somebody closes the source and its actions to them too.",
        back=reverse("actions:source", args=[source.pk]),
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
