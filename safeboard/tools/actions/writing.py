"""What every write of the register begins and ends with: the row held as it is now, and the policy asked about it."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from safeboard.foundation.access.policy import may, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.tools.actions.models import ActionItem
from safeboard.tools.actions.rules import Step, next_steps
from safeboard.tools.actions.selectors import facts

Row = TypeVar("Row", bound=Model)


def held_now(row: Row, action: Action, by: Viewer) -> Row:
    """The row as it is now, kept from others until the transaction ends. Two at once come one after the other."""
    rows = visible(type(row)._default_manager.all(), by, action)
    held = rows.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if held is None:
        raise PermissionDenied
    return held


def at_step(action: ActionItem, step: Step, needed: Action, by: Viewer) -> ActionItem:
    """The action held, if it is where this step may follow. Posted twice, the second finds that it is not."""
    held = held_now(action, needed, by)
    if step not in next_steps(facts(held)):
        raise BadInput(Problem(f"As this action is now, you cannot {step}.", "Look at it again."))
    return held


def permitted(row: Row, action: Action, by: Viewer) -> Row:
    """The row just written, if the policy lets its writer do so; else the transaction ends without it."""
    if not may(by, action, row):
        raise PermissionDenied
    return row


def may_contribute(by: Viewer) -> None:
    """PermissionDenied for roles that only read."""
    if not by.may(Module.ACTIONS, Action.CHANGE):
        raise PermissionDenied


def written(held: ActionItem, **values: object) -> ActionItem:
    """Save these values and count the version on."""
    for field, value in values.items():
        setattr(held, field, value)
    held.version += 1
    held.save(update_fields=[*values, "version"])
    return held
