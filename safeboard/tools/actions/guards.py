"""This room's records under the policy."""

from safeboard.foundation.access.policy import About, Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity
from safeboard.tools.actions.models import (
    ActionItem,
    ActionLoad,
    DueDateChange,
    Evidence,
    NewsAsked,
    OwnerChange,
    ProgressNote,
    Recommendation,
    Reopening,
    Source,
    Theme,
)

OFFICIAL = Sensitivity.OFFICIAL
ACTION, SOURCE, LOAD, OWNER_CHANGE = "action", "action source", "action load", "owner change"
"""The kinds by which restrictions and the trail name these records."""


def _what(source: str = "") -> tuple[About, ...]:
    """The record that a source is about. Closed, it closes the source and its actions. `source` leads to the source."""
    return (About(f"{source}object_id", f"{source}record_kind"),)


guard(
    ActionItem,
    Guard(
        Module.ACTIONS,
        ACTION,
        agency="agency_id",
        contributing="contributing",
        owner="owner_id",
        about=_what("source__"),
    ),
)
# An agency reads the sources of what it is to do, whoever entered them.
guard(Source, Guard(Module.ACTIONS, SOURCE, agency="agency_id", contributing="actions__agency", about=_what()))
guard(
    Recommendation,
    Guard(
        Module.ACTIONS,
        SOURCE,
        area="source__area_id",
        sensitivity="source__sensitivity",
        agency="source__agency_id",
        contributing="source__actions__agency",
        record="source_id",
        about=_what("source__"),
    ),
)
guard(Theme, Guard(Module.ACTIONS, "action theme", sensitivity=OFFICIAL))
guard(ActionLoad, Guard(Module.ACTIONS, LOAD, sensitivity=OFFICIAL, owner="made_by_id"))
guard(OwnerChange, Guard(Module.ACTIONS, OWNER_CHANGE, sensitivity=OFFICIAL, owner="made_by_id"))

for happened in (DueDateChange, ProgressNote, Evidence, NewsAsked, Reopening):
    guard(
        happened,
        Guard(
            Module.ACTIONS,
            ACTION,
            area="action__area_id",
            sensitivity="action__sensitivity",
            agency="action__agency_id",
            contributing="action__contributing",
            owner="action__owner_id",
            record="action_id",
            about=_what("action__source__"),
        ),
    )
