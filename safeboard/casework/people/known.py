"""What one viewer may know of one person: read by the selectors, shown by pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from safeboard.casework.people.codes import OF_BIRTH, NameKind, PersonKind
from safeboard.casework.people.models import (
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
from safeboard.casework.people.rules import Bond, goes_on
from safeboard.foundation.access.words import Action

WITHOUT_A_NAME = "Name not known"
A_HOUSEHOLD = "A household"


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody as they are named beside another: only people whom the viewer may open."""

    key: UUID
    name: str
    kind: PersonKind
    sex: str
    born_on: date | None
    born_estimated: bool
    expected_on: date | None
    died_on: date | None

    @property
    def eldest_first(self) -> tuple[date, str]:
        """Sorts people by age; those whose birth is not known stand last."""
        return (self.born_on or self.expected_on or date.max, self.name)


@dataclass(frozen=True, slots=True)
class Standing:
    """A safety warning as it stands on a page. `whose` is None where it is somebody's whom the viewer may not open:

    then its kind is told, because it may be a matter of life, and neither its text nor whose it is.
    """

    warning: SafetyWarning
    whose: Shown | None
    own: bool
    overdue: bool

    @property
    def told(self) -> str:
        """The words of the warning, or whom to ask for them."""
        return self.warning.held_back or self.warning.text

    @property
    def words(self) -> str:
        said = self.warning.get_kind_display()
        if self.whose and self.told:
            said = f"{said}. {self.told}"
        if not self.own:
            said += f" (at this address: {self.whose.name})" if self.whose else " (at this address)"
        return f"{said} Overdue for review." if self.overdue else said


@dataclass(frozen=True, slots=True)
class Related:
    """A relationship of the person whose record is read. `other` is None for somebody known of but not opened."""

    relationship: Relationship
    first: bool
    other: Shown | None


@dataclass(frozen=True, slots=True)
class Sibling:
    """Somebody with a parent in common, by birth or adoption: derived, never typed."""

    other: Shown
    bond: Bond


@dataclass(frozen=True, slots=True)
class Living:
    """A household of the person: their own time in it, and who else is or was. `whole`: they may all be opened."""

    member: HouseholdMember
    household: Household
    others: Sequence[tuple[HouseholdMember, Shown | None]]
    whole: bool

    @property
    def title(self) -> str:
        """What colleagues call it: often a name, and so not for those who may not open everybody in it."""
        return self.household.title if self.whole else A_HOUSEHOLD


@dataclass(frozen=True, slots=True)
class Record:
    """All that one viewer may know of one person, on one day. A number has its issuer beside it, a flag whom to ask.

    `allowed` is which of CHANGE, PRINT, RESTRICT and VERIFY the viewer may do beside opening it. `parts_again`:
    whether a record was joined into this one that they may part again.
    """

    person: Person
    on: date
    allowed: frozenset[Action]
    names: Sequence[PersonName]
    numbered: Sequence[tuple[Identifier, str]]
    addresses: Sequence[PersonAddress]
    related: Sequence[Related]
    siblings: Sequence[Sibling]
    living: Sequence[Living]
    warnings: Sequence[Standing]
    flagged: Sequence[tuple[Flag, str]]
    parts_again: bool

    @property
    def name(self) -> str:
        return next((name.full for name in self.names if name.kind == NameKind.CURRENT), WITHOUT_A_NAME)

    @property
    def identifiers(self) -> list[Identifier]:
        return [row for row, _ in self.numbered]

    @property
    def flags(self) -> list[Flag]:
        return [row for row, _ in self.flagged]

    @property
    def born_to(self) -> frozenset[UUID]:
        """The keys of the parents, by birth or adoption, whom the viewer may open."""
        by_birth = [each for each in self.related if each.relationship.kind in OF_BIRTH and not each.first]
        return frozenset(each.other.key for each in by_birth if each.other)

    @property
    def standing(self) -> list[Standing]:
        """The warnings that hold, whether reviewed in time or not."""
        return [each for each in self.warnings if goes_on(each.warning.starts_on, each.warning.ends_on, self.on)]

    @property
    def raised(self) -> list[Flag]:
        """The flags that have neither run out nor been ended."""
        return [each for each in self.flags if flag_holds(each, self.on)]

    @property
    def parts(self) -> list[Any]:
        """Every row that tells of the person beside the person's own: what the history covers. Nothing held back."""
        may_be_held_back = [
            *(self.names),
            *self.identifiers,
            *self.addresses,
            *(each.warning for each in self.warnings if each.own),
        ]
        return [
            *(each for each in may_be_held_back if not each.held_back),
            *(each.relationship for each in self.related if each.other),
            *(each.member for each in self.living),
            *self.flags,
        ]


def flag_holds(flag: Flag, on: date) -> bool:
    return goes_on(flag.starts_on, min(flag.expires_on, flag.ends_on or flag.expires_on), on)
