"""This room's records under the policy: who may do it with both records of a pair may do it with the pair."""

from safeboard.casework.matching.models import AgencyList, ListedPerson, Pair
from safeboard.casework.people.guards import PERSON
from safeboard.foundation.access.policy import About, Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity

PAIR, LIST, LISTED = "pair of records", "agency list", "row of a list"

guard(
    Pair,
    Guard(
        Module.PEOPLE,
        PERSON,
        area="one__area_id",
        sensitivity="level",
        agency="one__agency_id",
        record=("one_id", "other_id"),
        both=("one", "other"),
    ),
)
# A list was judged by what one person may open: nobody else reads it (`selectors.lists`), whatever their role reaches.
guard(AgencyList, Guard(Module.PEOPLE, LIST, sensitivity=Sensitivity.SENSITIVE, owner="read_by_id"))
guard(
    ListedPerson,
    Guard(
        Module.PEOPLE,
        LISTED,
        area="of__area_id",
        sensitivity=Sensitivity.SENSITIVE,
        owner="of__read_by_id",
        about=(About("person_id", of=PERSON),),
    ),
)
