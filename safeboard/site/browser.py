"""What a browser may keep of the house: nothing but its static files, and after signing out not even what it shows."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

CLEARED = '"cache", "storage"'


class NothingKeptMiddleware:
    """Every page tells the browser, and anything in between, not to keep it. Static files are served before this asks.

    Who signs out, or is signed out, takes nothing along: the browser is told to drop what it has of the house.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "no-store, private"
        if getattr(request, "has_signed_out", False):
            answer["Clear-Site-Data"] = CLEARED
        return answer


@receiver(user_logged_out)
def remember(request: HttpRequest, **_kwargs: Any) -> None:
    """That the session ended with this request, by the user or by the house."""
    request.has_signed_out = True  # type: ignore[attr-defined]
