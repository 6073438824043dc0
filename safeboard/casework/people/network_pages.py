"""The family network picture as a page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.casework.people.identity import show_person_above
from safeboard.casework.people.selectors import record_of
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.words import Action, Module


@door(Module.PEOPLE, Action.OPEN)
def network(request: HttpRequest, person: UUID) -> HttpResponse:
    viewer = viewer_from(request)
    record = record_of(viewer, person)
    show_person_above(request, record)
    return render(request, "people/network.html", {"record": record})
