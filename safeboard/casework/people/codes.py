"""The words of this room. Codes of a child that the department's census has too are its own (guidance.census_codes)."""

from django.db.models import TextChoices

from safeboard.foundation.guidance.census_codes import DISABILITY, ETHNICITY, SEX
from safeboard.foundation.kernel.code_lists import CodeList


def choices_of(codes: CodeList) -> list[tuple[str, str]]:
    """A code list as the choices of a field: (code, words), the words with a capital."""
    return [(code, words[:1].upper() + words[1:]) for code, words in codes.words.items()]


SEXES = choices_of(SEX)
ETHNICITIES = choices_of(ETHNICITY)
DISABILITIES = choices_of(DISABILITY)
NO_DISABILITY = "NONE"


class PersonKind(TextChoices):
    """Who somebody is to the board. A child is under 18 (Children Act 1989, section 105)."""

    UNBORN = "unborn", "Unborn child"
    CHILD = "child", "Child"
    ADULT = "adult", "Adult"


class RecordStatus(TextChoices):
    """Whether a record is in use. A joined one stays, and leads to the one it was joined into."""

    CURRENT = "current", "In use"
    CLOSED = "closed", "Closed"
    JOINED = "joined", "Joined into another record"


class NameKind(TextChoices):
    CURRENT = "current", "Current name"
    BIRTH = "birth", "Name at birth"
    KNOWN_AS = "known as", "Known as"
    ALIAS = "alias", "Alias"
    FORMER = "former", "Former name"


class IdentifierKind(TextChoices):
    NHS = "nhs", "NHS number"
    UPN = "upn", "Unique pupil number"
    FORMER_UPN = "former upn", "Former unique pupil number"
    LOCAL = "local", "An agency's own number"


class AddressKind(TextChoices):
    """What somebody does at an address. A safe-contact address is sensitive: knowing it can endanger them."""

    MAIN = "main", "Main address"
    OTHER = "other", "Also lives or stays here"
    CORRESPONDENCE = "correspondence", "Letters go here"
    SAFE_CONTACT = "safe contact", "Safe-contact address"


class RelationshipKind(TextChoices):
    """What the first person is to the second: "parent" reads "is a parent of"."""

    PARENT = "parent", "Parent"
    ADOPTIVE_PARENT = "adoptive parent", "Adoptive parent"
    STEP_PARENT = "step-parent", "Step-parent"
    FOSTER_CARER = "foster carer", "Foster carer"
    SPECIAL_GUARDIAN = "special guardian", "Special guardian"
    GRANDPARENT = "grandparent", "Grandparent"
    AUNT_OR_UNCLE = "aunt or uncle", "Aunt or uncle"
    CARER = "carer", "Other carer"
    SPOUSE = "spouse", "Husband, wife or civil partner"
    PARTNER = "partner", "Partner"
    SIBLING = "sibling", "Brother or sister"
    HALF_SIBLING = "half-sibling", "Half-brother or half-sister"
    STEP_SIBLING = "step-sibling", "Stepbrother or stepsister"
    COUSIN = "cousin", "Cousin"
    OTHER_RELATIVE = "other relative", "Other relative"
    FRIEND = "friend", "Friend of the family"


PARENTAL = (
    RelationshipKind.PARENT,
    RelationshipKind.ADOPTIVE_PARENT,
    RelationshipKind.STEP_PARENT,
    RelationshipKind.FOSTER_CARER,
    RelationshipKind.SPECIAL_GUARDIAN,
)
"""Kinds by which the first stands a generation above the second and brings them up."""

OF_BIRTH = (RelationshipKind.PARENT, RelationshipKind.ADOPTIVE_PARENT)
"""Kinds that make brothers and sisters of two children of one person."""

COUPLES = (RelationshipKind.SPOUSE, RelationshipKind.PARTNER)
SIBLINGS = (RelationshipKind.SIBLING, RelationshipKind.HALF_SIBLING, RelationshipKind.STEP_SIBLING)

MUTUAL = (
    *COUPLES,
    *SIBLINGS,
    RelationshipKind.COUSIN,
    RelationshipKind.OTHER_RELATIVE,
    RelationshipKind.FRIEND,
)
"""Kinds that read the same both ways: held once, whichever way round it was said."""


class SaidBy(TextChoices):
    """Who told us of a relationship."""

    CHILD = "child", "The child"
    MOTHER = "mother", "The mother"
    FATHER = "father", "The father"
    FAMILY = "family", "Somebody else of the family"
    PROFESSIONAL = "professional", "A professional"
    DOCUMENT = "document", "A document seen: certificate, order"
    OTHER = "other", "Somebody else"


class SafetyKind(TextChoices):
    """What somebody must know before they write, telephone or visit."""

    SAFE_CONTACT = "safe contact", "Safe contact only"
    DO_NOT_TELEPHONE = "do not telephone", "Domestic abuse: do not telephone"
    DO_NOT_WRITE = "do not write", "Do not write to the address"
    ADDRESS_WITHHELD = "address withheld", "Do not tell anybody the address"
    DO_NOT_VISIT_ALONE = "do not visit alone", "Do not visit alone"
    VIOLENCE = "violence", "Violence or threats to staff"
    DANGEROUS_DOG = "dangerous dog", "Dangerous dog"
    WEAPON = "weapon", "Weapon believed to be kept"
    INFECTION = "infection", "Risk of infection"
    OTHER = "other", "Other danger"


OF_SAFE_CONTACT = (SafetyKind.SAFE_CONTACT, SafetyKind.ADDRESS_WITHHELD)
"""Kinds whose words say how somebody is reached, or where: they are for fewer than the warning itself."""


class FlagKind(TextChoices):
    """An alert that colleagues in other agencies should see for a time."""

    MISSING = "missing", "Missing"
    PROTECTION_PLAN = "protection plan", "On a child protection plan"
    LOOKED_AFTER = "looked after", "Looked after"
    UNBORN_PROTECTION = "unborn protection", "Tell social care when the child is born"
    EXPLOITATION = "exploitation", "At risk of exploitation"
    PRIVATE_FOSTERING = "private fostering", "Privately fostered"
    YOUNG_CARER = "young carer", "Young carer"
    MARAC = "marac", "Heard at MARAC"
    COURT_ORDER = "court order", "Court order about contact"
    OTHER = "other", "Other alert"
