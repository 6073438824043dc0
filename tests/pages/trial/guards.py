"""The trial area's records under the policy."""

from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity
from tests.pages.trial.models import Task

SENSITIVE = Sensitivity.SENSITIVE
guard(Task, Guard(Module.ACTIONS, "task", agency="agency_id", owner="owner_id", fields={"cost": SENSITIVE}))
