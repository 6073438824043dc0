"""Separation of duties: what nobody does to what they did themselves. One table, and one function for every service."""

from collections.abc import Iterable

from django.db.models import TextChoices

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput, Problem


class Duty(TextChoices):
    """A second step that somebody else must take. The words are what the one who tries is told."""

    VERIFY_ACTION = "verify action", "Nobody verifies what they own, closed or gave evidence for themselves."
    REVIEW_BREAK_GLASS = "review break-glass", "Nobody reviews an opening by break-glass that they made."
    GRANT_RIGHTS = "grant rights", "Nobody gives rights to themselves: a seat, a place on a list, an involvement."
    APPROVE_PUBLICATION = "approve publication", "Nobody approves the report that they prepared."
    JOIN_RECORDS = "join records", "Nobody joins two records that they proposed to join."
    CLOSE_COMPLAINT = "close complaint", "Nobody closes a complaint that is about them, or that they made."


NOT_YET = {
    Duty.CLOSE_COMPLAINT: "complaints come with the programme of governance",
}
"""Duties whose work the house does not do yet: declared, so that it cannot come without them."""


def is_apart(*, by: Viewer, from_users: Iterable[int | None]) -> bool:
    """Whether the viewer is none of those (user keys) who did the first step."""
    return by.user.pk not in set(from_users)


def keep_apart(duty: Duty, *, by: Viewer, from_users: Iterable[int | None], element: str = "") -> None:
    """Raise BadInput where the viewer is among those who did the first step. `element` names the field at fault."""
    if not is_apart(by=by, from_users=from_users):
        raise BadInput(Problem(str(duty.label), "Ask somebody else who may.", element=element))
