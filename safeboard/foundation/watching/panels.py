"""What the first page says to those who look after the trail: what waits to be looked into, and a broken trail."""

from typing import Final

from django.urls import reverse

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.panels import Line, Panel
from safeboard.foundation.watching.codes import Cause
from safeboard.foundation.watching.models import Verification
from safeboard.foundation.watching.selectors import alerts, waiting_samples

SHOWN: Final = 5


def waiting_in_the_trail(viewer: Viewer) -> Panel | None:
    """Alerts not looked into that are not about the viewer, the oldest first, then samples with readings to review; a
    broken trail before everything.
    """
    if not viewer.may(Module.TRAIL, Action.VERIFY):
        return None
    rows = alerts(viewer, Action.VERIFY).filter(looked_at=None).exclude(user=viewer.user).order_by("day", "pk")
    lines = [
        Line(str(Cause(row.cause).label), reverse("watching:alert", args=[row.pk]), row.day) for row in rows[:SHOWN]
    ]
    lines += [
        Line(f"Sample of {row.month:%B %Y}", reverse("watching:sample", args=[row.pk]), said=_to_review(row.waiting))
        for row in waiting_samples(viewer)[:SHOWN]
    ]
    last = Verification.objects.first()
    if last is not None and last.wrong:
        broken = Line("The audit trail is not whole", reverse("watching:verifications"), said="now", urgent=True)
        lines = [broken, *lines]
    address = f"{reverse('watching:alerts')}?state=open"
    return Panel(
        "To look into", lines, address, "All alerts that wait", "Nothing in the trail waits to be looked into."
    )


def _to_review(readings: int) -> str:
    return f"{readings} reading{'' if readings == 1 else 's'} to review"
