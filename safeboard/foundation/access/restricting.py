"""Restricting a record of any kind: closing it, listing who may pass or not, reviewing every 90 days, ending."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from safeboard.foundation.access.duties import Duty, keep_apart
from safeboard.foundation.access.models import Restriction, RestrictionEntry, RestrictionReview, User
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.records import RECORDS, found
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, RestrictionCategory
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem

REVIEWED_EVERY: Final = timedelta(days=90)
LONGEST: Final = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Default:
    """What a category means unless somebody says otherwise: for how many days, closed to whom."""

    days: int
    only_listed: bool = True
    hides_existence: bool = False
    lets_duty_team_in: bool = True

    def unless_said(
        self, only_listed: bool | None, hides_existence: bool | None, lets_duty_team_in: bool | None
    ) -> Mapping[str, bool]:
        """The terms of a restriction: what was said, and the default for what was not (None)."""
        closed = self.only_listed if only_listed is None else only_listed
        hides = self.hides_existence if hides_existence is None else hides_existence
        return {
            "only_listed": closed,
            "hides_existence": hides and closed,  # what is not closed has nothing to hide
            "lets_duty_team_in": self.lets_duty_team_in if lets_duty_team_in is None else lets_duty_team_in,
        }


DEFAULTS: Final = {
    RestrictionCategory.CASE_REVIEW: Default(days=365),
    RestrictionCategory.STAFF_RELATIVE: Default(days=180),
    RestrictionCategory.STAFF_ALLEGATION: Default(days=180),
    RestrictionCategory.ADOPTION: Default(days=5 * 365, hides_existence=True),
    RestrictionCategory.SAFE_CONTACT: Default(days=365, hides_existence=True),
    RestrictionCategory.PROCEEDINGS: Default(days=365),
    RestrictionCategory.PUBLIC_INTEREST: Default(days=90),
    RestrictionCategory.OTHER: Default(days=90),
}
"""Chosen by this project after councils' published practice; a board may set other lengths at each restriction."""


@transaction.atomic
def restrict(
    *,
    kind: str,
    object_id: str,
    category: RestrictionCategory,
    reason: str,
    ask: str,
    by: Viewer,
    ends_on: date | None = None,
    only_listed: bool | None = None,
    hides_existence: bool | None = None,
    lets_duty_team_in: bool | None = None,
    allowed: Iterable[User] = (),
    kept_out: Iterable[User] = (),
) -> Restriction:
    """Close a record from now to the end of `ends_on`. What is not given is the category's default.

    Raises BadInput by field; PermissionDenied where the viewer may not restrict this record.
    """
    if (record := found(by, kind, object_id, Action.RESTRICT)) is None:
        raise PermissionDenied
    default, today = DEFAULTS[category], timezone.localdate(by.at)
    ends_on = ends_on or today + timedelta(days=default.days)
    through, out = list(allowed), list(kept_out)
    _refuse(ends_on, today, through, out, by)
    made = Restriction(
        kind=kind,
        object_id=object_id,
        area_id=area_of(kind, record),
        category=category,
        reason=reason,
        ask=ask,
        set_by=by.user,
        starts_at=by.at,
        **default.unless_said(only_listed, hides_existence, lets_duty_team_in),
    )
    _end_on(made, ends_on, today)
    made.save()
    _list_users(made, through, out)
    return made


def _end_on(restriction: Restriction, day: date, today: date) -> None:
    """Let it hold to the end of the day, and be reviewed by then, or before if that is far."""
    restriction.ends_at = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    restriction.review_on = min(day, today + REVIEWED_EVERY)


def _list_users(restriction: Restriction, through: list[User], out: list[User]) -> None:
    RestrictionEntry.objects.bulk_create(
        RestrictionEntry(restriction=restriction, user=user, allowed=allowed)
        for users, allowed in ((through, True), (out, False))
        for user in users
    )


def _refuse(ends_on: date, today: date, through: list[User], out: list[User], by: Viewer) -> None:
    keep_apart(Duty.GRANT_RIGHTS, by=by, from_users=[user.pk for user in through], element="allowed")
    problems = []
    if not today <= ends_on <= today + LONGEST:
        problems.append(
            Problem(
                "A restriction ends today or later, within five years.",
                "Choose a nearer day: it can be kept on at each review.",
                element="ends_on",
            )
        )
    if {user.pk for user in through} & {user.pk for user in out}:
        problems.append(
            Problem("Somebody is on both lists.", "Leave them on one: let through, or kept out.", element="kept_out")
        )
    if problems:
        raise BadInput(problems)


@transaction.atomic
def review(*, restriction: Restriction, keep: bool, reason: str, by: Viewer, ends_on: date | None = None) -> None:
    """Keep a restriction on for another 90 days (with `ends_on`, to a new end), or end it now; say why.

    Raises BadInput where it has ended, or ends too late; PermissionDenied where the viewer may not review it.
    """
    current = restrictions(by, Action.VERIFY).select_for_update(of=("self",)).filter(pk=restriction.pk).first()
    if current is None:
        raise PermissionDenied
    if current.ends_at <= by.at:
        raise BadInput(Problem("This restriction has ended.", "Restrict the record anew where it must be closed."))
    today = timezone.localdate(by.at)
    if keep:
        ends = ends_on or last_day(current)
        _refuse(ends, today, [], [], by)
        _end_on(current, ends, today)
    else:
        current.ends_at = by.at
    current.save(update_fields=["ends_at", "review_on"])
    RestrictionReview.objects.create(restriction=current, reviewed_by=by.user, at=by.at, kept=keep, reason=reason)


@transaction.atomic
def list_user(*, restriction: Restriction, user: User, allowed: bool | None, by: Viewer) -> None:
    """Let a user through a restriction, keep them out, or (None) take them off its list.

    Raises BadInput for oneself; PermissionDenied where the viewer may not change the restriction.
    """
    current = restrictions(by, Action.CHANGE).filter(pk=restriction.pk).first()
    if current is None:
        raise PermissionDenied
    keep_apart(Duty.GRANT_RIGHTS, by=by, from_users=[user.pk], element="user")
    if allowed is None:
        current.entries.filter(user=user).delete()
    else:
        current.entries.update_or_create(user=user, defaults={"allowed": allowed})


def restrictions(viewer: Viewer, action: Action) -> QuerySet[Restriction]:
    """The restrictions on which the viewer may do the action. One that keeps them out by name is not shown to them."""
    keeping_out = RestrictionEntry.objects.filter(restriction=OuterRef("pk"), user=viewer.user, allowed=False)
    return visible(Restriction.objects.all(), viewer, action).exclude(Exists(keeping_out))


def standing(viewer: Viewer, action: Action = Action.FIND) -> QuerySet[Restriction]:
    """The restrictions that hold at the viewer's moment, of those on which they may do the action; first due first."""
    rows = restrictions(viewer, action)
    return rows.filter(starts_at__lte=viewer.at, ends_at__gt=viewer.at).select_related("set_by")


def whom_to_ask(kind: str, object_id: str, viewer: Viewer) -> list[str]:
    """Whom to ask about a closed record: nobody, for somebody who may not know that it exists.

    The agency that answers for the record, where no restriction says more.
    """
    if not visible(RECORDS[kind].rows.filter(pk=object_id), viewer, Action.FIND).exists():
        return []
    rows = Restriction.objects.filter(
        kind=kind, object_id=object_id, starts_at__lte=viewer.at, ends_at__gt=viewer.at, hides_existence=False
    )
    said = list(dict.fromkeys(rows.values_list("ask", flat=True)))
    return said or _agency_of(kind, object_id)


def _agency_of(kind: str, object_id: str) -> list[str]:
    how = RECORDS[kind]
    if not how.guard.agency:
        return []
    key = how.rows.filter(pk=object_id).values(how.guard.agency)
    return list(Agency.objects.filter(pk__in=key).values_list("name", flat=True))


def area_of(kind: str, record: Any) -> int:
    """The key of the area that a record lies in."""
    how = RECORDS[kind]
    area: int = how.rows.filter(pk=record.pk).values_list(how.guard.area, flat=True).get()
    return area


def last_day(restriction: Restriction) -> date:
    """The last day on which a restriction holds, in this country's time: it ends with the day, not on it."""
    return timezone.localdate(restriction.ends_at - timedelta(microseconds=1))
