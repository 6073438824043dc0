"""A form sent twice is done once: each form carries a token, and the database holds those that were done."""

import uuid
from datetime import datetime, timedelta

from django.http import HttpResponse, HttpResponseRedirect

from safeboard.foundation.access.models import User
from safeboard.foundation.pages.models import PostedForm

ONCE = "form-once"
GOOD_FOR = timedelta(days=7)
SENT_BEFORE = (
    "This form was sent already, and what it asks was done then: it was not done again. "
    "To do the same once more, open the form anew."
)


def new_token(posted: str = "") -> str:
    """The token a form came with, else a new one."""
    return posted if _read(posted) else str(uuid.uuid4())


def claim(posted: str, user: User, at: datetime) -> PostedForm | None:
    """Take the token in this transaction. A row that has an answer was done before; None where no token came.

    Of two posts at the same moment the second waits here until the first is done or has failed.
    """
    token = _read(posted)
    if token is None:
        return None
    row, new = PostedForm.objects.get_or_create(token=token, defaults={"user": user, "posted_at": at})
    if not new and row.user_id != user.pk:
        return None
    row.answer = "" if new else row.answer or "/"
    return row


def led_to(token: str, user: User) -> str:
    """Where the answer led to what this user sent under a token, "" where they have not sent it."""
    key = _read(token)
    row = PostedForm.objects.filter(token=key, user=user).first() if key else None
    return row.answer if row else ""


def delete_expired(at: datetime) -> int:
    """Forget forms that were sent so long ago that nobody sends them again from an open page. Gives how many."""
    return PostedForm.objects.filter(posted_at__lte=at - GOOD_FOR).delete()[0]


def remember(row: PostedForm, answer: HttpResponse) -> None:
    """Keep where the answer led."""
    row.answer = answer.url if isinstance(answer, HttpResponseRedirect) else ""
    row.save(update_fields=["answer"])


def _read(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(token)
    except ValueError:
        return None
