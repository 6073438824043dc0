"""What was typed in a form that could not be taken, to be shown again for another try. Never stored, never logged."""

from typing import Final

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.request import UnreadablePostError

SECRETS: Final = ("password", "code", "secret", "credential")
"""Parts of names whose values are not repeated in a page: they are typed again."""


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The names and texts of a posted form. Empty where nothing was posted, or it cannot be read."""
    if request.method != "POST":
        return []
    try:
        posted = request.POST
    except (SuspiciousOperation, UnreadablePostError):
        return []
    return [(name, text) for name in posted if not is_secret(name) for text in posted.getlist(name)]


def is_secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRETS)


def again(request: HttpRequest) -> dict[str, object]:
    """What the page of a trouble needs for its button "Send it again", or its link "Try again"."""
    typed = typed_in(request)
    posted = request.POST if typed else {}
    return {
        "typed": typed,
        "address": request.get_full_path(),
        "asked_by_post": request.method == "POST",
        "had_secret": any(is_secret(name) for name in posted),
        "had_file": bool(typed and request.FILES),
    }
