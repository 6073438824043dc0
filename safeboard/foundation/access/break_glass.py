"""Break-glass: opening one record in an emergency, for two hours, told at once and reviewed on the next working day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.foundation.access.duties import Duty, is_apart, keep_apart
from safeboard.foundation.access.guards import OPENING
from safeboard.foundation.access.holders import holders
from safeboard.foundation.access.models import BREAK_GLASS_LASTS, BreakGlass, User
from safeboard.foundation.access.notices import tell
from safeboard.foundation.access.policy import may, visible
from safeboard.foundation.access.records import RECORDS, found
from safeboard.foundation.access.restricting import area_of
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, OpeningOutcome
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import note
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.working_days import add_working_days

WORDS_AT_LEAST: Final = 5
TO_OWNER: Final = "A record of yours was opened by break-glass."
TO_REVIEWER: Final = "An opening by break-glass is to be reviewed by the next working day."


def closed_to(viewer: Viewer | None, kind: str, object_id: str) -> Any | None:
    """The record, where the viewer may know that it exists but may not open it: what break-glass is for."""
    record = found(viewer, kind, object_id, Action.FIND)
    return record if record is not None and not may(viewer, Action.OPEN, record) else None


@transaction.atomic
def break_glass(*, kind: str, object_id: str, reason: str, by: Viewer) -> BreakGlass:
    """Open one record for two hours. Its owner, those who keep its agency's restrictions and privacy officers are told.

    Raises BadInput for a reason that says too little; PermissionDenied where there is nothing to open by break-glass.
    """
    record = closed_to(by, kind, object_id)
    if record is None:
        raise PermissionDenied
    if len({word.lower() for word in reason.split() if any(map(str.isalpha, word))}) < WORDS_AT_LEAST:
        raise BadInput(
            Problem(
                "Say in a sentence what is happening and why it cannot wait.",
                "Somebody else will read it on the next working day: at least five different words.",
                element="reason",
            )
        )
    made = BreakGlass.objects.create(
        kind=kind,
        object_id=object_id,
        area_id=area_of(kind, record),
        user=by.user,
        reason=reason,
        opened_at=by.at,
        ends_at=by.at + BREAK_GLASS_LASTS,
        review_on=add_working_days(timezone.localdate(by.at), 1),
    )
    note(Did.BROKE_GLASS, kind, object_id, {"opening": made.pk, "until": made.ends_at.isoformat()})
    reviewers = _reviewers(made, by)
    owners = [user for user in _owners(kind, record, made, by) if user not in reviewers]
    tell(users=reviewers, said=TO_REVIEWER, kind=OPENING, object_id=made.pk, at=by.at)
    tell(users=owners, said=TO_OWNER, kind=kind, object_id=object_id, at=by.at)
    return made


def _reviewers(made: BreakGlass, by: Viewer) -> list[User]:
    who = holders(module=Module.CONFIDENTIALITY, action=Action.VERIFY, area_id=made.area_id, at=by.at)
    return list(who.exclude(pk=by.user.pk))


def _owners(kind: str, record: Any, made: BreakGlass, by: Viewer) -> list[User]:
    """The record's owner, and those in its agency who may restrict it. Not the opener."""
    how = RECORDS[kind].guard
    named = [path for path in (how.owner, how.agency) if path]
    rows = RECORDS[kind].rows.filter(pk=record.pk)
    facts = dict(zip(named, rows.values_list(*named).get(), strict=True)) if named else {}
    wanted = Q(pk=facts.get(how.owner)) if facts.get(how.owner) else Q(pk__in=[])
    if agency_id := facts.get(how.agency):
        keepers = holders(
            module=how.module, action=Action.RESTRICT, area_id=made.area_id, at=by.at, agency_id=agency_id
        )
        wanted |= Q(pk__in=keepers.values("pk"))
    return list(User.objects.filter(wanted).exclude(pk=by.user.pk))


@transaction.atomic
def review_opening(*, opening: BreakGlass, outcome: OpeningOutcome, found_out: str, by: Viewer) -> None:
    """Say what the review of an opening came to. Not the opener; once.

    Raises BadInput for one's own, or one reviewed already; PermissionDenied where it is not the viewer's to review.
    """
    rows = visible(BreakGlass.objects.select_for_update(of=("self",)), by, Action.VERIFY)
    current = rows.filter(pk=opening.pk).first()
    if current is None:
        raise PermissionDenied
    keep_apart(Duty.REVIEW_BREAK_GLASS, by=by, from_users=[current.user_id])
    if current.reviewed_by_id is not None:
        raise BadInput(Problem("This opening has been reviewed meanwhile.", "Look at what was found."))
    current.reviewed_by, current.reviewed_at = by.user, max(by.at, current.opened_at)
    current.outcome, current.found = outcome, found_out
    current.save(update_fields=["reviewed_by", "reviewed_at", "outcome", "found"])


@transaction.atomic
def end_early(*, opening: BreakGlass, by: Viewer) -> bool:
    """End one's own opening now; its review stays due. False, and nothing done, where it is over already.

    Raises PermissionDenied for somebody else's.
    """
    current = own_openings(by).select_for_update(of=("self",)).filter(pk=opening.pk).first()
    if current is None:
        raise PermissionDenied
    if current.ends_at <= by.at:
        return False
    # The clock of this request may be behind that of the one that opened it.
    current.ends_at = max(by.at, current.opened_at + timedelta(microseconds=1))
    current.save(update_fields=["ends_at"])
    note(Did.ENDED_GLASS, current.kind, current.object_id, {"opening": current.pk, "at": current.ends_at.isoformat()})
    return True


def own_openings(viewer: Viewer) -> QuerySet[BreakGlass]:
    """What the viewer has opened by break-glass, over or not."""
    return BreakGlass.objects.filter(user=viewer.user)


def openings(viewer: Viewer, action: Action = Action.FIND) -> QuerySet[BreakGlass]:
    """The openings on which the viewer may do the action, the newest first."""
    return visible(BreakGlass.objects.all(), viewer, action).select_related("user", "reviewed_by")


def may_review(viewer: Viewer, opening: BreakGlass) -> bool:
    """Whether an opening still waits, and for somebody like this viewer."""
    waits = opening.reviewed_by_id is None
    return waits and is_apart(by=viewer, from_users=[opening.user_id]) and may(viewer, Action.VERIFY, opening)


def open_now(viewer: Viewer) -> list[BreakGlass]:
    """What the viewer holds open by break-glass at this moment: for the banner on every page."""
    if not viewer.said.glass:
        return []
    return list(own_openings(viewer).filter(opened_at__lte=viewer.at, ends_at__gt=viewer.at))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Openings of a period, for the board: how many, by how many people, reviewed in time, and to what outcome."""

    openings: int
    people: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    outcomes: Mapping[str, int]


def statistics(viewer: Viewer, first: date, last: date) -> Statistics:
    """Count the openings in the viewer's area from `first` to `last`, both inclusive, as of `viewer.at`.

    Numbers for the board: whoever asks need not be allowed to see any one of the openings.
    """
    of_area = BreakGlass.objects.filter(area_id__in=viewer.areas(Module.CONFIDENTIALITY))
    rows = [row for row in of_area if first <= timezone.localdate(row.opened_at) <= last]
    today = timezone.localdate(viewer.at)
    reviewed = [row for row in rows if row.reviewed_at]
    in_time = sum(timezone.localdate(row.reviewed_at) <= row.review_on for row in reviewed if row.reviewed_at)
    return Statistics(
        openings=len(rows),
        people=len({row.user_id for row in rows}),
        in_time=in_time,
        late=len(reviewed) - in_time,
        waiting=len(rows) - len(reviewed),
        overdue=sum(row.review_on < today for row in rows if not row.reviewed_at),
        outcomes=Counter(OpeningOutcome(row.outcome).label for row in reviewed),
    )
