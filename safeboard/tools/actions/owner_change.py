"""Giving many actions to another owner at once, when somebody leaves or is away: seen first, then done, or undone."""

from collections.abc import Collection
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from safeboard.foundation.access.models import User
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.tools.actions.models import ActionItem, OwnerChange, OwnerChanged
from safeboard.tools.actions.selectors import may_own
from safeboard.tools.actions.writing import held_now, written

DONE: Final = BadInput(Problem("This was dealt with meanwhile.", "Look at it again."))


def to_give(by: Viewer, owner: User | None) -> QuerySet[ActionItem]:
    """The open actions of an owner (None: of nobody) that the viewer may change."""
    return visible(ActionItem.objects.filter(owner=owner, closed_on=None), by, Action.CHANGE).order_by("number")


def owners_now(by: Viewer) -> QuerySet[User]:
    """Whose open actions the viewer may give to another."""
    rows = visible(ActionItem.objects.filter(closed_on=None), by, Action.CHANGE)
    return User.objects.filter(pk__in=rows.values("owner")).order_by("name", "pk")


@transaction.atomic
def hold_change(*, owner: User | None, to: User, by: Viewer) -> OwnerChange:
    """Gather the actions that would be given. Nothing changes yet. BadInput by field."""
    if not by.may(Module.ACTIONS, Action.CHANGE):
        raise PermissionDenied
    if owner == to:
        raise BadInput(Problem("They own them already.", "Choose somebody else.", element="to"))
    if not may_own(by).filter(pk=to.pk).exists():
        raise BadInput(Problem("This person cannot be given actions by you.", "Choose another.", element="to"))
    rows = list(to_give(by, owner))
    if not rows:
        raise BadInput(Problem("There is no open action that you may give.", "Choose another.", element="owner"))
    made = OwnerChange.objects.create(area_id=by.area_id, agency=by.seat.agency, made_by=by.user, made_at=by.at, to=to)
    OwnerChanged.objects.bulk_create(OwnerChanged(change=made, action=row, before=owner) for row in rows)
    return made


@transaction.atomic
def do_change(*, change: OwnerChange, chosen: Collection[int], by: Viewer) -> int:
    """Give those entries that were chosen: how many. What another has closed or given meanwhile is left alone."""
    now = held_now(change, Action.CHANGE, by)
    if now.done_at:
        raise DONE
    now.entries.exclude(pk__in=chosen).delete()
    given = 0
    for entry in now.entries.select_related("action"):
        row = to_give(by, entry.before).select_for_update().filter(pk=entry.action_id).first()
        if row is None:
            entry.delete()
            continue
        written(row, owner=now.to)
        given += 1
    now.done_at = by.at
    now.save(update_fields=["done_at"])
    return given


@transaction.atomic
def undo_change(*, change: OwnerChange, by: Viewer) -> int:
    """Give back what is still where the change put it: how many."""
    now = held_now(change, Action.CHANGE, by)
    if not now.done_at or now.undone_at:
        raise DONE
    back = 0
    for entry in now.entries.all():
        row = to_give(by, now.to).select_for_update().filter(pk=entry.action_id).first()
        if row is not None:
            written(row, owner=entry.before)
            back += 1
    now.undone_at = by.at
    now.save(update_fields=["undone_at"])
    return back
