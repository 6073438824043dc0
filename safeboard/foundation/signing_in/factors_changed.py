"""When what somebody signs in with changes, they are signed out wherever else they are: somebody else may be there."""

from typing import Any, Final

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.signing_in.second_factor import IN_SESSION
from safeboard.foundation.signing_in.sessions import end_elsewhere, remember

SAID: Final = "You were signed out everywhere else: there, sign in again."


@receiver(password_changed)
@receiver(password_set)
def password_is_another(request: HttpRequest, user: User, **_: Any) -> None:
    """The framework gave this session another key, and the others open nothing any more: they are ended for good."""
    remember(request, user)
    _end_others(request, user, "the password changed")


@receiver(password_reset)
def password_was_forgotten(user: User, **_: Any) -> None:
    """Whoever chose another by a letter is not signed in: no session goes on."""
    end_elsewhere(user=user, this=None, why="the password changed", at=timezone.now())


@receiver(authenticator_added)
@receiver(authenticator_removed)
@receiver(authenticator_reset)
def second_step_is_another(request: HttpRequest, user: User, **_: Any) -> None:
    """A passkey, an app or recovery codes were set up, removed or made anew."""
    request.session.pop(IN_SESSION, None)  # look again at the next page whether one is left
    _end_others(request, user, "the second step changed")


def _end_others(request: HttpRequest, user: User, why: str) -> None:
    if end_elsewhere(user=user, this=request.session.session_key, why=why, at=timezone.now()):
        messages.info(request, SAID)
