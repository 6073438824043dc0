"""Telling users something in the house, and by e-mail that there is something: never what, nor about whom."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.mail import send_mass_mail
from django.db import transaction
from django.db.models import QuerySet

from safeboard.foundation.access.models import Notice, User
from safeboard.foundation.access.viewer import Viewer

SUBJECT: Final = "Something awaits you in Safeboard"
BODY: Final = (
    "Something new awaits you in Safeboard.\n\n"
    "Sign in as you always do: it stands on your first page. This message holds no link and no name on purpose.\n"
)


@transaction.atomic
def tell(*, users: Iterable[User], said: str, kind: str, object_id: object, at: datetime) -> list[Notice]:
    """Put a notice on each user's first page, and send each an e-mail that names nothing.

    `said` is a sentence without a name; `kind` and `object_id` are the record it leads to.
    """
    told = {user.pk: user for user in users if user.is_active}
    made = Notice.objects.bulk_create(
        Notice(user=user, said=said, kind=kind, object_id=str(object_id), at=at) for user in told.values()
    )
    messages = [(SUBJECT, BODY, None, [user.email]) for user in told.values()]
    # Robust: a mail server that is away must not undo what was done; the notice stands on the first page.
    transaction.on_commit(lambda: send_mass_mail(messages), robust=True)
    return made


def of(viewer: Viewer) -> QuerySet[Notice]:
    """The viewer's own notices, the newest first."""
    return Notice.objects.filter(user=viewer.user)


def unread(viewer: Viewer) -> QuerySet[Notice]:
    """The viewer's own notices that they have not read yet, the newest first."""
    return of(viewer).filter(read_at=None)


def read(*, notice_id: int, by: Viewer) -> Notice | None:
    """Mark one's own notice as read. None where there is none."""
    notice = of(by).filter(pk=notice_id).first()
    if notice is not None and notice.read_at is None:
        # The clock of this request may be behind that of the one that gave the notice.
        notice.read_at = max(by.at, notice.at)
        notice.save(update_fields=["read_at"])
    return notice
