"""Pages refused to somebody signed in: each stands in the trail, and the page that they get is the same as ever.

It is noted by the form of the address alone. Whether there is such a record is not asked: nothing that the refused
could see, or measure, would be otherwise.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from safeboard.foundation.access.records import RECORDS, pattern_of_page
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted

PAGE: Final = "page"
"""What the trail names where a refused page is about no record of a known kind."""
ANSWERS: Final = {403: "not allowed", 404: "not found"}
LONGEST_KEY: Final = 40


def note_refusal(request: HttpRequest, answer: HttpResponse) -> None:
    """Note a page that somebody signed in did not get: the page's name and the keys in its address, nothing typed.

    An address that leads nowhere is not noted, nor what was refused to somebody signed out.
    """
    here = request.resolver_match
    if here is None or answer.status_code not in ANSWERS or not request.user.is_authenticated:
        return
    keys = keys_in(here.kwargs)
    kind, name = _about(here, keys)
    details: dict[str, Any] = {
        "page": here.view_name,
        "asked to": "read" if request.method in ("GET", "HEAD") else "send",
        "answer": ANSWERS[answer.status_code],
    }
    if others := {other: key for other, key in keys.items() if other != name}:
        details["other keys"] = others
    noted(request, Did.REFUSED, kind, keys.get(name, ""), details)


def keys_in(named: Mapping[str, Any]) -> dict[str, str]:
    """The plain keys among what an address names, in its order: numbers and uuids. Any other text could be a secret."""
    keys = {}
    for name, value in named.items():
        key = _key(value) if name == "object_id" else value
        if isinstance(key, int | UUID) and len(str(key)) <= LONGEST_KEY:
            keys[name] = str(key)
    return keys


def _key(text: Any) -> int | UUID | None:
    """The key of a record whose kind the address names too; None for text that cannot be one."""
    try:
        return int(text) if str(text).isdecimal() else UUID(str(text))
    except ValueError:
        return None


def _about(here: ResolverMatch, keys: Mapping[str, str]) -> tuple[str, str]:
    """The kind of record that a page is about, and which of the keys is the record's; else the last and narrowest."""
    if here.kwargs.get("kind") in RECORDS and "object_id" in keys:
        return here.kwargs["kind"], "object_id"
    for kind, how in RECORDS.items():
        pattern = pattern_of_page(kind) if how.argument in keys else ""
        if pattern and here.route.startswith(pattern):
            return kind, how.argument
    return PAGE, next(reversed(list(keys)), "")
