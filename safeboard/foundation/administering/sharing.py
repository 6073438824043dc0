"""Arrangements between areas: proposed by one, in force when every one has agreed, ended by any of them."""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.models import Agreement, Proposal
from safeboard.foundation.administering.rules import SHAREABLE
from safeboard.foundation.administering.selectors import other_areas
from safeboard.foundation.agencies.models import Arrangement, BoardArea
from safeboard.foundation.kernel.errors import BadInput, Problem


@transaction.atomic
def propose(
    *, name: str, module: Module, areas: Collection[BoardArea], starts_on: date, ends_on: date | None, by: Viewer
) -> Proposal:
    """Propose to other areas to share one module's records; the proposer's own area takes part and has agreed.

    Nothing is shared yet: nobody opens another area's records by naming it. Raises BadInput by field.
    """
    if not by.may(Module.HOUSE, Action.ADMINISTER):
        raise PermissionDenied
    known = set(other_areas(by).filter(pk__in=[area.pk for area in areas]))
    if not known or known != set(areas):
        raise BadInput(Problem("Name the areas to share with.", "Choose at least one other area.", element="areas"))
    if module not in SHAREABLE:
        raise BadInput(Problem("This cannot be shared.", "Choose a module of records.", element="module"))
    if ends_on is not None and ends_on < starts_on:
        raise BadInput(Problem("It would end before it starts.", "Give a later day.", element="ends_on"))
    made = Proposal.objects.create(
        name=name.strip(), module=module, starts_on=starts_on, ends_on=ends_on, made_by=by.user, made_at=by.at
    )
    made.areas.set([*known, by.seat.agency.area])
    Agreement.objects.create(proposal=made, area=by.seat.agency.area, agreed_by=by.user, agreed_at=by.at)
    return made


@transaction.atomic
def agree(*, proposal: Proposal, by: Viewer) -> Arrangement | None:
    """Agree for the viewer's own area. The arrangement, where it was the last agreement that was missing."""
    held = _open(proposal, by)
    _, new = Agreement.objects.get_or_create(
        proposal=held, area=by.seat.agency.area, defaults={"agreed_by": by.user, "agreed_at": by.at}
    )
    if not new:
        raise BadInput(Problem("Your area has agreed already.", "There is nothing to do."))
    if held.agreements.count() < held.areas.count():
        return None
    arrangement = Arrangement.objects.create(
        name=held.name, module=held.module, starts_on=held.starts_on, ends_on=held.ends_on
    )
    arrangement.areas.set(held.areas.all())
    held.arrangement = arrangement
    held.save()
    return arrangement


@transaction.atomic
def withdraw(*, proposal: Proposal, by: Viewer) -> None:
    """Take a proposal back, or refuse it: any area named in it may."""
    held = _open(proposal, by)
    held.withdrawn_at = by.at
    held.save()


@transaction.atomic
def end_arrangement(*, arrangement: Arrangement, by: Viewer) -> None:
    """End an arrangement at once, for all its areas: its last day was yesterday. Any of its areas may."""
    if not may(by, Action.ADMINISTER, arrangement):
        raise PermissionDenied
    held = Arrangement.objects.select_for_update().get(pk=arrangement.pk)
    yesterday = timezone.localdate(by.at) - timedelta(days=1)
    if held.ends_on is not None and held.ends_on <= yesterday:
        raise BadInput(Problem("This arrangement has ended already.", "There is nothing to do."))
    held.ends_on, held.starts_on = yesterday, min(held.starts_on, yesterday)
    held.save()


def _open(proposal: Proposal, by: Viewer) -> Proposal:
    if not may(by, Action.ADMINISTER, proposal):
        raise PermissionDenied
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.arrangement_id is not None or held.withdrawn_at is not None:
        raise BadInput(Problem("This proposal was dealt with meanwhile.", "Look at it again."))
    return held
