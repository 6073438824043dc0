"""What the first page says of confidentiality: unread notices, and what is to be reviewed."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.break_glass import openings
from safeboard.foundation.access.notices import unread
from safeboard.foundation.access.restricting import standing
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.panels import Line, Panel

SHOWN = 5
SOON = timedelta(days=14)


def own_notices(viewer: Viewer) -> Panel | None:
    """What the viewer has been told and has not read yet. No panel where there is nothing."""
    rows = unread(viewer)[:SHOWN]
    lines = [
        Line(row.said, reverse("confidentiality:notice", args=[row.pk]), timezone.localdate(row.at)) for row in rows
    ]
    return Panel("Your notices", lines, reverse("confidentiality:notices"), "All your notices") if lines else None


def to_review(viewer: Viewer) -> Panel | None:
    """Openings and restrictions to be reviewed, those overdue first. For those who review them alone."""
    if not viewer.may(Module.CONFIDENTIALITY, Action.VERIFY):
        return None
    today = timezone.localdate(viewer.at)
    waiting = openings(viewer).filter(reviewed_by=None).exclude(user=viewer.user).order_by("review_on")[:SHOWN]
    due = standing(viewer).filter(review_on__lte=today + SOON)[:SHOWN]
    rows = [(row.review_on, "An opening by break-glass", "confidentiality:opening", row.pk) for row in waiting]
    rows += [(row.review_on, "A restricted record", "confidentiality:restriction", row.pk) for row in due]
    lines = [
        Line(words, reverse(route, args=[key]), day, "overdue" if day < today else "", day < today)
        for day, words, route, key in sorted(rows)[:SHOWN]
    ]
    everything = reverse("confidentiality:openings")
    return Panel("To be reviewed", lines, everything, "All openings", "Nothing waits for review.")
