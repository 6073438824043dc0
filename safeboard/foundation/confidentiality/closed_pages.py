"""What stands in place of a closed record, and the page on which the glass is broken."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.foundation.access.break_glass import break_glass, closed_to
from safeboard.foundation.access.confirming import confirmed_again
from safeboard.foundation.access.doors import record_door, viewer_from
from safeboard.foundation.access.records import address_of, not_opened, one_of, record_of_one, reference_of, titled
from safeboard.foundation.access.restricting import whom_to_ask
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.confidentiality.forms import BreakGlassForm
from safeboard.foundation.pages.forms import form_page


@record_door(Action.FIND)
def closed(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """That the record exists, whom to ask, and how to open it in an emergency; once it is open, the record itself."""
    viewer = viewer_from(request)
    if closed_to(viewer, kind, object_id) is None:
        return redirect(address_of(kind, object_id))
    noted(request, Did.REFUSED, kind, object_id)
    shown = {
        "one": one_of(kind),
        "record": record_of_one(kind),
        "reference": reference_of(kind, object_id),
        "ask": whom_to_ask(kind, object_id, viewer),
        "address": reverse("confidentiality:break-glass", args=[kind, object_id]),
    }
    return render(request, "confidentiality/closed.html", shown)


@record_door(Action.FIND)
@confirmed_again
def break_the_glass(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """Say what is happening; the record opens for two hours. The second step of signing in is asked for again first."""
    viewer = viewer_from(request)
    if closed_to(viewer, kind, object_id) is None:
        raise Http404

    def save(given: dict[str, Any]) -> HttpResponse:
        break_glass(kind=kind, object_id=object_id, reason=given["reason"], by=viewer)
        return redirect(address_of(kind, object_id))

    return form_page(
        request,
        BreakGlassForm(request.POST or None),
        title=f"Open this {record_of_one(kind)} in an emergency",
        save=save,
        button="Open it for two hours",
        intro=(
            "You will be able to read this record, and no other, for two hours. "
            "Whoever answers for it and the privacy officer are told now, "
            "and somebody asks about it on the next working day."
        ),
        back=reverse("confidentiality:closed", args=[kind, object_id]),
    )


def title_of(viewer: Viewer, kind: str, object_id: str) -> str:
    """What a record that the viewer knows of is called; one that they may not open, by its reference."""
    shown = titled(viewer, [(kind, object_id)]).get((kind, object_id))
    return shown.title if shown else not_opened(kind, object_id)
