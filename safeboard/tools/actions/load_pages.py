"""Loading from Excel by pages: the template, the file, what is wrong with it, the load, and its undoing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import may, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.exports import Taking, take_out
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.spreadsheets.sheets import LARGEST
from safeboard.foundation.spreadsheets.template import template
from safeboard.tools.actions.guards import LOAD
from safeboard.tools.actions.layout import LAYOUT, Titles
from safeboard.tools.actions.loading import hold, load, undo
from safeboard.tools.actions.loading_rules import day_written
from safeboard.tools.actions.models import ActionLoad
from safeboard.tools.actions.selectors import agencies, themes

FIRST_SHOWN = 500
"""Problems on the page of a load: a longer one is slow to show, and nobody mends more at a time."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LoadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="Excel workbook or CSV file",
        max_length=200,
        help_text="Up to 1,000 rows and 5 MB. Nothing is in the register before you have seen what would be loaded.",
    )


@door(Module.ACTIONS, Action.ADD)
def loads_page(request: HttpRequest) -> HttpResponse:
    """Give a file; the loads before."""
    viewer = viewer_from(request)

    def saved(given: dict[str, Any]) -> HttpResponse:
        # One byte more than is read tells that it is too large, without taking all of it in.
        made = hold(content=given["file"].read(LARGEST + 1), name=given["file"].name, by=viewer)
        return redirect("actions:load", made.pk)

    rows = visible(ActionLoad.objects.exclude(loaded_at=None), viewer, Action.ADD).select_related("made_by")[:20]
    return form_page(
        request,
        LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm(),
        title="Load actions from Excel",
        save=saved,
        button="Check the file",
        template="actions/loads.html",
        context={"loads": rows},
    )


@door(Module.ACTIONS, Action.ADD, file_by="GET")
def template_page(request: HttpRequest) -> HttpResponse:
    """The empty workbook, with the area's agencies and themes to choose from."""
    viewer = viewer_from(request)
    names = [agency.name for agency in agencies(viewer)]
    lists = {Titles.AGENCY: names, Titles.CONTRIBUTING: names, Titles.THEMES: [theme.name for theme in themes(viewer)]}
    headers = {"Content-Disposition": 'attachment; filename="actions-template.xlsx"'}
    return HttpResponse(template(LAYOUT, {str(key): words for key, words in lists.items()}), EXCEL, headers=headers)


@door(Module.ACTIONS, Action.ADD)
def load_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one file holds: everything that is wrong with it, or what would be loaded, or what was."""
    viewer = viewer_from(request)
    row = get_object_or_404(visible(ActionLoad.objects.all(), viewer, Action.ADD), pk=pk)
    noted(request, Did.OPENED, LOAD, row.pk)
    shown = [_shown(each["line"], each["cells"]) for each in row.rows]
    loaded = row.loaded_at and not row.undone_at
    made = visible(row.actions.order_by("number"), viewer, Action.OPEN) if loaded else ()
    context = {
        "load": row,
        "rows": shown,
        "made": made,
        "problems": row.problems[:FIRST_SHOWN],
        "found": _found(row),
        "takes_problems": bool(row.problems) and _takes_problems(viewer, row),
    }
    return render(request, "actions/load.html", context)


def _found(load: ActionLoad) -> int:
    """How many problems the file has: of loads read before they were counted, those that were kept."""
    return max(load.problems_in_all, len(load.problems))


def _takes_problems(viewer: Viewer, load: ActionLoad) -> bool:
    """What is wrong with one's own file is one's own to take; with another's, theirs who may export the register."""
    return load.made_by_id == viewer.user.pk or may(viewer, Action.EXPORT, load)


@door(Module.ACTIONS, Action.ADD, file_by="POST")
def problems_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every problem of one file that was kept, as a file to mend by."""
    viewer = viewer_from(request)
    row = get_object_or_404(visible(ActionLoad.objects.exclude(problems=[]), viewer, Action.ADD), pk=pk)
    if not _takes_problems(viewer, row):
        raise Http404
    kept = [[each[name] for name in ("line", "column", "message", "found", "remedy")] for each in row.problems]
    taking = Taking(
        key="actions-load-problems",
        title="Problems in a file of actions",
        kind=LOAD,
        object_id=str(row.pk),
        counted=f"{len(kept):,} problem{'' if len(kept) == 1 else 's'}",
        more_than=lambda most: len(kept) > most,
        heads=("Row", "Column", "What is wrong", "Found", "What to do"),
        rows=lambda: kept,
        back=reverse("actions:load", args=[row.pk]),
        back_words="Back to the load",
    )
    return take_out(request, taking)


def _shown(line: int, cells: Mapping[str, str]) -> dict[str, Any]:
    """A row as the page shows it: its days as they were understood, not as they were written."""
    said: dict[str, Any] = {title.name.lower(): cells.get(title.value, "") for title in Titles}
    days = {name: day_written(said[name]) for name in ("first_due", "due")}
    return {"line": line, **said, **days}


@require_POST
@door(Module.ACTIONS, Action.ADD)
def load_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Load every row of a file, or none."""
    return _done(request, pk, "load")


@require_POST
@door(Module.ACTIONS, Action.ADD)
def undo_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a whole load out again."""
    return _done(request, pk, "undo")


def _done(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    viewer = viewer_from(request)
    row = get_object_or_404(visible(ActionLoad.objects.all(), viewer, Action.ADD), pk=pk)
    try:
        with transaction.atomic():
            if what == "load":
                made = load(held=row, by=viewer)
                messages.success(request, f"{len(made)} actions are in the register.")
            else:
                messages.success(request, f"{undo(held=row, by=viewer)} actions are out of the register again.")
    except BadInput as wrong:
        for problem in wrong.problems[:10]:
            messages.error(request, str(problem))
    return redirect("actions:load", row.pk)
