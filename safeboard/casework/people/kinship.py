"""What a relationship is called, each way round and by sex: pure words."""

from dataclasses import dataclass
from typing import Final

from safeboard.casework.people.codes import RelationshipKind as Kind


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody is called in a relationship: a man, a woman, and where the sex is not known."""

    male: str
    female: str
    other: str

    def by(self, sex: str) -> str:
        return {"M": self.male, "F": self.female}.get(sex, self.other)


def _same(word: str) -> Called:
    return Called(word, word, word)


FIRST: Final = {
    Kind.PARENT: Called("father", "mother", "parent"),
    Kind.ADOPTIVE_PARENT: Called("adoptive father", "adoptive mother", "adoptive parent"),
    Kind.STEP_PARENT: Called("stepfather", "stepmother", "step-parent"),
    Kind.FOSTER_CARER: _same("foster carer"),
    Kind.SPECIAL_GUARDIAN: _same("special guardian"),
    Kind.GRANDPARENT: Called("grandfather", "grandmother", "grandparent"),
    Kind.AUNT_OR_UNCLE: Called("uncle", "aunt", "aunt or uncle"),
    Kind.CARER: _same("carer"),
    Kind.SPOUSE: Called("husband or civil partner", "wife or civil partner", "husband, wife or civil partner"),
    Kind.PARTNER: _same("partner"),
    Kind.SIBLING: Called("brother", "sister", "brother or sister"),
    Kind.HALF_SIBLING: Called("half-brother", "half-sister", "half-brother or half-sister"),
    Kind.STEP_SIBLING: Called("stepbrother", "stepsister", "stepbrother or stepsister"),
    Kind.COUSIN: _same("cousin"),
    Kind.OTHER_RELATIVE: _same("relative"),
    Kind.FRIEND: _same("friend of the family"),
}
"""What the first person of a relationship is to the second."""

SECOND: Final = {
    Kind.PARENT: Called("son", "daughter", "child"),
    Kind.ADOPTIVE_PARENT: Called("adopted son", "adopted daughter", "adopted child"),
    Kind.STEP_PARENT: Called("stepson", "stepdaughter", "stepchild"),
    Kind.FOSTER_CARER: _same("foster child"),
    Kind.SPECIAL_GUARDIAN: _same("child under special guardianship"),
    Kind.GRANDPARENT: Called("grandson", "granddaughter", "grandchild"),
    Kind.AUNT_OR_UNCLE: Called("nephew", "niece", "niece or nephew"),
    Kind.CARER: _same("cared-for child"),
}
"""What the second is to the first. Kinds missing here are mutual: they read the same both ways."""


def called(kind: str, sex: str, *, first: bool) -> str:
    """What the first (or the second) person of a relationship is to the other one: "mother"."""
    words = FIRST if first else {**FIRST, **SECOND}
    return words[Kind(kind)].by(sex)
