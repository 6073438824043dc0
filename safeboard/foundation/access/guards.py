"""This room's own records under the policy."""

from safeboard.foundation.access.models import BreakGlass, Restriction
from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity

OPENING, RESTRICTION = "break_glass", "restriction"
"""The kinds by which notices and the trail name these records."""

guard(BreakGlass, Guard(Module.CONFIDENTIALITY, OPENING, sensitivity=Sensitivity.SEALED, owner="user_id"))
guard(Restriction, Guard(Module.CONFIDENTIALITY, RESTRICTION, sensitivity=Sensitivity.SEALED, owner="set_by_id"))
