"""The second step of signing in: required of everybody, and led to before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeboard.foundation.access.doors import signed_in_door
from safeboard.foundation.access.middleware import door_of

IN_SESSION = "second factor"
SET_UP = "signing_in:second-factor"


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether the user has set up a passkey or an authenticator app. Recovery codes alone are not one."""
    of_user = Authenticator.objects.filter(user_id=user.pk)
    return bool(of_user.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


class SecondFactorMiddleware:
    """Leads a signed-in user without a second factor to set one up. Only the demonstration lets them past."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated or _needed_to_set_one_up(view, name) or settings.DEMO:
            return None
        if request.session.get(IN_SESSION):
            return None
        if not has_second_factor(request.user):
            return redirect(SET_UP)
        request.session[IN_SESSION] = True
        return None


def _needed_to_set_one_up(view: Callable[..., HttpResponse], name: str) -> bool:
    through = door_of(view, name)
    own_account = name == SET_UP or name in settings.SIGNED_IN_PAGES_OF_LIBRARIES
    return own_account or through is None or bool(through.public)


@signed_in_door("one's own account")
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose which second factor to set up first."""
    return render(request, "signing_in/second_factor.html")
