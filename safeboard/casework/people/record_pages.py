"""The page of a person's record, and what to do on it that is no part: birth, death, background, handling, closing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.casework.people import services
from safeboard.casework.people.codes import PersonKind, RecordStatus
from safeboard.casework.people.forms import (
    BackgroundForm,
    BirthForm,
    BornForm,
    DeathForm,
    HandlingForm,
)
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.identity import facts_of, show_person_above, warnings_of
from safeboard.casework.people.kept_parts import Given
from safeboard.casework.people.known import Record
from safeboard.casework.people.models import Person
from safeboard.casework.people.part_pages import back_to, done, record_to_change
from safeboard.casework.people.record_cards import cards_of, groups_of
from safeboard.casework.people.selectors import agencies_of, record_of
from safeboard.casework.people.timeline import timeline_of
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, record_page
from safeboard.foundation.watching.looks import looks_tables

JOINED_RECORDS = "matching:joined"
OF_PARTS = frozenset({"person", "other", "added_at"})
"""Fields that say nothing in a history: which record it is stands at its top."""


@door(Module.PEOPLE, Action.OPEN)
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """The record. Those who may know of it but not open it are led to where they are told whom to ask."""
    viewer = viewer_from(request)
    record = record_of(viewer, person)
    if record.person.joined_into_id:
        messages.info(request, "That record was joined into this one.")
        return redirect("people:person", record.person.joined_into_id)
    changes = Action.CHANGE in record.allowed
    return record_page(
        request,
        kind=PERSON,
        record=record.person,
        title=record.name,
        facts=facts_of(record),
        warnings=warnings_of(record),
        cards=cards_of(record, changes=changes),
        timeline=timeline_of(record),
        buttons=_buttons(record),
        also=record.parts,
        hidden=OF_PARTS,
        extra_template="pages/tables.html",
        context={
            # Where they live, with whom and what to beware of is asked for more often than day of birth or ethnicity.
            "first_template": "people/parts_of_a_record.html",
            "record": record,
            "groups": groups_of(record, changes=changes),
            "changes": changes,
            "tables": looks_tables(viewer, PERSON, person),
        },
    )


def _buttons(record: Record) -> list[Button]:
    key = record.person.pk
    buttons = [Button("Family network", reverse("people:network", args=[key]))]
    if Action.PRINT in record.allowed:
        buttons.append(Button("One-page summary", reverse("people:summary", args=[key])))
    if Action.CHANGE in record.allowed and record.person.kind == PersonKind.UNBORN:
        buttons.insert(0, Button("The child is born", reverse("people:born", args=[key]), main=True))
    buttons.append(Button("Who is involved", reverse("confidentiality:involved", args=[PERSON, key])))
    if Action.RESTRICT in record.allowed:
        buttons.append(Button("Restrict", reverse("confidentiality:restrict", args=[PERSON, key])))
    if record.parts_again:
        buttons.append(Button("Part a joined record", reverse(JOINED_RECORDS, args=[key])))
    return buttons


@door(Module.PEOPLE, Action.PRINT)
def summary(request: HttpRequest, person: UUID) -> HttpResponse:
    """One page to take along: who, warnings, where, with whom, family, whom to ask."""
    viewer = viewer_from(request)
    record = record_of(viewer, person)
    if Action.PRINT not in record.allowed:
        raise Http404
    noted(request, Did.PRINTED, PERSON, record.person.pk)
    show_person_above(request, record)
    known = {"groups": groups_of(record, changes=False), "cards": cards_of(record, changes=False)[1:2]}
    return render(request, "people/summary.html", {"record": record, "viewer": viewer, **known})


@door(Module.PEOPLE, Action.CHANGE)
def change_birth(request: HttpRequest, person: UUID) -> HttpResponse:
    """Correct kind, day of birth and sex."""
    viewer, record = record_to_change(request, person)

    def save(given: Given) -> HttpResponse:
        services.change_birth(person=record.person, by=viewer, **given)
        return done(request, record, "The record is changed.")

    form = BirthForm(request.POST or None, initial=_as_held(record.person, BirthForm))
    return form_page(
        request, form, title="Correct birth and sex", save=save, record=record.person, back=back_to(record)
    )


@door(Module.PEOPLE, Action.CHANGE)
def born(request: HttpRequest, person: UUID) -> HttpResponse:
    """The expected child is born."""
    viewer, record = record_to_change(request, person)
    if record.person.kind != PersonKind.UNBORN:
        raise Http404

    def save(given: Given) -> HttpResponse:
        services.record_birth(person=record.person, by=viewer, **given)
        return done(request, record, "The birth is recorded.")

    family = next((name.family for name in record.names if name.kind == "current"), "")
    form = BornForm(request.POST or None, initial={"family": family, "sex": record.person.sex})
    return form_page(request, form, title="The child is born", save=save, back=back_to(record))


@door(Module.PEOPLE, Action.CHANGE)
def died(request: HttpRequest, person: UUID) -> HttpResponse:
    """Record a death, or take back one recorded by mistake."""
    viewer, record = record_to_change(request, person)
    # Recorded by two at once, the second is told so: it must not take the first one's back.
    if record.person.died_on is not None and "died_on_day" not in request.POST:
        return _take_back_death(request, viewer, record)

    def save(given: Given) -> HttpResponse:
        services.record_death(person=record.person, by=viewer, **given)
        return done(request, record, "The death is recorded.")

    form = DeathForm(request.POST if request.method == "POST" else None)
    return form_page(request, form, title="Record a death", save=save, back=back_to(record))


def _take_back_death(request: HttpRequest, viewer: Viewer, record: Record) -> HttpResponse:
    def act() -> str:
        services.undo_death(person=record.person, by=viewer)
        return "The day of death is taken back. The trail keeps that it was recorded."

    title = "Take back the day of death"
    return confirm_page(request, title=title, button="It was a mistake", act=act, back=back_to(record))


@door(Module.PEOPLE, Action.CHANGE)
def change_background(request: HttpRequest, person: UUID) -> HttpResponse:
    """Ethnicity, disability, language."""
    viewer, record = record_to_change(request, person)

    def save(given: Given) -> HttpResponse:
        services.change_background(person=record.person, by=viewer, **given)
        return done(request, record, "The record is changed.")

    form = BackgroundForm(request.POST or None, initial=_as_held(record.person, BackgroundForm))
    return form_page(
        request, form, title="Background and language", save=save, record=record.person, back=back_to(record)
    )


@door(Module.PEOPLE, Action.CHANGE)
def change_handling(request: HttpRequest, person: UUID) -> HttpResponse:
    """Which agency answers for the record, and how sensitive it is."""
    viewer, record = record_to_change(request, person)

    def save(given: Given) -> HttpResponse:
        services.change_handling(person=record.person, by=viewer, **given)
        return done(request, record, "The record is changed.")

    highest = max(grant.up_to for grant in viewer.role.granted(Module.PEOPLE, Action.CHANGE))
    held = {"agency": str(record.person.agency_id), "sensitivity": str(record.person.sensitivity)}
    form = HandlingForm(request.POST or None, initial=held, agencies=agencies_of(viewer), highest=highest)
    return form_page(
        request, form, title="Who answers for the record", save=save, record=record.person, back=back_to(record)
    )


@door(Module.PEOPLE, Action.CHANGE)
def close(request: HttpRequest, person: UUID) -> HttpResponse:
    """Close the record, or take it into use again."""
    viewer, record = record_to_change(request, person)
    reopens = record.person.status == RecordStatus.CLOSED

    def act() -> str:
        (services.reopen_record if reopens else services.close_record)(person=record.person, by=viewer)
        return "The record is in use again." if reopens else "The record is closed."

    return confirm_page(
        request,
        title="Take the record into use again" if reopens else "Close the record",
        button="Take into use" if reopens else "Close",
        act=act,
        intro="" if reopens else "Nobody works with this person any more. The record stays and can be found.",
        back=back_to(record),
    )


def _as_held(held: Person, form: type[BirthForm | BackgroundForm]) -> Given:
    return {name: getattr(held, name) for name in form.base_fields}
