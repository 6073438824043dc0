"""Adding a person: after a search, first the kind, then what that kind is asked."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from safeboard.casework.people.forms import NEW_FORMS, KindForm
from safeboard.casework.people.search_first import searched, similar, typed_before
from safeboard.casework.people.services import add_person
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.forms import form_page

SEARCH = "matching:search"
"""The search page stands in a room above this one; it is known by its name alone."""

NONE_OF_THEM = "none_of_them"
TITLES = {"child": "Add a child", "adult": "Add an adult", "unborn": "Add an unborn child"}


@door(Module.PEOPLE, Action.ADD)
def add(request: HttpRequest) -> HttpResponse:
    """Which kind of person. Whoever has not searched lately is sent to search."""
    if searched(request.session, viewer_from(request)) is None:
        messages.info(request, "Search first: the person may have a record already.")
        return redirect(_search_page())
    form = KindForm(request.POST or None)
    return form_page(
        request,
        form,
        title="Add a person",
        save=lambda given: redirect("people:add-kind", given["kind"]),
        button="Continue",
        back=reverse("people:people"),
    )


@door(Module.PEOPLE, Action.ADD)
def add_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """What this kind of person is asked. What was typed is kept if the search is too old meanwhile."""
    if kind not in NEW_FORMS:
        raise Http404
    viewer = viewer_from(request)

    def save(given: dict[str, object]) -> HttpResponse:
        given.pop(NONE_OF_THEM, None)
        person = add_person(kind=kind, searched=searched(request.session, viewer), by=viewer, **given)  # type: ignore[arg-type]
        messages.success(request, "The record is made. Add names, numbers, addresses and family as you know them.")
        return redirect("people:person", person.pk)

    form = NEW_FORMS[kind](request.POST or None, initial=typed_before(request.session))
    _show_similar(form, viewer)
    back = reverse("people:people")
    return form_page(request, form, title=TITLES[kind], save=save, draft_key=f"people-add-{kind}", back=back)


def _show_similar(form: forms.Form, viewer: Viewer) -> None:
    """Once all is typed, name those who may be the same person: a new record is made only if it is none of them."""
    if not form.is_bound or not form.is_valid():
        return
    found = similar(viewer, form.cleaned_data)
    if found:
        form.fields[NONE_OF_THEM] = forms.BooleanField(
            label="It is none of these people",
            help_text=f"There are records like this: {'; '.join(found)}.",
            error_messages={"required": "Look at the records like this. If it is none of them, say so."},
        )
        form.full_clean()


def _search_page() -> str:
    try:
        return reverse(SEARCH)
    except NoReverseMatch:
        return reverse("people:people")
