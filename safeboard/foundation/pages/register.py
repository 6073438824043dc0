"""What an area declares of a register: its rows, columns, filters and the pages it leads to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.asked import OPENED
from safeboard.foundation.pages.columns import Column


@dataclass(frozen=True)
class Register:
    """What an area declares of one list.

    `key` names its page; `title` and `one` are its words for many and one; `kind` is what the trail calls a row.
    `rows(viewer, action)` reads through the policy: `visible(...)`, with what the cells need selected along.
    `search(rows, words)` narrows by what somebody typed. `order` is the column it is sorted by first, with "-" for
    the last first. `record` and `add` name the pages of one record (it takes the key) and of a new one. `links` are
    more pages: (words, route, action that lets somebody see the link). `intro` is a line under the title. `ready` are
    views that everybody finds there, (words, what their address asks): the first of them is what is shown at first.
    """

    key: str
    title: str
    one: str
    module: Module
    kind: str
    rows: Callable[[Viewer, Action], QuerySet[Any]]
    columns: Sequence[Column]
    order: str
    filters: type[FilterSet] | None = None
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    record: str = ""
    add: str = ""
    empty: str = ""
    search_label: str = "Search"
    intro: str = ""
    links: Sequence[tuple[str, str, Action]] = ()
    ready: Sequence[tuple[str, str]] = ()

    def ready_for(self, viewer: Viewer) -> Sequence[tuple[str, str]]:
        """The views this viewer finds there; where they may know of more than they may open, first of the latter."""
        return [("Open to you", f"{OPENED}=1"), *self.ready] if viewer.knows_of_more(self.module) else self.ready

    def at_first(self, viewer: Viewer) -> str:
        """What is asked of the list where nobody asks for anything."""
        ready = self.ready_for(viewer)
        return ready[0][1] if ready else ""
