"""The demonstration's access reviews: each agency's last one, so that the next is due in days from today."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.administering.models import AccessReview, ReviewedSeat
from safeboard.foundation.administering.rules import EVERY_MONTHS
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.months import add_months

DUE_IN: Final = (-4, 12, 33, 61, 96, 130)
"""Days from today until the next review is due, agency by agency: one is overdue by a few."""
AT: Final = time(11, 30)


def make_access_reviews(agencies: Sequence[Agency], users: Sequence[User], at: datetime) -> None:
    """Let an administrator have kept every seat of each agency about a year ago; once."""
    if AccessReview.objects.filter(agency__in=agencies).exists():
        return
    seats = Seat.objects.filter(user__in=users).select_related("user").order_by("pk")
    administrator, another = (
        next(seat.user for seat in seats if seat.role == role)
        for role in ("system_administrator", "agency_administrator")
    )
    seated = [agency for agency in agencies if any(seat.agency_id == agency.pk for seat in seats)]
    for place, agency in enumerate(seated):
        due = timezone.localdate(at) + timedelta(days=DUE_IN[place % len(DUE_IN)])
        then = timezone.make_aware(datetime.combine(add_months(due, -EVERY_MONTHS), AT))
        review = AccessReview.objects.create(
            agency=agency, started_by=administrator, started_at=then - timedelta(hours=1), finished_at=then
        )
        ReviewedSeat.objects.bulk_create(
            ReviewedSeat(
                review=review,
                seat=seat,
                holder=seat.user,
                kept=True,
                decided_by=another if seat.user == administrator else administrator,  # nobody confirms their own
                decided_at=then,
            )
            for seat in seats
            if seat.agency_id == agency.pk
        )
