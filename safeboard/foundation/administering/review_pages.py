"""The pages of access reviews."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.guards import REVIEW
from safeboard.foundation.administering.models import ReviewedSeat
from safeboard.foundation.administering.register import role_words
from safeboard.foundation.administering.reviewing import decide, start
from safeboard.foundation.administering.selectors import reviewed_seats, reviews, reviews_due
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.kernel.errors import BadInput


@door(Module.USERS, Action.ADMINISTER)
def reviews_page(request: HttpRequest) -> HttpResponse:
    """Every agency one administers, with its last review and when the next is due."""
    viewer = viewer_from(request)
    noted(request, Did.LISTED, REVIEW)
    return render(request, "administering/reviews.html", {"rows": reviews_due(viewer)})


@require_POST
@door(Module.USERS, Action.ADMINISTER)
def start_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Start an agency's review, or go on with it."""
    viewer = viewer_from(request)
    agency = get_object_or_404(visible(Agency.objects.all(), viewer, Action.ADMINISTER), pk=pk)
    return redirect("administering:review", start(agency=agency, by=viewer).pk)


@door(Module.USERS, Action.ADMINISTER)
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: each seat to be kept or ended."""
    viewer = viewer_from(request)
    row = get_object_or_404(reviews(viewer, Action.OPEN), pk=pk)
    noted(request, Did.OPENED, REVIEW, row.pk)
    rows = [
        (each, role_words(each.seat.role), each.holder_id == viewer.user.pk) for each in reviewed_seats(viewer, row)
    ]
    left = sum(each.kept is None for each, _, _ in rows)
    return render(request, "administering/review.html", {"row": row, "rows": rows, "left": left})


@require_POST
@door(Module.USERS, Action.ADMINISTER)
def keep_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a seat."""
    return _decided(request, pk, keep=True)


@require_POST
@door(Module.USERS, Action.ADMINISTER)
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat."""
    return _decided(request, pk, keep=False)


def _decided(request: HttpRequest, pk: int, *, keep: bool) -> HttpResponse:
    viewer = viewer_from(request)
    row = get_object_or_404(visible(ReviewedSeat.objects.all(), viewer, Action.ADMINISTER), pk=pk)
    try:
        review = decide(reviewed=row, keep=keep, by=viewer)
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        if review.finished_at:
            messages.success(request, "That was the last: the review is finished.")
    return redirect(reverse("administering:review", args=[row.review_id]))
