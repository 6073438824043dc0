"""From a row of a snapshot to the person's record in the house, for those who may open it; and rows withheld.

The rows know a child by the local identifier of the system they came from. Who holds people is told by `site`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from safeboard.foundation.access.viewer import Viewer

Finder = Callable[[Viewer, int, Sequence[str]], Mapping[str, str]]
"""Gives, for a viewer, an area's key and local identifiers, the address of each person whom the viewer may open."""

_FINDERS: list[Finder] = []


def let_people_be_found_by(finder: Finder) -> None:
    """Say who finds people by their local identifiers. The first that knows one is believed."""
    _FINDERS.append(finder)


def addresses_of_people(viewer: Viewer, area: int, identifiers: Sequence[str]) -> Mapping[str, str]:
    """The address of each person's record that the viewer may open; others are left out."""
    found: dict[str, str] = {}
    for finder in _FINDERS:
        found = {**finder(viewer, area, identifiers), **found}
    return found


Withholder = Callable[[Viewer], QuerySet[Any, Any]]
"""Gives the identifiers (one column) of children whose records a restriction closes to a viewer: few, in one query."""

_WITHHOLDERS: list[Withholder] = []


def let_rows_be_withheld_by(withholder: Withholder) -> None:
    """Say who knows which children are not to be seen in rows, whoever the rows came from."""
    _WITHHOLDERS.append(withholder)


def withheld(viewer: Viewer) -> list[QuerySet[Any, Any]]:
    """The local identifiers of children whose rows are not the viewer's to see, one query of a column each."""
    return [withholder(viewer) for withholder in _WITHHOLDERS]
