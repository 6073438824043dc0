"""What the first page says of actions: one's own that are open, and those that wait for one's verification."""

from typing import Final

from django.urls import reverse

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.panels import Line, Panel
from safeboard.tools.actions.selectors import own_open, to_verify, today

SHOWN: Final = 5


def own_actions(viewer: Viewer) -> Panel | None:
    """The viewer's own open actions, the first due first; then what waits for them to verify it."""
    if not viewer.may(Module.ACTIONS, Action.FIND):
        return None
    on = today(viewer)
    lines = [
        Line(
            row.title,
            reverse("actions:action", args=[row.pk]),
            row.due_on,
            "overdue" if row.due_on < on else "",
            row.due_on < on,
        )
        for row in own_open(viewer)[:SHOWN]
    ]
    if viewer.may(Module.ACTIONS, Action.VERIFY):
        lines += [
            Line(row.title, reverse("actions:action", args=[row.pk]), row.closed_on, "to verify")
            for row in to_verify(viewer)[:SHOWN]
        ]
    address = f"{reverse('actions:actions')}?standing=open&only=mine"
    return Panel("Your actions", lines, address, "All your open actions", "No action of yours is open.")
