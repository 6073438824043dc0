"""The yearly access review of an agency: every seat kept or ended, none by who sits in it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.administering.models import AccessReview, ReviewedSeat
from safeboard.foundation.administering.selectors import running
from safeboard.foundation.administering.services import end_seat
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem


@transaction.atomic
def start(*, agency: Agency, by: Viewer) -> AccessReview:
    """Start the review of an agency's seats that go on; one that is open already is given back."""
    if not may(by, Action.ADMINISTER, agency):
        raise PermissionDenied
    Agency.objects.select_for_update().get(pk=agency.pk)
    review, made = AccessReview.objects.get_or_create(
        agency=agency, finished_at=None, defaults={"started_by": by.user, "started_at": by.at}
    )
    if made:
        going_on = agency.seats.filter(running(by.at))
        ReviewedSeat.objects.bulk_create(
            ReviewedSeat(review=review, seat=seat, holder_id=seat.user_id) for seat in going_on
        )
        _finish(review, by)
    return review


@transaction.atomic
def decide(*, reviewed: ReviewedSeat, keep: bool, by: Viewer) -> AccessReview:
    """Keep a seat or end it. The review is finished with its last seat. Raises BadInput for one's own, and twice."""
    if not may(by, Action.ADMINISTER, reviewed):
        raise PermissionDenied
    review = AccessReview.objects.select_for_update().get(pk=reviewed.review_id)
    held = ReviewedSeat.objects.select_related("seat__agency").get(pk=reviewed.pk)
    if held.holder_id == by.user.pk:
        raise BadInput(Problem("Nobody confirms their own seat.", "Another administrator does."))
    if held.kept is not None:
        raise BadInput(Problem("Somebody has decided this meanwhile.", "Look at it again."))
    held.kept, held.decided_by, held.decided_at = keep, by.user, by.at
    held.save()
    if not keep and held.seat.agency.seats.filter(running(by.at), pk=held.seat_id).exists():
        end_seat(seat=held.seat, by=by)
    _finish(review, by)
    return review


def _finish(review: AccessReview, by: Viewer) -> None:
    """Finished once no seat is left that still goes on and was not decided."""
    left = review.seats.filter(running(by.at, "seat__"), kept=None)
    if not left.exists():
        review.finished_at = by.at
        review.save()
