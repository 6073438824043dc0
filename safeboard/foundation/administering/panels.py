"""What the first page says to administrators: what to begin with, proposals that wait for an answer,
access reviews that are overdue.
"""

from typing import Final

from django.urls import reverse

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.selectors import proposals, reviews_due
from safeboard.foundation.pages.panels import Line, Panel

SHOWN: Final = 5


def waiting_for_administrators(viewer: Viewer) -> Panel | None:
    """Of a house where nobody else sits yet, how it goes on; proposals; then the access reviews that are overdue."""
    if not viewer.may(Module.USERS, Action.ADMINISTER):
        return None
    address = reverse("administering:reviews")
    due = reviews_due(viewer)
    lines = _beginning() if len(due) == 1 and viewer.may(Module.HOUSE, Action.ADMINISTER) else []
    lines += [
        Line(f"Agree to or refuse: {row.name}", reverse("administering:proposals"), row.made_at.date())
        for row in proposals(viewer, Action.ADMINISTER)
        if viewer.area_id not in {each.area_id for each in row.agreements.all()}
    ]
    lines += [
        Line(f"Access review of {each.agency.name}", address, each.due, "overdue", urgent=True)
        for each in due
        if each.overdue
    ][:SHOWN]
    return Panel("Users and agencies", lines, address, "All access reviews", "No access review is overdue.")


def _beginning() -> list[Line]:
    """What the first administrator of an area does before anybody can work in it."""
    return [
        Line("Add the agencies of the area", reverse("administering:add-agency")),
        Line("Invite somebody who administers each of them", reverse("signing_in:invitations")),
    ]
