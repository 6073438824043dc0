"""Pages that fail, each in one way."""

from typing import Any

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from safeboard.foundation.access.doors import signed_in_door
from safeboard.foundation.pages.forms import form_page


@signed_in_door("a test")
def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost")


@signed_in_door("a test")
def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


class FileForm(forms.Form):
    words = forms.CharField(label="Words")
    file = forms.FileField(label="File")


@signed_in_door("a test")
def with_file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()

    def save(given: dict[str, Any]) -> HttpResponse:
        return HttpResponse(f"{given['file'].size} {given['words']}")

    return form_page(request, form, title="A file", save=save)
