"""Links for one task: somebody without an account does one thing about one record, and gets a receipt.

A room declares its purpose once, when it is loaded, with `one_task(...)`; it sends links with `send_one_task(...)`, and
its page calls `finish(...)` when the thing is done. The link goes by e-mail, its code by telephone or text message.
Until then the room may end it with `withdraw(...)`.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.signing_in.letters import send_letter
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.signing_in.tokens import digest_of, new_code, new_token

SUBJECT: Final = "Safeboard asks one thing of you"
RECEIPT_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without 0, O, 1 and I: a receipt is read out on the telephone."""

TaskView = Callable[[HttpRequest, OneTaskLink], HttpResponse]
MaySend = Callable[[Viewer, str], bool]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a link may be for. `title` stands in the e-mail and above the page: it names no person and no record."""

    key: str
    title: str
    kind: str
    view: TaskView
    may_send: MaySend


PURPOSES: Final[dict[str, Purpose]] = {}


def one_task(purpose: str, view: TaskView, *, title: str, kind: str, may_send: MaySend) -> None:
    """Declare a purpose: the one page its links open, the kind of record, and who may send one for which record.

    `view` is called with the request and the link once the code was right; it must reach the link's record alone.
    """
    PURPOSES[purpose] = Purpose(purpose, title, kind, view, may_send)


@transaction.atomic
def send_one_task(
    *, purpose: str, object_id: str, email: str, expires_at: datetime, by: Viewer, address: str
) -> tuple[OneTaskLink, str]:
    """Send a link, and give back the code to tell by another way: it is not stored and cannot be had again.

    `address` is where the house is found, without a last slash. Raises PermissionDenied where the sender may not,
    BadInput where the expiry has passed.
    """
    declared = PURPOSES[purpose]
    if not declared.may_send(by, object_id):
        raise PermissionDenied
    if expires_at <= by.at:
        raise BadInput(Problem("The link would have expired already.", "Give a later time.", element="expires_at"))
    token, code = new_token(), new_code()
    made = OneTaskLink.objects.create(
        area_id=by.area_id,
        purpose=purpose,
        kind=declared.kind,
        object_id=object_id,
        email=email.strip().lower(),
        made_by=by.user,
        made_at=by.at,
        expires_at=expires_at,
        token_digest=digest_of(token),
        code_digest=_digest(token, code),
    )
    words = {"purpose": declared, "link": address + reverse("signing_in:task", args=[token]), "expires_at": expires_at}
    letter = render_to_string("signing_in/one_task.txt", words)
    transaction.on_commit(lambda: send_letter(SUBJECT, letter, made.email))
    return made, code


def found(token: str, at: datetime) -> OneTaskLink | None:
    """The link while it may be followed: not expired or withdrawn, until five wrong codes; used, for its receipt."""
    link = OneTaskLink.objects.filter(token_digest=digest_of(token), expires_at__gt=at, withdrawn_at=None).first()
    if link is None or link.purpose not in PURPOSES or (link.tries_left == 0 and link.used_at is None):
        return None
    return link


def code_is_right(link: OneTaskLink, token: str, code: str) -> bool:
    """Whether the code belongs to the link. A wrong one takes away one of its five tries."""
    # Counted before it is compared: however many ask at once, no more than five are answered.
    if not _unused(link).filter(tries_left__gt=0).update(tries_left=F("tries_left") - 1):
        return False
    if not secrets.compare_digest(_digest(token, code), link.code_digest):
        return False
    _unused(link).update(tries_left=F("tries_left") + 1)
    return True


def finish(*, link: OneTaskLink, at: datetime) -> str:
    """Close the link, since its task is done. Returns the receipt. Raises BadInput when it was done already."""
    receipt = "-".join("".join(secrets.choice(RECEIPT_LETTERS) for _ in range(4)) for _ in range(2))
    if not _unused(link).filter(expires_at__gt=at).update(used_at=at, receipt=receipt):
        raise BadInput(Problem("This was done already.", "There is nothing left to do."))
    return receipt


def withdraw(*, link: OneTaskLink, by: Viewer) -> bool:
    """End the link before its time; from then on it answers as an expired one. False: used or withdrawn already.

    The caller has asked the policy about the link's record.
    """
    return bool(_unused(link).update(withdrawn_at=by.at, withdrawn_by=by.user))


def _unused(link: OneTaskLink) -> QuerySet[OneTaskLink]:
    return OneTaskLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None)


def _digest(token: str, code: str) -> str:
    """Of both together: six digits alone would be guessed from their digest."""
    return digest_of(f"{token}:{code}")
