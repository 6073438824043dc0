"""The family network picture as a page: the picture, what its signs mean, and the same in words."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.identity import show_person_above
from safeboard.casework.people.network_drawing import draw
from safeboard.casework.people.network_sheets import sheets_of
from safeboard.casework.people.network_words import told
from safeboard.casework.people.selectors import network_of, record_of
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted


@door(Module.PEOPLE, Action.OPEN)
def network(request: HttpRequest, person: UUID) -> HttpResponse:
    """Family as far as the viewer may know of it, round the person. That it was read is noted."""
    viewer = viewer_from(request)
    record = record_of(viewer, person)
    family = network_of(viewer, record)
    noted(request, Did.OPENED, PERSON, record.person.pk, {"what": "family network", "people": len(family.members)})
    show_person_above(request, record)
    drawing = draw(family, record.on)
    shown = {"record": record, "family": family, "drawing": drawing, "sheets": sheets_of(drawing)}
    shown["told"] = told(family, record.on)
    return render(request, "people/network.html", shown)
