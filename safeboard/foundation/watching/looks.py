"""Who has looked at a record, for the record's own page."""

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.tables import Table
from safeboard.foundation.watching.selectors import who_has_looked


def looks_tables(viewer: Viewer, kind: str, object_id: object) -> list[Table]:
    """The table of who has looked; none at all for those who are not granted the trail.

    For the page of a record that the viewer may open: give it as `tables` and include "pages/tables.html".
    """
    if not viewer.may(Module.TRAIL, Action.OPEN):
        return []
    return [
        Table(
            "Looked at by",
            ("Who", "Role", "Agency", "Times", "First", "Last"),
            [
                (each.who, each.role, each.agency, each.times, each.first, each.last)
                for each in who_has_looked(viewer, kind, object_id)
            ],
            "Nobody has looked at it.",
            frozenset({"Times"}),
        )
    ]
