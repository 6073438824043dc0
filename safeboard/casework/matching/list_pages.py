"""Pages on which an agency's list is read in, looked through, linked, and its linking undone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.casework.matching import linkage
from safeboard.casework.matching.forms import ListForm
from safeboard.casework.matching.guards import LIST
from safeboard.casework.matching.models import AgencyList
from safeboard.casework.matching.selectors import listed, lists
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.spreadsheets.template import template

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(Module.PEOPLE, Action.CHANGE)
def all_lists(request: HttpRequest) -> HttpResponse:
    """The lists one has read in, each with how many rows came to what."""
    rows = lists(viewer_from(request), Action.OPEN)
    return render(request, "matching/lists.html", {"lists": rows})


@door(Module.PEOPLE, Action.CHANGE)
def read_list(request: HttpRequest) -> HttpResponse:
    """Read in a list: a dry run, which changes nothing."""
    viewer = viewer_from(request)

    def save(given: dict[str, Any]) -> HttpResponse:
        file = given["file"]
        made = linkage.hold_against_ours(content=file.read(), name=file.name, by=viewer)
        noted(request, Did.SEARCHED, LIST, made.pk, {"rows": made.rows.count()})
        messages.success(request, "Every row has been held against our records. Nothing is changed yet.")
        return redirect("matching:lists")

    form = ListForm(request.POST or None, request.FILES or None)
    return form_page(
        request,
        form,
        title="Hold an agency's list against ours",
        intro="Each row is matched, possible, not known or not readable, with the reason, among the records you may "
        "open. Nothing is changed before you link the list.",
        save=save,
        button="Read the list",
        back=reverse("matching:lists"),
    )


@door(Module.PEOPLE, Action.CHANGE)
def list_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook, every column explained."""
    headers = {"Content-Disposition": 'attachment; filename="list-template.xlsx"'}
    return HttpResponse(template(linkage.LAYOUT, {}), EXCEL, headers=headers)


@door(Module.PEOPLE, Action.CHANGE)
def link_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the agency's numbers on the matched records."""
    viewer, held = viewer_from(request), _list(request, pk)

    return confirm_page(
        request,
        title=f"Link list {pk}",
        button="Link",
        act=lambda: f"Numbers put on records: {linkage.link(held=held, by=viewer)}.",
        intro=f"The number by which {held.agency.name} knows them is put on the record of each matched row. Possible "
        "and unknown rows are left alone. It can be undone.",
        back=reverse("matching:lists"),
    )


@door(Module.PEOPLE, Action.CHANGE)
def undo_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the linking of a list back."""
    viewer, held = viewer_from(request), _list(request, pk)

    return confirm_page(
        request,
        title=f"Undo the linking of list {pk}",
        button="Undo",
        act=lambda: f"Numbers ended: {linkage.undo_link(held=held, by=viewer)}.",
        intro="The numbers that linking put on records are ended. They stay in the records' history.",
        back=reverse("matching:lists"),
    )


@door(Module.PEOPLE, Action.OPEN)
def listed_person(request: HttpRequest, pk: int) -> HttpResponse:
    """From a row to our record of the person, or back to the rows where it has none."""
    row = listed(viewer_from(request), Action.OPEN).filter(pk=pk).first()
    if row is None:
        raise Http404
    return redirect("people:person", row.person_id) if row.person_id else redirect("matching:listed")


def _list(request: HttpRequest, pk: int) -> AgencyList:
    found: AgencyList | None = lists(viewer_from(request), Action.CHANGE).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
