"""This room's records under the policy."""

from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity
from safeboard.foundation.signing_in.models import AgencySignIn, Invitation, LeaversList, OneTaskLink

OFFICIAL = Sensitivity.OFFICIAL
AREA_OF_AGENCY = "agency__area_id"

guard(AgencySignIn, Guard(Module.HOUSE, "agency_sign_in", AREA_OF_AGENCY, OFFICIAL, agency="agency_id"))
guard(Invitation, Guard(Module.USERS, "invitation", AREA_OF_AGENCY, OFFICIAL, agency="agency_id"))
guard(LeaversList, Guard(Module.USERS, "leavers_list", AREA_OF_AGENCY, OFFICIAL, agency="agency_id"))
guard(OneTaskLink, Guard(Module.USERS, "one_task_link", "area_id", OFFICIAL, owner="made_by_id"))
