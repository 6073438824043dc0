"""Lock-out after wrong tries: five, whether of the password or of the second step, then an hour's wait."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.signals import authentication_failed
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max
from django.dispatch import receiver
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from safeboard.foundation.access.models import User
from safeboard.foundation.signing_in.account_forms import InOurWords


def name_of_tries(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What tries are counted under: a keyed digest of the e-mail address, so that neither table nor log holds one."""
    given = credentials or {}
    email = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return digest_of_email(str(email))


def digest_of_email(email: str) -> str:
    """The same for one address in any case; nobody without the house's key can tell whose it is."""
    return salted_hmac("safeboard: tries", email.strip().lower(), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The IP address tries come from, past the proxy where there is one; empty for a program on this machine."""
    if "REMOTE_ADDR" not in request.META:
        return ""
    return str(get_adapter(request).get_client_ip(request))


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """The page after too many wrong tries: until when, and what to do meanwhile."""
    until = _last_try(request, credentials) + timedelta(hours=settings.AXES_COOLOFF_TIME)
    return render(
        request, "signing_in/locked_out.html", {"until": until, "limit": settings.AXES_FAILURE_LIMIT}, status=429
    )


def _last_try(request: HttpRequest, credentials: dict[str, Any] | None) -> datetime:
    tries = AccessAttempt.objects.filter(username=get_client_username(request, credentials))
    last: datetime | None = tries.aggregate(last=Max("attempt_time"))["last"]
    return last or timezone.now()


class SecondStepForm(InOurWords, AuthenticateForm):  # type: ignore[misc]
    """A wrong code counts as a wrong try, and nobody who is locked out may go on trying codes."""

    def clean_code(self) -> str:
        if not AxesProxyHandler.is_allowed(context.request, _as_credentials(self.user)):
            context.request.axes_locked_out = True
            context.request.axes_credentials = _as_credentials(self.user)
            raise ValidationError("There were too many wrong tries. Wait, then try again.")
        return str(super().clean_code())


@receiver(authentication_failed)
def count_wrong_code(request: HttpRequest, user: User, reauthentication: bool = False, **_: Any) -> None:
    """Count a wrong code with the wrong passwords: the same five tries."""
    if not reauthentication:
        user_login_failed.send(sender=__name__, credentials=_as_credentials(user), request=request)


def _as_credentials(user: User) -> dict[str, str]:
    return {"email": user.email}
