"""Who has looked at a record, and who was refused it, for the record's own page."""

from collections.abc import Sequence

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.tables import Table
from safeboard.foundation.watching.selectors import Look, who_has_looked


def looks_tables(viewer: Viewer, kind: str, object_id: object) -> list[Table]:
    """The tables of who has looked and who was refused; none at all for those who are not granted the trail.

    For the page of a record that the viewer may open: give it as `tables` and include "pages/tables.html".
    """
    if not viewer.may(Module.TRAIL, Action.OPEN):
        return []
    looks = who_has_looked(viewer, kind, object_id)
    return [
        _table("Looked at by", [each for each in looks if not each.refused], "Nobody has looked at it."),
        _table("Refused to", [each for each in looks if each.refused], "Nobody was refused it."),
    ]


def _table(title: str, looks: Sequence[Look], empty: str) -> Table:
    rows = [(each.who, each.role, each.agency, each.times, each.first, each.last) for each in looks]
    return Table(title, ("Who", "Role", "Agency", "Times", "First", "Last"), rows, empty, frozenset({"Times"}))
