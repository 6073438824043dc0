"""Asking somebody once more for the second step of signing in, before what does most harm in the wrong hands."""

from collections.abc import Callable
from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def confirmed_again(view: View) -> View:
    """The page opens only to somebody who showed within the last five minutes that it is they."""
    return cast(View, reauthentication_required(view))


def confirm_again(request: HttpRequest) -> None:
    """Where they have not shown it within the last five minutes, leave the page and ask. They come back to it."""
    raise_if_reauthentication_required(request, app="")
