"""The pages of the trail: one entry, one user, one record, the verifications and statistics."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.models import User
from safeboard.foundation.access.refusals import PAGE
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page
from safeboard.foundation.pages.tables import Link, Table
from safeboard.foundation.watching.codes import Cause, Outcome
from safeboard.foundation.watching.forms import ConnectionForm, HomeForm
from safeboard.foundation.watching.guards import ENTRY, USER_TRAIL
from safeboard.foundation.watching.looks import looks_tables
from safeboard.foundation.watching.models import Connection, HomeAddress, Verification
from safeboard.foundation.watching.naming import address_of, kind_words, looked_at, page_of
from safeboard.foundation.watching.register import state_of
from safeboard.foundation.watching.selectors import (
    alerts,
    entries,
    outcomes,
    record_seen,
    user_of,
)
from safeboard.foundation.watching.services import connect, disconnect, tell_home

CHANGES = (Did.ADDED, Did.CHANGED, Did.REMOVED)
VERIFICATIONS_SHOWN = 60


@door(Module.TRAIL, Action.OPEN)
def entry_page(request: HttpRequest, number: int) -> HttpResponse:
    """One entry. It tells which fields were changed; what they say is told by the record's own page."""
    viewer = viewer_from(request)
    row: Any = get_object_or_404(entries(viewer, Action.OPEN), number=number)
    return record_page(
        request,
        kind=ENTRY,
        record=row,
        title=f"Entry {row.number}",
        facts=[("When", row.at), ("Did", Did(row.did))],
        cards=[
            Card(
                "Entry",
                [
                    ("Who", row.who_name or row.who, ""),
                    ("Agency", row.agency_name, ""),
                    ("Purpose", row.purpose, ""),
                    ("Kind", kind_words(row.kind), ""),
                    ("Key", row.object_id, ""),
                    *_details(viewer, row),
                ],
            ),
            Card("How it is sealed", [("Block", row.block, ""), ("Hash", row.hash, "")]),
        ],
        buttons=_buttons(viewer, row),
    )


def _buttons(viewer: Viewer, row: Any) -> list[Button]:
    """Where an entry leads. What was refused may be a record that never was, or is not the viewer's to see."""
    buttons = []
    if row.who_name and user_of(viewer, int(row.who)):
        buttons.append(Button("Trail of the user", reverse("watching:user", args=[row.who])))
    record = record_seen(viewer, row.kind, row.object_id) if row.object_id else None
    if record is not None:
        buttons.append(Button("Who has looked at the record", looked_at(row.kind, row.object_id)))
    if row.object_id and row.kind != PAGE:
        buttons.append(Button("All entries about it", f"{reverse('watching:trail')}?record={row.number}"))
    if record is not None and (address := page_of(record)):
        buttons.append(Button("The record", address))
    return buttons


def _details(viewer: Viewer, row: TrailEntry) -> list[tuple[str, object, str]]:
    """The names of changed fields; of a reading what was asked, its words only to those who may find people."""
    if row.did in CHANGES:
        return [("Fields", ", ".join(sorted(row.details)), "")]
    told = {key: value for key, value in row.details.items() if key != "words"}
    if "words" in row.details:
        told["words"] = row.details["words"] if viewer.may(Module.PEOPLE, Action.FIND) else "not for this seat"
    return [(str(key).capitalize(), _said(value), "") for key, value in told.items()]


def _said(value: object) -> str:
    match value:
        case dict():
            return "\n".join(f"{key}: {_said(each)}" for key, each in value.items())
        case list():
            return ", ".join(_said(each) for each in value)
    return str(value)


@door(Module.TRAIL, Action.OPEN)
def user_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: their seats, what they did, their alerts, and what is known of them for alerts."""
    viewer = viewer_from(request)
    user = _found(viewer, pk)
    seats = user.seats.select_related("agency").filter(agency__area_id__in=viewer.areas(Module.TRAIL))
    home: HomeAddress | None = getattr(user, "home_address", None)
    return record_page(
        request,
        kind=USER_TRAIL,
        record=user,
        title=f"Trail of {user.name}",
        facts=[("Account", "open" if user.is_active else "closed"), ("Last signed in", user.last_login)],
        cards=[
            Card(
                "Seats",
                [(_role(seat.role), f"{seat.agency.name}, from {seat.starts_on:%-d %B %Y}", "") for seat in seats],
            ),
            Card(
                "Known for alerts",
                [("Home", f"{home.house}, {home.postcode}" if home else None, reverse("watching:home", args=[pk]))],
            ),
        ],
        buttons=[
            Button("All their entries", f"{reverse('watching:trail')}?who={pk}", main=True),
            Button("Add a connected record", reverse("watching:connect", args=[pk])),
        ],
        extra_template="watching/user.html",
        context={
            "tables": [_alerts_of(viewer, user), _newest(viewer, user)],
            "connections": [
                (each, kind_words(each.kind), looked_at(each.kind, each.object_id))
                for each in Connection.objects.filter(user=user).order_by("pk")
            ],
        },
        hidden=frozenset({"last_login"}),
    )


def _role(key: str) -> str:
    return roles()[key].title if key in roles() else key


def _alerts_of(viewer: Viewer, user: User) -> Table:
    rows = alerts(viewer, Action.OPEN).filter(user=user)[:20]
    told = [(Link(Cause(row.cause), reverse("watching:alert", args=[row.pk])), row.day, state_of(row)) for row in rows]
    return Table("Alerts", ("Cause", "Day", "State"), told)


def _newest(viewer: Viewer, user: User) -> Table:
    rows = entries(viewer, Action.OPEN).filter(who=str(user.pk)).order_by("-number")[:20]
    told = [
        (Link(row.at, reverse("watching:entry", args=[row.number])), Did(row.did), kind_words(row.kind), row.object_id)
        for row in rows
    ]
    return Table("Newest entries", ("When", "Did", "Kind", "Key"), told)


def _found(viewer: Viewer, pk: int) -> User:
    user = user_of(viewer, pk)
    if user is None:
        raise Http404
    return user


@door(Module.TRAIL, Action.VERIFY)
def home_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a user lives."""
    viewer = viewer_from(request)
    user, back = _found(viewer, pk), reverse("watching:user", args=[pk])
    home = HomeAddress.objects.filter(user=user).first()
    initial = {"postcode": home.postcode, "house": home.house} if home else {}

    def saved(given: dict[str, Any]) -> HttpResponse:
        tell_home(user=user, postcode=given["postcode"], house=given["house"], by=viewer)
        return redirect(back)

    form = HomeForm(request.POST or None, initial=initial)
    intro = "It is used for nothing but alerts: whether they open the record of somebody who lives there."
    return form_page(request, form, title=f"Home of {user.name}", save=saved, intro=intro, back=back)


@door(Module.TRAIL, Action.VERIFY)
def connect_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a record is of a user's own family or household."""
    viewer = viewer_from(request)
    user, back = _found(viewer, pk), reverse("watching:user", args=[pk])

    def saved(given: dict[str, Any]) -> HttpResponse:
        connect(user=user, kind="person", object_id=given["object_id"], how=given["how"], by=viewer)
        return redirect(back)

    form = ConnectionForm(request.POST or None)
    intro = "From then on there is an alert when they, or somebody of their agency, open it."
    return form_page(request, form, title=f"A record connected with {user.name}", save=saved, intro=intro, back=back)


@require_POST
@door(Module.TRAIL, Action.VERIFY)
def disconnect_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a connection back."""
    viewer = viewer_from(request)
    row = get_object_or_404(Connection.objects.select_related("user"), pk=pk)
    _found(viewer, row.user_id)
    disconnect(connection=row, by=viewer)
    messages.success(request, "The connection is taken away.")
    return redirect("watching:user", row.user_id)


@door(Module.TRAIL, Action.OPEN)
def record_trail_page(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """Who has looked at one record, or was refused it. Not found where the viewer may not open it, as if none were."""
    viewer = viewer_from(request)
    if record_seen(viewer, kind, object_id) is None:
        raise Http404
    noted(request, Did.OPENED, "looks", object_id, {"kind": kind})
    context = {
        "title": f"Who has looked at this {kind_words(kind)}",
        "tables": looks_tables(viewer, kind, object_id),
        "back": address_of(viewer, kind, object_id),
    }
    return render(request, "watching/page.html", context)


@door(Module.TRAIL, Action.FIND)
def verifications_page(request: HttpRequest) -> HttpResponse:
    """Whether the trail is whole: each night's verification, and what came of alerts and samples."""
    viewer = viewer_from(request)
    noted(request, Did.LISTED, "verification")
    rows = Verification.objects.all()[:VERIFICATIONS_SHOWN]
    told = [
        (row.verified_at, f"{row.since} to {row.number}", row.entries, "\n".join(row.wrong) or "Whole", row.hash[:16])
        for row in rows
    ]
    headings = ("Verified", "Blocks", "Entries", "Found", "State begins")
    context = {
        "title": "Is the trail whole?",
        "intro": "Every night what was added is verified from the state of the night before; each month all.",
        "tables": [
            Table("Verifications", headings, told, "None yet: the first is tonight.", frozenset({"Entries"})),
            Table(
                "What came of looking into things",
                ("Outcome", "Alerts", "Sampled readings"),
                [(Outcome(outcome), found, drawn) for outcome, found, drawn in outcomes(viewer)],
                "Nothing has been looked into yet.",
                frozenset({"Alerts", "Sampled readings"}),
            ),
        ],
        "back": reverse("watching:trail"),
    }
    return render(request, "watching/page.html", context)
