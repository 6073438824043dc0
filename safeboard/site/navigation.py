"""The menu: each entry with the module and action that let somebody see it. What leads nowhere is not shown."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from safeboard.foundation.access.break_glass import open_now
from safeboard.foundation.access.models import BreakGlass
from safeboard.foundation.access.records import address_of, one_of
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.signing_in.idle import WRITTEN_EVERY


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the menu. `route` is the name of its page."""

    title: str
    route: str
    module: Module
    action: Action = Action.FIND


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as the menu shows it. `current` is "page" on the page itself, "true" on a page that belongs to it."""

    title: str
    address: str
    current: str = ""


MENU: Final[tuple[Entry, ...]] = (
    Entry("Find a person", "matching:search", Module.PEOPLE),
    Entry("People", "people:people", Module.PEOPLE),
    Entry("Duplicates", "matching:pairs", Module.PEOPLE, Action.VERIFY),
    Entry("Actions", "actions:actions", Module.ACTIONS),
    Entry("Contacts", "contacts:contacts", Module.CONTACTS),
    Entry("Performance", "performance-measures", Module.PERFORMANCE, Action.OPEN),
    Entry("Reports", "performance-reports", Module.PERFORMANCE, Action.OPEN),
    Entry("Snapshots", "performance-snapshots", Module.PERFORMANCE, Action.OPEN),
    Entry("Uploads", "performance-uploads", Module.PERFORMANCE, Action.ADD),
    Entry("Restricted records", "confidentiality:restrictions", Module.CONFIDENTIALITY),
    Entry("Break-glass", "confidentiality:openings", Module.CONFIDENTIALITY),
    Entry("Alerts", "watching:alerts", Module.TRAIL),
    Entry("Audit trail", "watching:trail", Module.TRAIL),
    Entry("Users and seats", "administering:seats", Module.USERS),
    Entry("Invitations", "signing_in:invitations", Module.USERS, Action.ADMINISTER),
    Entry("Agencies", "administering:agencies", Module.USERS),
    Entry("Agencies' own sign-in", "signing_in:agencies", Module.HOUSE, Action.ADMINISTER),
    Entry("Area", "administering:area", Module.HOUSE),
    Entry("Arrangements", "administering:arrangements", Module.HOUSE),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the base template shows around every page."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "menu": _places(viewer, request.path) if viewer else [],
        "broken_glass": _broken_glass(viewer) if viewer else [],
        "demo": settings.DEMO,
        "scrubbed_copy": settings.SCRUBBED_COPY,
        # The time of the last page is written no more often, so a session may end so much earlier.
        "idle_seconds": settings.IDLE_SIGN_OUT - WRITTEN_EVERY,
    }


def _places(viewer: Viewer, path: str) -> list[Place]:
    """The entries that the viewer may see; of those whose address a page's begins with, the longest is its own."""
    seen = [(each.title, reverse(each.route)) for each in MENU if viewer.may(each.module, each.action)]
    own = max((address for _, address in seen if path.startswith(address)), key=len, default="")
    said = "page" if path == own else "true"
    return [Place(title, address, said if address == own else "") for title, address in seen]


def _broken_glass(viewer: Viewer) -> list[tuple[BreakGlass, str, str]]:
    """What the viewer holds open by break-glass: the opening, what is open, and where it is."""
    return [(row, one_of(row.kind), address_of(row.kind, row.object_id)) for row in open_now(viewer)]
