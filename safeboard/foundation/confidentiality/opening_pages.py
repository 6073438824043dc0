"""Openings by break-glass: one opening, its review, and the board's statistics."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.break_glass import (
    Statistics,
    end_early,
    may_review,
    openings,
    own_openings,
    review_opening,
    statistics,
)
from safeboard.foundation.access.doors import door, signed_in_door, viewer_from
from safeboard.foundation.access.guards import OPENING
from safeboard.foundation.access.models import BreakGlass
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.records import address_of, record_of_one
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, OpeningOutcome
from safeboard.foundation.confidentiality.closed_pages import title_of
from safeboard.foundation.confidentiality.forms import OutcomeForm
from safeboard.foundation.pages.confirming import confirm_page
from safeboard.foundation.pages.forms import form_page
from safeboard.foundation.pages.records import Button, Card, record_page

OVER: Final = "This opening is over already."


@door(Module.CONFIDENTIALITY, Action.OPEN)
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """One opening: who, what, why, until when, and what its review came to."""
    viewer = viewer_from(request)
    row = get_object_or_404(openings(viewer, Action.OPEN), pk=pk)
    waits = row.reviewed_by is None
    overdue = waits and row.review_on < timezone.localdate(viewer.at)
    reviewable = may_review(viewer, row)
    return record_page(
        request,
        kind=OPENING,
        record=row,
        title="Opening by break-glass",
        facts=[
            ("By", row.user.name),
            ("Opened", row.opened_at),
            ("Ended early" if row.ended_early else "Until", row.ends_at),
        ],
        warnings=["Its review is overdue."] if overdue else [],
        cards=[_opened(viewer, row), _reviewed(row)],
        buttons=[Button("Review this opening", reverse("confidentiality:outcome", args=[pk]), main=True)]
        if reviewable
        else [],
    )


def _opened(viewer: Viewer, row: BreakGlass) -> Card:
    record = (record_of_one(row.kind).capitalize(), title_of(viewer, row.kind, row.object_id), "")
    return Card("What was opened", [record, ("Reason given", row.reason, "")])


def _reviewed(row: BreakGlass) -> Card:
    return Card(
        "Review",
        [
            ("To be reviewed by", row.review_on, ""),
            ("Reviewed by", row.reviewed_by and row.reviewed_by.name, ""),
            ("Reviewed", row.reviewed_at, ""),
            ("Outcome", row.get_outcome_display(), ""),
            ("What was found", row.found, ""),
        ],
    )


@door(Module.CONFIDENTIALITY, Action.VERIFY)
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the review of an opening came to."""
    viewer = viewer_from(request)
    row = get_object_or_404(visible(BreakGlass.objects.all(), viewer, Action.VERIFY), pk=pk)

    def save(given: dict[str, Any]) -> HttpResponse:
        came_to = OpeningOutcome(given["outcome"])
        review_opening(opening=row, outcome=came_to, found_out=given["found"], by=viewer)
        messages.success(request, "The review is kept.")
        return redirect("confidentiality:opening", pk)

    return form_page(
        request,
        OutcomeForm(request.POST or None),
        title="Review this opening",
        save=save,
        button="Save the review",
        intro=f"The reason given: {row.reason}",
        back=reverse("confidentiality:opening", args=[pk]),
    )


@signed_in_door("one's own openings by break-glass")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own opening before its two hours are over, when one is sure. Not found by anybody else."""
    viewer = viewer_from(request)
    row = get_object_or_404(own_openings(viewer), pk=pk)
    over = row.ends_at <= viewer.at

    def act() -> str:
        ended = end_early(opening=row, by=viewer)
        return "The opening has ended. Its review stays due." if ended else OVER

    if over and request.method == "GET":
        messages.info(request, OVER)
        return redirect("home")
    # Once it has ended the record is closed to them: only who cancels is led back to it.
    cancelled = request.method == "GET" and address_of(row.kind, row.object_id)
    return confirm_page(
        request,
        title=f"Have you finished with this {record_of_one(row.kind)}?",
        button="I have finished",
        act=act,
        intro="You will not be able to read it any more. The opening is still reviewed on the next working day.",
        back=cancelled or reverse("home"),
    )


YEARS: Final = 3
LINES: Final[tuple[tuple[str, Callable[[Statistics], int]], ...]] = (
    ("Openings", lambda year: year.openings),
    ("People who opened", lambda year: year.people),
    ("Reviewed in time", lambda year: year.in_time),
    ("Reviewed late", lambda year: year.late),
    ("Waiting for review", lambda year: year.waiting),
    ("Of these, overdue", lambda year: year.overdue),
)


@door(Module.PERFORMANCE, Action.OPEN)
def opening_statistics(request: HttpRequest) -> HttpResponse:
    """How often the glass was broken, by reporting year: numbers only, for the board."""
    viewer = viewer_from(request)
    today = timezone.localdate(viewer.at)
    newest = today.year if today >= date(today.year, 4, 1) else today.year - 1
    years = range(newest, newest - YEARS, -1)
    counted = [statistics(viewer, date(year, 4, 1), date(year + 1, 3, 31)) for year in years]
    lines = [(words, [of(year) for year in counted]) for words, of in LINES]
    lines += [
        (f"Outcome: {label}", [year.outcomes.get(label, 0) for year in counted]) for label in OpeningOutcome.labels
    ]
    named = [f"{year} to {year + 1}" for year in years]
    return render(request, "confidentiality/statistics.html", {"years": named, "lines": lines})
