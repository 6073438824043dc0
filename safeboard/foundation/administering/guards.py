"""Areas, agencies and what belongs to them under the policy: kept by the house's or the agency's administrator."""

from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity
from safeboard.foundation.administering.models import AccessReview, Proposal, ReviewedSeat
from safeboard.foundation.agencies.models import Agency, Arrangement, BoardArea, Site, Team

AREA, AGENCY, TEAM, SITE, SEAT = "area", "agency", "team", "site", "seat"
ARRANGEMENT, PROPOSAL, REVIEW, USER = "arrangement", "proposal", "access_review", "user"
OFFICIAL, OF_AGENCY = Sensitivity.OFFICIAL, "agency__area_id"

guard(BoardArea, Guard(Module.HOUSE, AREA, "pk", OFFICIAL))
guard(Arrangement, Guard(Module.HOUSE, ARRANGEMENT, "areas", OFFICIAL))
guard(Proposal, Guard(Module.HOUSE, PROPOSAL, "areas", OFFICIAL))
guard(Agency, Guard(Module.USERS, AGENCY, "area_id", OFFICIAL, agency="pk"))
guard(Team, Guard(Module.USERS, TEAM, OF_AGENCY, OFFICIAL, agency="agency_id"))
guard(Site, Guard(Module.USERS, SITE, OF_AGENCY, OFFICIAL, agency="agency_id"))
guard(Seat, Guard(Module.USERS, SEAT, OF_AGENCY, OFFICIAL, agency="agency_id"))
guard(AccessReview, Guard(Module.USERS, REVIEW, OF_AGENCY, OFFICIAL, agency="agency_id"))
guard(
    ReviewedSeat, Guard(Module.USERS, "reviewed_seat", "review__agency__area_id", OFFICIAL, agency="review__agency_id")
)
