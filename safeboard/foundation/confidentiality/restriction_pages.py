"""Restricting a record, the list of restrictions, one restriction, its review and its lists."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.doors import door, record_door, viewer_from
from safeboard.foundation.access.guards import RESTRICTION
from safeboard.foundation.access.models import Restriction, RestrictionEntry, RestrictionReview
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.records import address_of, record_of_one
from safeboard.foundation.access.restricting import last_day, list_user, restrict, restrictions, review
from safeboard.foundation.access.words import Action, Module, RestrictionCategory
from safeboard.foundation.confidentiality.closed_pages import title_of
from safeboard.foundation.confidentiality.forms import (
    AS_USUAL,
    ONLY_LISTED,
    ListForm,
    RestrictForm,
    ReviewForm,
)
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, Happening, record_page

PLACES = {"pass": True, "out": False, "off": None}


@record_door(Action.RESTRICT)
def restrict_one(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """Close a record of any kind."""
    viewer = viewer_from(request)

    def save(given: dict[str, Any]) -> HttpResponse:
        made = restrict(
            kind=kind,
            object_id=object_id,
            category=RestrictionCategory(given["category"]),
            reason=given["reason"],
            ask=given["ask"],
            ends_on=given["ends_on"],
            only_listed=None if given["closed_to"] == AS_USUAL else given["closed_to"] == ONLY_LISTED,
            allowed=given["allowed"],
            kept_out=given["kept_out"],
            by=viewer,
        )
        messages.success(
            request, f"The {record_of_one(kind)} is restricted. The restriction will be reviewed within 90 days."
        )
        seen = restrictions(viewer, Action.OPEN).filter(pk=made.pk).exists()
        return redirect("confidentiality:restriction", made.pk) if seen else redirect("home")

    return form_page(
        request,
        RestrictForm(request.POST or None),
        title=f"Restrict this {record_of_one(kind)}",
        save=save,
        button=f"Restrict this {record_of_one(kind)}",
        intro=title_of(viewer, kind, object_id),
        back=address_of(kind, object_id),
    )


@door(Module.CONFIDENTIALITY, Action.OPEN)
def restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """One restriction: what it closes, to whom, until when, and how it was reviewed."""
    viewer = viewer_from(request)
    itself = Restriction.objects.filter(pk=OuterRef("pk"))
    may_review, may_list = (Exists(visible(itself, viewer, action)) for action in (Action.VERIFY, Action.CHANGE))
    rows = restrictions(viewer, Action.OPEN).select_related("set_by").annotate(reviews_it=may_review, lists_it=may_list)
    entries = Prefetch("entries", RestrictionEntry.objects.select_related("user"))
    row: Any = get_object_or_404(rows.annotate(reviewed=_reviewed()).prefetch_related(entries), pk=pk)
    over = row.ends_at <= viewer.at
    overdue = not over and row.review_on < timezone.localdate(viewer.at)
    buttons = [] if over else _buttons(row, row.reviews_it, row.lists_it)
    return record_page(
        request,
        kind=RESTRICTION,
        record=row,
        title=f"Restriction of a {record_of_one(row.kind)}",
        facts=[("Why", row.get_category_display()), ("To be reviewed by", row.review_on), ("Last day", last_day(row))],
        warnings=["Its review is overdue."] if overdue else ["It has ended."] if over else [],
        cards=[_what(row, title_of(viewer, row.kind, row.object_id)), _who(row)],
        timeline=[
            Happening(
                datetime.fromisoformat(each["at"]),
                "Kept on" if each["kept"] else "Ended",
                each["reviewed_by__name"],
                each["reason"],
            )
            for each in row.reviewed
        ],
        buttons=buttons,
        also=list(row.entries.all()),
    )


def _reviewed() -> ArraySubquery:
    """The reviews of a restriction, the newest first, for an annotation."""
    of_this = RestrictionReview.objects.filter(restriction=OuterRef("pk")).order_by("-at")
    told = JSONObject(**{name: F(name) for name in ("at", "kept", "reviewed_by__name", "reason")})
    return ArraySubquery(of_this.values(told=told))


def _buttons(row: Restriction, reviews: bool, lists: bool) -> list[Button]:
    buttons = []
    if reviews:
        buttons.append(Button("Review the restriction", reverse("confidentiality:review", args=[row.pk]), main=True))
    if lists:
        buttons.append(Button("Change who may open it", reverse("confidentiality:list", args=[row.pk])))
    return buttons


def _what(row: Restriction, title: str) -> Card:
    return Card(
        "What is restricted",
        [
            ("Record", title, ""),
            ("Reason", row.reason, ""),
            ("Whom to ask", row.ask, ""),
            ("Set by", row.set_by.name, ""),
            ("Since", row.starts_at, ""),
        ],
    )


def _who(row: Restriction) -> Card:
    entries = list(row.entries.all())
    return Card(
        "Who may open it",
        [
            ("Closed to", "Everyone except those named" if row.only_listed else "Only those kept out by name", ""),
            ("Duty team may open it", row.lets_duty_team_in, ""),
            ("Others may know that it exists", not row.hides_existence, ""),
            ("May open it, by name", [entry.user.name for entry in entries if entry.allowed], ""),
            ("Kept out, by name", [entry.user.name for entry in entries if not entry.allowed], ""),
        ],
    )


@door(Module.CONFIDENTIALITY, Action.VERIFY)
def review_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a restriction on, or end it."""
    viewer = viewer_from(request)
    row = get_object_or_404(restrictions(viewer, Action.VERIFY), pk=pk, ends_at__gt=viewer.at)

    def save(given: dict[str, Any]) -> HttpResponse:
        keep = given["keep"] == "keep"
        review(restriction=row, keep=keep, reason=given["reason"], ends_on=given["ends_on"], by=viewer)
        messages.success(request, "The restriction is kept on." if keep else "The restriction has ended.")
        return redirect("confidentiality:restriction", pk)

    return form_page(
        request,
        ReviewForm(request.POST or None),
        title="Review this restriction",
        save=save,
        button="Save the review",
        intro=f"{title_of(viewer, row.kind, row.object_id)}. {row.get_category_display()}.",
        back=reverse("confidentiality:restriction", args=[pk]),
    )


@door(Module.CONFIDENTIALITY, Action.CHANGE)
def list_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody through a restriction, or keep them out."""
    viewer = viewer_from(request)
    row = get_object_or_404(restrictions(viewer, Action.CHANGE), pk=pk, ends_at__gt=viewer.at)

    def save(given: dict[str, Any]) -> HttpResponse:
        list_user(restriction=row, user=given["user"], allowed=PLACES[given["place"]], by=viewer)
        return redirect("confidentiality:restriction", pk)

    return form_page(
        request,
        ListForm(request.POST or None),
        title="Change who may open it",
        save=save,
        back=reverse("confidentiality:restriction", args=[pk]),
    )
