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


def _of_a_person(sensitivity: str) -> Guard:
    return Guard(
        Module.PEOPLE,
        PERSON,
        area="person__area_id",
        sensitivity=sensitivity,
        agency="person__agency_id",
        record="person_id",
    )


guard(Person, Guard(Module.PEOPLE, PERSON, agency="agency_id"))
for part in (PersonName, Identifier, HouseholdMember, SafetyWarning, Flag):
    guard(part, _of_a_person("person__sensitivity"))
for graver in (PersonAddress, Relationship):
    guard(graver, _of_a_person("level"))
# A place and a household belong to several people: selectors reach them through a person whom the viewer may open.
guard(Address, Guard(Module.PEOPLE, "address", sensitivity=Sensitivity.SENSITIVE))
guard(Household, Guard(Module.PEOPLE, "household", sensitivity=Sensitivity.SENSITIVE))
