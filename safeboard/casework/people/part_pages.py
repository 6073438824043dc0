"""The pages on which parts of a record are added, changed, ended and taken back: the same four for every part."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from safeboard.casework.people.forms import OnForm
from safeboard.casework.people.forms_of_family import MemberForm
from safeboard.casework.people.identity import show_person_above
from safeboard.casework.people.kept_parts import PARTS, Given, Part
from safeboard.casework.people.known import Record
from safeboard.casework.people.selectors import find_by_words, record_of
from safeboard.casework.people.services import add_member
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.templatetags.pages import article

View = Callable[..., HttpResponse]


def record_to_change(request: HttpRequest, key: UUID) -> tuple[Viewer, Record]:
    """The record of somebody the viewer may change, its warnings above the page. Http404 where they may not."""
    viewer = viewer_from(request)
    record = record_of(viewer, key)
    if Action.CHANGE not in record.allowed:
        raise Http404
    show_person_above(request, record)
    return viewer, record


def back_to(record: Record) -> str:
    return reverse("people:person", args=[record.person.pk])


def done(request: HttpRequest, record: Record, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("people:person", record.person.pk)


def part_urls() -> list[URLPattern]:
    """The addresses of every part's pages, with their doors."""
    return [address for part in PARTS for address in _urls_of(part)]


def _urls_of(part: Part) -> list[URLPattern]:
    at, row = f"<uuid:person>/{part.key}/", f"<uuid:person>/{part.key}/<int:row>/"
    pages: list[tuple[str, str, View]] = [(f"{at}add/", "add", _adding(part))]
    if part.change and part.change_form:
        pages.append((row, "change", _changing(part, part.change, part.change_form)))
    pages += [(f"{row}end/", "end", _ending(part)), (f"{row}back/", "back", _reopening(part))]
    through = door(Module.PEOPLE, Action.CHANGE)
    return [path(address, through(view), name=f"{part.key}-{name}") for address, name, view in pages]


def _row(part: Part, record: Record, key: int) -> Model:
    row: Model | None = next((each for each in part.rows(record) if each.pk == key), None)
    if row is None:
        raise Http404
    return row


def _adding(part: Part) -> View:
    def add(request: HttpRequest, person: UUID) -> HttpResponse:
        viewer, record = record_to_change(request, person)

        def save(given: Given) -> HttpResponse:
            part.add(record, viewer, given)
            return done(request, record, f"The {part.noun} is added.")

        form = part.form(request.POST or None, **part.beside(record, viewer))
        title, key = f"Add {article(part.noun)}", f"people-{part.key}-{record.person.pk.hex}"
        return form_page(request, form, title=title, save=save, draft_key=key, back=back_to(record))

    return add


def _changing(part: Part, change: Callable[..., None], form_of: type[forms.Form]) -> View:
    def change_one(request: HttpRequest, person: UUID, row: int) -> HttpResponse:
        viewer, record = record_to_change(request, person)
        held = _row(part, record, row)

        def save(given: Given) -> HttpResponse:
            change(row=held, by=viewer, **given)
            return done(request, record, f"The {part.noun} is changed.")

        initial = {name: getattr(held, name) for name in form_of.base_fields}
        form = form_of(request.POST or None, initial=initial)
        return form_page(
            request, form, title=f"Change {article(part.noun)}", save=save, record=held, back=back_to(record)
        )

    return change_one


def _ending(part: Part) -> View:
    def end_one(request: HttpRequest, person: UUID, row: int) -> HttpResponse:
        viewer, record = record_to_change(request, person)
        held = _row(part, record, row)

        def save(given: Given) -> HttpResponse:
            part.end(row=held, by=viewer, **given)
            undo = reverse(f"people:{part.key}-back", args=[person, row])
            words = 'The {} is ended. It stays on the record. <a class="govuk-link" href="{}">Take this back</a>'
            return done(request, record, format_html(words, part.noun, undo))

        form = OnForm(request.POST or None, initial={"on": record.on})
        title = f"End {article(part.noun)}"
        return form_page(request, form, title=title, save=save, button="End it", back=back_to(record))

    return end_one


def _reopening(part: Part) -> View:
    def reopen_one(request: HttpRequest, person: UUID, row: int) -> HttpResponse:
        viewer, record = record_to_change(request, person)
        held = _row(part, record, row)

        def act() -> str:
            part.reopen(row=held, by=viewer)
            return f"The {part.noun} goes on."

        title = f"Take back the end of {article(part.noun)}"
        return confirm_page(request, title=title, button="It goes on", act=act, back=back_to(record))

    return reopen_one


@door(Module.PEOPLE, Action.CHANGE)
def add_to_household(request: HttpRequest, person: UUID, row: int) -> HttpResponse:
    """Somebody more in a household that the person is in."""
    viewer, record = record_to_change(request, person)
    living = next((each for each in record.living if each.member.pk == row), None)
    if living is None:
        raise Http404

    def save(given: Given) -> HttpResponse:
        add_member(household=living.household, person=given.pop("other"), by=viewer, **given)
        return done(request, record, "They are in the household.")

    form = MemberForm(request.POST or None, finding=lambda words: find_by_words(viewer, words, but=record.person.pk))
    return form_page(request, form, title="Add somebody to the household", save=save, back=back_to(record))
