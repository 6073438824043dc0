"""The pages on which a person is added: after a search, one question a page, then all checked and saved at once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from safeboard.casework.people.adding import STEPS, add_all, birth_of, name_in
from safeboard.casework.people.forms_of_adding import NoneOfThemForm
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.search_first import (
    Similar,
    begin_record,
    carried_into,
    remember_search,
    searched,
    similar,
)
from safeboard.casework.people.selectors import day_of
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.step_pages import journey_urls
from safeboard.foundation.pages.steps import Answers, Journey

SEARCH = "matching:search"
"""The search page stands in a room above this one; it is known by its name alone."""

REVIEWED_AFTER: Final = timedelta(days=91)
"""What the form proposes: a danger is looked at again within three months."""


@door(Module.PEOPLE, Action.ADD)
def add(request: HttpRequest) -> HttpResponse:
    """Begin a new record with what was searched for. Whoever has not searched lately is sent to search."""
    if searched(request.session, viewer_from(request)) is None:
        messages.info(request, "Search first: the person may have a record already.")
        return redirect(_search_page())
    return redirect("people:new-step", begin_record(request.session), STEPS[0].key)


def _known(request: HttpRequest, record: UUID) -> Mapping[str, Mapping[str, Any]]:
    told = carried_into(request.session, record)
    review = day_of(viewer_from(request)) + REVIEWED_AFTER
    return {"who": told, "birth": {"born_on": told.get("born_on")}, "contact": {"review_on": review}}


def _none_of_them(request: HttpRequest, said: Answers, posted: QueryDict | None, record: UUID) -> forms.Form | None:
    """Search for what was typed, and ask whether it is one of those found. Nothing is asked where nobody is like it.

    This is the search that comes before the record, done again with all that is known: it may have taken long to type.
    """
    viewer = viewer_from(request)
    found = similar(viewer, {**said["who"], **birth_of(viewer, said)})
    remember_search(request.session, viewer)
    shown = [str(each.key) for each in found]
    noted(request, Did.SEARCHED, PERSON, "", {"by": ["a new record"], "found": len(found), "shown": shown})
    return _AmongThem(found, posted) if found else None


class _AmongThem(NoneOfThemForm):
    """The question with those it is about."""

    def __init__(self, found: list[Similar], posted: QueryDict | None) -> None:
        super().__init__(posted)
        self.found = found


def _finish(request: HttpRequest, said: Answers, record: UUID) -> HttpResponse:
    viewer = viewer_from(request)
    person = add_all(said=said, searched=searched(request.session, viewer), by=viewer)
    messages.success(request, "The record is made. Add family, and what else you come to know.")
    return redirect("people:person", person.pk)


NEW: Final = Journey(
    key="new",
    title="Add a person",
    module=Module.PEOPLE,
    action=Action.ADD,
    steps=STEPS,
    finish=_finish,
    send="Make the record",
    in_order=True,
    sent_once_by="record",
    called=name_in,
    beginning=_known,
    at_the_check=_none_of_them,
    check_template="people/none_of_them.html",
)
NEW_URLS = journey_urls(NEW, at="add/<uuid:record>/")


def _search_page() -> str:
    try:
        return reverse(SEARCH)
    except NoReverseMatch:
        return reverse("people:people")
