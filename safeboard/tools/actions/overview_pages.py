"""Pages over all actions: how far each agency's have slipped, the themes, and a file of evidence."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.forms import form_page
from safeboard.tools.actions.codes import SourceKind
from safeboard.tools.actions.evidence import neutral_name, place_of
from safeboard.tools.actions.forms import ThemeForm
from safeboard.tools.actions.guards import ACTION
from safeboard.tools.actions.models import Evidence
from safeboard.tools.actions.selectors import counted_by_theme, slippage_by_agency, today
from safeboard.tools.actions.services import add_theme

BAR = 400
"""The width of the longest bar, in units of the picture."""


@door(Module.ACTIONS, Action.FIND)
def slippage_page(request: HttpRequest) -> HttpResponse:
    """How far the actions of each agency have slipped, as bars and as a table that says the same."""
    viewer = viewer_from(request)
    rows = slippage_by_agency(viewer)
    longest = max((each.median for _, each in rows), default=0) or 1
    bars = [(agency, each, round(BAR * each.median / longest)) for agency, each in rows]
    noted(request, Did.LISTED, ACTION, "", {"page": "slippage"})
    return render(request, "actions/slippage.html", {"bars": bars, "on": today(viewer)})


@door(Module.ACTIONS, Action.FIND)
def themes_page(request: HttpRequest) -> HttpResponse:
    """The themes that return, with how many actions each, and from how many kinds of source."""
    viewer = viewer_from(request)
    rows = [
        {**row, "sources": [SourceKind(kind).label for kind in sorted(row["kinds"])]}  # type: ignore[call-overload]
        for row in counted_by_theme(viewer)
    ]
    noted(request, Did.LISTED, ACTION, "", {"page": "themes"})
    adds = viewer.may(Module.ACTIONS, Action.ADD)
    return render(request, "actions/themes.html", {"themes": rows, "adds": adds})


@door(Module.ACTIONS, Action.ADD)
def add_theme_page(request: HttpRequest) -> HttpResponse:
    """Add a theme."""
    viewer = viewer_from(request)

    def saved(given: dict[str, str]) -> HttpResponse:
        add_theme(name=given["name"], by=viewer)
        messages.success(request, "The theme can be chosen now.")
        return redirect("actions:themes")

    form = ThemeForm(request.POST or None)
    return form_page(request, form, title="Add a theme", save=saved, back=reverse("actions:themes"))


@door(Module.ACTIONS, Action.OPEN, file_by="GET")
def evidence_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of one piece of evidence, for those who may open its action. Always saved, never shown in the page."""
    viewer = viewer_from(request)
    row = get_object_or_404(visible(Evidence.objects.select_related("action"), viewer, Action.OPEN), pk=pk)
    if not row.file_name:
        raise Http404
    noted(request, Did.EXPORTED, ACTION, row.action_id, {"evidence": str(row.pk)})
    try:
        content = place_of(row).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    headers = {
        "Content-Disposition": f'attachment; filename="{neutral_name(row)}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=row.media_type, headers=headers)
