"""Every role in plain words: who may hold it, and what it may do. Generated from the roles themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.foundation.access.doors import signed_in_door
from safeboard.foundation.access.roles_in_words import in_words
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module


@signed_in_door("which role may do what is no secret")
def role_list(request: HttpRequest) -> HttpResponse:
    viewer: Viewer | None = getattr(request, "viewer", None)
    numbers = viewer is not None and viewer.may(Module.PERFORMANCE, Action.OPEN)
    return render(request, "confidentiality/roles.html", {"roles": in_words(), "numbers": numbers})
