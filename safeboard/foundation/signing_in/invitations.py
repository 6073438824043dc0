"""Inviting somebody to a seat, and taking it. The link goes by e-mail, is good once and for seven days."""

from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.duties import Duty, keep_apart
from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer, seats_of
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.signing_in.adapters import may_sign_in
from safeboard.foundation.signing_in.administering import administered_by, roles_to_give
from safeboard.foundation.signing_in.letters import send_letter
from safeboard.foundation.signing_in.models import Invitation
from safeboard.foundation.signing_in.tokens import digest_of, new_token

GOOD_FOR: Final = timedelta(days=7)
SUBJECT: Final = "You are invited to Safeboard"


@transaction.atomic
def invite(*, email: str, role: str, agency: Agency, by: Viewer, address: str) -> Invitation:
    """Offer a seat and send the link. `address` is where the house is found, `https://` and all, without a last slash.

    Raises BadInput by field; PermissionDenied where the agency is not the inviter's to administer.
    """
    if not administered_by(by).filter(pk=agency.pk).exists():
        raise PermissionDenied
    email = email.strip().lower()
    if problems := _problems(email, role, agency, by):
        raise BadInput(problems)
    # The newest link alone is good: the one before may have gone astray.
    open_invitations(by.at).filter(agency=agency, role=role, email=email).update(withdrawn_at=by.at)
    token = new_token()
    made = Invitation.objects.create(
        agency=agency,
        role=role,
        email=email,
        invited_by=by.user,
        token_digest=digest_of(token),
        made_at=by.at,
        expires_at=by.at + GOOD_FOR,
    )
    transaction.on_commit(lambda: _send(made, address + reverse("signing_in:accept", args=[token])))
    return made


def _problems(email: str, role: str, agency: Agency, by: Viewer) -> list[Problem]:
    if email == by.user.email:
        keep_apart(Duty.GRANT_RIGHTS, by=by, from_users=[by.user.pk], element="email")
    if role not in {each.key for each in roles_to_give(by, agency)}:
        return [Problem("This agency cannot have that role from you.", "Choose another.", element="role")]
    user = User.objects.filter(email=email).first()
    seats = seats_of(user, by.at) if user and may_sign_in(user) else []
    if any((seat.agency_id, seat.role) == (agency.pk, role) for seat in seats):
        return [Problem("They hold this seat already.", "There is nothing to do.", element="email")]
    return []


def _send(invitation: Invitation, link: str) -> None:
    words = {"invitation": invitation, "role": roles()[invitation.role], "link": link}
    send_letter(SUBJECT, render_to_string("signing_in/invitation.txt", words), invitation.email)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Viewer) -> None:
    """Make the link worthless. PermissionDenied unless the invitation is the viewer's to administer."""
    if not may(by, Action.ADMINISTER, invitation):
        raise PermissionDenied
    open_invitations(by.at).filter(pk=invitation.pk).update(withdrawn_at=by.at)


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Those that are still good at a moment."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


def found(token: str, at: datetime) -> Invitation | None:
    """The invitation behind a link, while it is good."""
    good = open_invitations(at).filter(token_digest=digest_of(token), agency__ended_on=None)
    return good.select_related("agency__area").first()


@transaction.atomic
def accept(*, invitation: Invitation, at: datetime, name: str = "", password: str | None = None) -> User:
    """Take the seat, making or reopening the account where there is none open. `password` None: none is needed.

    Raises BadInput where the invitation was taken or withdrawn meanwhile. An account that is open keeps its name and
    its ways of signing in: the caller has seen to it that its own user asks.
    """
    # The row is locked by the update, so exactly one of two requests at once takes it.
    if not open_invitations(at).filter(pk=invitation.pk).update(accepted_at=at):
        raise BadInput(Problem("This invitation is not good any more.", "Ask for another one."))
    user = account_of(invitation) or _opened(invitation.email, name, password)
    Seat.objects.create(user=user, role=invitation.role, agency=invitation.agency, starts_on=timezone.localdate(at))
    return user


def account_of(invitation: Invitation) -> User | None:
    """The open account with the invited address, if there is one."""
    user = User.objects.filter(email__iexact=invitation.email).first()
    return user if user and may_sign_in(user) else None


def _opened(email: str, name: str, password: str | None) -> User:
    """A new account, or one that was closed, without anything that opened it then."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        return User.objects.create_user(email, name, password)
    Authenticator.objects.filter(user=user).delete()
    user.name, user.is_active, user.ended_on = name, True, None
    user.set_password(password)
    user.save()
    return user
