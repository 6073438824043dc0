"""What the first page says to those who look after the trail: alerts that wait, and a trail that is not whole."""

from typing import Final

from django.urls import reverse

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.panels import Line, Panel
from safeboard.foundation.watching.codes import Cause
from safeboard.foundation.watching.models import Verification
from safeboard.foundation.watching.selectors import alerts

SHOWN: Final = 5


def waiting_alerts(viewer: Viewer) -> Panel | None:
    """Alerts not looked into that are not about the viewer, the oldest first; a broken trail before everything."""
    if not viewer.may(Module.TRAIL, Action.VERIFY):
        return None
    rows = alerts(viewer, Action.VERIFY).filter(looked_at=None).exclude(user=viewer.user).order_by("day", "pk")
    lines = [
        Line(str(Cause(row.cause).label), reverse("watching:alert", args=[row.pk]), row.day) for row in rows[:SHOWN]
    ]
    last = Verification.objects.first()
    if last is not None and last.wrong:
        broken = Line("The audit trail is not whole", reverse("watching:verifications"), said="now", urgent=True)
        lines = [broken, *lines]
    address = f"{reverse('watching:alerts')}?state=open"
    return Panel("Alerts", lines, address, "All alerts that wait", "Nothing in the trail waits to be looked into.")
