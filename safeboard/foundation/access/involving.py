"""Recording that a user, or an agency, works with a record for a time: what lets the reach `involved` see it."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.foundation.access.duties import Duty, keep_apart
from safeboard.foundation.access.models import Involvement, User
from safeboard.foundation.access.records import found
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem


@transaction.atomic
def involve(
    *,
    kind: str,
    object_id: str,
    why: str,
    by: Viewer,
    user: User | None = None,
    agency: Agency | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Involvement:
    """Record that a user, or else an agency, works with a record. Both days inclusive; from today where not given.

    Raises BadInput by field (oneself, both or neither, an end before the start, involved already); PermissionDenied
    where the viewer may not change the record.
    """
    if found(by, kind, object_id, Action.CHANGE) is None:
        raise PermissionDenied
    starts_on = starts_on or timezone.localdate(by.at)
    if user is not None:
        keep_apart(Duty.GRANT_RIGHTS, by=by, from_users=[user.pk], element="user")
    if problems := _problems(user, agency, starts_on, ends_on):
        raise BadInput(problems)
    same = Involvement.objects.filter(kind=kind, object_id=object_id, user=user, agency=agency)
    if same.filter(_running(starts_on)).exists():
        raise BadInput(Problem("They are involved on that day already.", "End that first, or leave it as it is."))
    return Involvement.objects.create(
        kind=kind,
        object_id=object_id,
        user=user,
        agency=agency,
        why=why,
        said_by=by.user,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _problems(user: User | None, agency: Agency | None, starts_on: date, ends_on: date | None) -> list[Problem]:
    problems = []
    if (user is None) == (agency is None):
        problems.append(Problem("Say who is involved.", "Choose a person or an agency, not both.", element="user"))
    if ends_on is not None and ends_on < starts_on:
        problems.append(
            Problem("It would end before it starts.", "Choose a later last day, or none.", element="ends_on")
        )
    return problems


@transaction.atomic
def end_involvement(*, involvement: Involvement, by: Viewer) -> None:
    """End an involvement: yesterday was its last day, so its reach ends now. One that started today is removed.

    PermissionDenied where the viewer may not change the record.
    """
    if found(by, involvement.kind, involvement.object_id, Action.CHANGE) is None:
        raise PermissionDenied
    last = timezone.localdate(by.at) - timedelta(days=1)
    current = Involvement.objects.select_for_update(of=("self",)).filter(pk=involvement.pk).first()
    if current is None or (current.ends_on is not None and current.ends_on <= last):
        return
    if current.starts_on > last:
        current.delete()
    else:
        current.ends_on = last
        current.save(update_fields=["ends_on"])


def involved(kind: str, object_id: str, viewer: Viewer) -> QuerySet[Involvement]:
    """Who is involved with a record that the viewer has been found to open: now and before, the newest first."""
    rows = Involvement.objects.filter(kind=kind, object_id=object_id)
    return rows.select_related("user", "agency", "said_by").order_by("-starts_on", "-id")


def _running(on: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=on)
