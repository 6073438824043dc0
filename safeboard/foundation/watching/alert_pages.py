"""The pages of alerts, and of the monthly sample."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.foundation.pages.tables import Link, Table
from safeboard.foundation.watching.codes import Cause, Outcome
from safeboard.foundation.watching.forms import OutcomeForm
from safeboard.foundation.watching.guards import ALERT, SAMPLE
from safeboard.foundation.watching.models import Alert, SampledReading
from safeboard.foundation.watching.naming import address_of, kind_words
from safeboard.foundation.watching.register import state_of
from safeboard.foundation.watching.selectors import alerts, sampled, samples
from safeboard.foundation.watching.services import draws_the_same, look_into

INTRO = "You look into what somebody else did. What you write stays, with your name."


@door(Module.TRAIL, Action.OPEN)
def alert_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert: what was found, and what came of it."""
    viewer = viewer_from(request)
    row = get_object_or_404(alerts(viewer, Action.OPEN), pk=pk)
    rows: list[tuple[str, object, str]] = [
        ("Cause", Cause(row.cause), ""),
        ("Refused to" if row.cause == Cause.REFUSED else "Whose reading", row.user.name, ""),
        ("Day", row.day, ""),
        ("Different addresses" if row.cause == Cause.REFUSED else "Readings", row.readings, ""),
    ]
    if row.kind:
        rows += [("Kind of record", kind_words(row.kind), ""), ("Key of the record", row.object_id, "")]
    return record_page(
        request,
        kind=ALERT,
        record=row,
        title=str(Cause(row.cause).label),
        facts=[("Found", row.found_at), ("State", state_of(row))],
        cards=[Card("What was found", rows), Card("What came of it", _outcome(row))],
        buttons=_buttons(viewer, row),
        hidden=frozenset({"once"}),
    )


def _outcome(row: Alert) -> list[tuple[str, object, str]]:
    return [
        ("Outcome", state_of(row), ""),
        ("Looked into by", row.looked_by and row.looked_by.name, ""),
        ("When", row.looked_at, ""),
        ("Found and done", row.words, ""),
    ]


def _buttons(viewer: Viewer, row: Alert) -> list[Button]:
    buttons = []
    if row.looked_at is None and row.user_id != viewer.user.pk and viewer.may(Module.TRAIL, Action.VERIFY):
        buttons.append(Button("Look into it", reverse("watching:look-into", args=[row.pk]), main=True))
    buttons.append(Button("Their trail", reverse("watching:user", args=[row.user_id])))
    if row.cause == Cause.REFUSED:
        of_user = f"{reverse('watching:trail')}?who={row.user_id}&did={Did.REFUSED}"
        buttons.append(Button("What they were refused", of_user))
    buttons.append(Button("First entry", reverse("watching:entry", args=[row.first_entry])))
    if row.kind and (address := address_of(viewer, row.kind, row.object_id)):
        buttons.append(Button("The record", address))
    return buttons


@door(Module.TRAIL, Action.VERIFY)
def look_into_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of an alert."""
    viewer = viewer_from(request)
    row = get_object_or_404(alerts(viewer, Action.VERIFY), pk=pk)
    return _look_into(request, viewer, row, reverse("watching:alert", args=[pk]), str(Cause(row.cause).label))


@door(Module.TRAIL, Action.VERIFY)
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of one reading of a sample."""
    viewer = viewer_from(request)
    rows = visible(SampledReading.objects.select_related("user", "sample"), viewer, Action.VERIFY)
    row = get_object_or_404(rows, pk=pk)
    title = f"Entry {row.entry} by {row.user.name}"
    return _look_into(request, viewer, row, reverse("watching:sample", args=[row.sample_id]), title)


def _look_into(
    request: HttpRequest, viewer: Viewer, row: Alert | SampledReading, back: str, title: str
) -> HttpResponse:
    def saved(given: dict[str, Any]) -> HttpResponse:
        look_into(what=row, outcome=Outcome(given["outcome"]), words=given["words"], by=viewer)
        messages.success(request, "It is recorded.")
        return redirect(back)

    form = OutcomeForm(request.POST or None)
    return form_page(request, form, title=title, save=saved, button="Record it", intro=INTRO, back=back)


@door(Module.TRAIL, Action.OPEN)
def sample_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One month's sample: its readings, each to be reviewed by somebody else than its reader."""
    viewer = viewer_from(request)
    row: Any = get_object_or_404(samples(viewer, Action.OPEN).select_related("area"), pk=pk)
    readings = list(sampled(viewer, Action.OPEN, row))
    told = TrailEntry.objects.in_bulk([reading.entry for reading in readings])
    return record_page(
        request,
        kind=SAMPLE,
        record=row,
        title=f"Sample of {row.month:%B %Y}",
        facts=[("Drawn", row.drawn_at), ("Reviewed", f"{row.reviewed} of {row.drawn}")],
        cards=[
            Card(
                "How it was drawn",
                [
                    ("From", f"{row.eligible:,} readings of the month", ""),
                    ("Seed of the lot", row.seed, ""),
                    ("Drawn again with it", "The same readings" if draws_the_same(row) else "OTHER readings", ""),
                ],
            )
        ],
        extra_template="pages/tables.html",
        context={"tables": [_readings(viewer, readings, told)]},
    )


def _readings(viewer: Viewer, readings: list[SampledReading], told: dict[int, TrailEntry]) -> Table:
    return Table(
        "Readings",
        ("Entry", "When", "Whose", "Kind", "State", "Review"),
        [
            (
                Link(each.entry, reverse("watching:entry", args=[each.entry])),
                told[each.entry].at if each.entry in told else None,
                each.user.name,
                kind_words(told[each.entry].kind) if each.entry in told else None,
                state_of(each),
                _review(viewer, each),
            )
            for each in readings
        ],
        "No reading of the month was of a sensitive record.",
    )


def _review(viewer: Viewer, row: SampledReading) -> object:
    if row.looked_by:
        return row.looked_by.name
    if row.user_id == viewer.user.pk:
        return "Somebody else must"
    return Link("Review", reverse("watching:review", args=[row.pk]))
