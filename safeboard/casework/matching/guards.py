"""This room's records under the policy: who may do it with both records of a pair may do it with the pair."""

from safeboard.casework.matching.models import Pair
from safeboard.casework.people.guards import PERSON
from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module

PAIR = "pair of records"

guard(
    Pair,
    Guard(Module.PEOPLE, PERSON, area="one__area_id", sensitivity="level", agency="one__agency_id", record="one_id"),
)
