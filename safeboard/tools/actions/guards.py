"""This room's records under the policy."""

from safeboard.foundation.access.policy import Guard, guard
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

guard(
    ActionItem,
    Guard(Module.ACTIONS, ACTION, agency="agency_id", contributing="contributing", owner="owner_id"),
)
# An agency reads the sources of what it is to do, whoever entered them.
guard(Source, Guard(Module.ACTIONS, SOURCE, agency="agency_id", contributing="actions__agency"))
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
        ),
    )
