"""This room's records under the policy."""

from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.watching.models import Alert, Sample, SampledReading

ALERT, SAMPLE, READING, ENTRY, USER_TRAIL = "alert", "sample", "sampled_reading", "trail_entry", "user_trail"

guard(TrailEntry, Guard(Module.TRAIL, ENTRY, "area_key", Sensitivity.SENSITIVE))
guard(Alert, Guard(Module.TRAIL, ALERT, "area_id", Sensitivity.SENSITIVE))
guard(Sample, Guard(Module.TRAIL, SAMPLE, "area_id", Sensitivity.SENSITIVE))
guard(SampledReading, Guard(Module.TRAIL, READING, "sample__area_id", Sensitivity.SENSITIVE))
