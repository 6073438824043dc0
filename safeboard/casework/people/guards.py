"""This room's records under the policy. What belongs to a person is reached, restricted and opened with the person."""

from safeboard.casework.people.models import (
    Address,
    Flag,
    Household,
    HouseholdMember,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
    SafetyWarning,
)
from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity

PERSON = "person"
"""The kind by which involvement, restriction, break-glass and the trail name a person."""


def _of_a_person(**fields: str) -> Guard:
    """A part of a person's record. `fields` are those that may be above it, each with the look-up of its level."""
    return Guard(
        Module.PEOPLE,
        PERSON,
        area="person__area_id",
        sensitivity="person__sensitivity",
        agency="person__agency_id",
        record="person_id",
        fields=fields,
    )


guard(Person, Guard(Module.PEOPLE, PERSON, agency="agency_id"))
for part in (HouseholdMember, Flag):
    guard(part, _of_a_person())
guard(PersonName, _of_a_person(given="sensitivity", family="sensitivity"))
guard(Identifier, _of_a_person(value="sensitivity"))
guard(PersonAddress, _of_a_person(address="sensitivity"))
guard(SafetyWarning, _of_a_person(text="detail"))
# Who is whose tells of both: it is for those who may do the same with both records.
guard(
    Relationship,
    Guard(
        Module.PEOPLE,
        PERSON,
        area="person__area_id",
        sensitivity="level",
        agency="person__agency_id",
        record=("person_id", "other_id"),
        both=("person", "other"),
    ),
)
# A place and a household belong to several people: selectors reach them through a person whom the viewer may open.
guard(Address, Guard(Module.PEOPLE, "address", sensitivity=Sensitivity.SENSITIVE))
guard(Household, Guard(Module.PEOPLE, "household", sensitivity=Sensitivity.SENSITIVE))
