"""Reading what is administered: whoever reads comes first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.models import AccessReview, Proposal, ReviewedSeat
from safeboard.foundation.administering.rules import review_due
from safeboard.foundation.agencies.models import Agency, Arrangement, BoardArea
from safeboard.foundation.agencies.populations import Population, population, vintages


def running(at: datetime, prefix: str = "") -> Q:
    """Seats that go on at a moment, or are still to begin; through a relation where `prefix` names one."""
    on = timezone.localdate(at)
    return Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})


def areas(viewer: Viewer, action: Action) -> QuerySet[BoardArea]:
    """The areas whose house the viewer keeps."""
    return visible(BoardArea.objects.all(), viewer, action)


def populations_of(area: BoardArea) -> list[Population]:
    """The newest estimate of each vintage that has the area, newest vintage first."""
    found = []
    for vintage in vintages():
        years = range(timezone.localdate().year, 2000, -1)
        found += [each for year in years if (each := population(area.code, year, vintage))][:1]
    return found


def agencies(viewer: Viewer, action: Action) -> QuerySet[Agency]:
    """The agencies, with `holders` counted: seats that go on."""
    rows = visible(Agency.objects.select_related("area"), viewer, action)
    return rows.annotate(holders=Count("seats", filter=running(viewer.at, "seats__"), distinct=True))


def seats(viewer: Viewer, action: Action) -> QuerySet[Seat]:
    """Every seat, ended ones too."""
    return visible(Seat.objects.select_related("user", "agency", "team"), viewer, action)


def seats_of_user(viewer: Viewer, user: User) -> QuerySet[Seat]:
    """The seats of one user that the viewer may see, the newest first."""
    return seats(viewer, Action.OPEN).filter(user=user).order_by("-starts_on", "-pk")


def arrangements(viewer: Viewer, action: Action) -> QuerySet[Arrangement]:
    """The arrangements in which the viewer's area takes part."""
    return visible(Arrangement.objects.prefetch_related("areas"), viewer, action).distinct()


def proposals(viewer: Viewer, action: Action) -> QuerySet[Proposal]:
    """The proposals that name the viewer's area and wait for an agreement."""
    rows = Proposal.objects.filter(arrangement=None, withdrawn_at=None)
    return visible(rows.prefetch_related("areas", "agreements"), viewer, action).distinct()


def other_areas(viewer: Viewer) -> QuerySet[BoardArea]:
    """The other areas of the installation, by name: to whom one may propose an arrangement."""
    rows = BoardArea.objects.exclude(pk=viewer.area_id)
    return rows if viewer.may(Module.HOUSE, Action.ADMINISTER) else rows.none()


@dataclass(frozen=True, slots=True)
class Due:
    """An agency's access review: when the last was finished, whether one is open, and by when the next is due."""

    agency: Agency
    seats: int
    last: date | None
    open: AccessReview | None
    due: date | None
    overdue: bool


def reviews_due(viewer: Viewer) -> list[Due]:
    """Every agency the viewer administers that has seats, the most overdue first. Two queries."""
    rows = visible(Agency.objects.filter(ended_on=None), viewer, Action.ADMINISTER).annotate(
        holders=Count("seats", filter=running(viewer.at, "seats__"), distinct=True),
        first=Min("seats__starts_on"),
        reviewed=Max("access_reviews__finished_at"),
    )
    started = {each.agency_id: each for each in AccessReview.objects.filter(agency__in=rows, finished_at=None)}
    today = timezone.localdate(viewer.at)
    found = []
    for row in rows:
        if not row.holders:
            continue
        last = timezone.localdate(row.reviewed) if row.reviewed else None
        due = review_due(last, row.first)
        found.append(Due(row, row.holders, last, started.get(row.pk), due, due is not None and due < today))
    return sorted(found, key=lambda each: (each.due or date.max, each.agency.name))


def reviews(viewer: Viewer, action: Action) -> QuerySet[AccessReview]:
    """The access reviews the viewer may see."""
    return visible(AccessReview.objects.select_related("agency", "started_by"), viewer, action)


def reviewed_seats(viewer: Viewer, review: AccessReview) -> QuerySet[ReviewedSeat]:
    """The seats of a review with their holders."""
    return visible(review.seats.select_related("seat", "holder", "decided_by"), viewer, Action.OPEN)
