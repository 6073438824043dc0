"""Who works with a record: shown to those who may open it, recorded and ended by those who may change it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import record_door, viewer_from
from safeboard.foundation.access.involving import end_involvement, involve, involved
from safeboard.foundation.access.records import address_of, found, one_of
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.confidentiality.closed_pages import title_of
from safeboard.foundation.confidentiality.forms import InvolveForm
from safeboard.foundation.pages.forms import form_page


@record_door(Action.OPEN)
def involvements(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """Who is involved with a record, now and before."""
    viewer = viewer_from(request)
    noted(request, Did.OPENED, kind, object_id, {"part": "involvement"})
    today = timezone.localdate(viewer.at)
    rows = [(row, row.ends_on is None or row.ends_on >= today) for row in involved(kind, object_id, viewer)]
    shown = {
        "title": title_of(viewer, kind, object_id),
        "one": one_of(kind),
        "rows": rows,
        "changes": found(viewer, kind, object_id, Action.CHANGE) is not None,
        "add": reverse("confidentiality:involve", args=[kind, object_id]),
        "record": address_of(kind, object_id),
        "here": (kind, object_id),
    }
    return render(request, "confidentiality/involved.html", shown)


@record_door(Action.CHANGE)
def involve_one(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """Record that somebody works with a record."""
    viewer = viewer_from(request)
    agencies = _agencies(viewer)
    here = reverse("confidentiality:involved", args=[kind, object_id])

    def save(given: dict[str, Any]) -> HttpResponse:
        involve(
            kind=kind,
            object_id=object_id,
            user=given["user"],
            agency=next((agency for agency in agencies if str(agency.pk) == given["agency"]), None),
            why=given["why"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=viewer,
        )
        return redirect(here)

    return form_page(
        request,
        InvolveForm(request.POST or None, agencies=[(agency.pk, agency.name) for agency in agencies]),
        title=f"Who works with this {one_of(kind)}?",
        save=save,
        intro=title_of(viewer, kind, object_id),
        back=here,
    )


@require_POST
@record_door(Action.CHANGE)
def end_one(request: HttpRequest, kind: str, object_id: str, pk: int) -> HttpResponse:
    """End an involvement."""
    viewer = viewer_from(request)
    row = get_object_or_404(involved(kind, object_id, viewer), pk=pk)
    end_involvement(involvement=row, by=viewer)
    messages.success(request, "The involvement has ended.")
    if found(viewer, kind, object_id, Action.OPEN) is None:
        raise Http404
    return redirect("confidentiality:involved", kind, object_id)


def _agencies(viewer: Viewer) -> list[Agency]:
    """The running agencies of the viewer's area."""
    return list(Agency.objects.filter(area_id=viewer.area_id, ended_on=None))
