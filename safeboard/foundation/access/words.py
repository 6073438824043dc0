"""The words in which the policy is written: modules, actions, sensitivity, reach."""

from django.db.models import IntegerChoices, TextChoices


class Module(TextChoices):
    """A part of the house that roles are granted."""

    PEOPLE = "people", "People"
    ACTIONS = "actions", "Actions"
    CONTACTS = "contacts", "Contacts"
    PERFORMANCE = "performance", "Performance"
    USERS = "users", "Users and seats"
    TRAIL = "trail", "The audit trail"
    HOUSE = "house", "The house: areas, agencies, backups"
    CONFIDENTIALITY = "confidentiality", "Restricted records and break-glass"


class Action(TextChoices):
    """What somebody would do. FIND is knowing that a record exists; OPEN is reading it."""

    FIND = "find", "Find"
    OPEN = "open", "Open"
    ADD = "add", "Add"
    CHANGE = "change", "Change"
    VERIFY = "verify", "Verify what another did"
    EXPORT = "export", "Export"
    PRINT = "print", "Print"
    RESTRICT = "restrict", "Restrict a record"
    ADMINISTER = "administer", "Administer"


class Sensitivity(IntegerChoices):
    """How sensitive a record is, the lowest first. Sealed: reviews in progress, allegations, criminal proceedings."""

    OPEN = 0, "Open"
    OFFICIAL = 1, "Official"
    PERSONAL = 2, "Personal"
    SENSITIVE = 3, "Sensitive"
    SEALED = 4, "Sealed"


class Reach(TextChoices):
    """Whose records a grant reaches, the widest first."""

    AREA = "area", "All of the area"
    AGENCY = "agency", "The agency's own"
    INVOLVED = "involved", "Those one is involved in"
    OWN = "own", "Those one owns"


class RestrictionCategory(TextChoices):
    """Why a record is closed. What each category means by default is in `restricting.py`."""

    CASE_REVIEW = "case review", "A serious case review is under way"
    STAFF_RELATIVE = "staff relative", "A relative of a member of staff"
    STAFF_ALLEGATION = "staff allegation", "An allegation against a member of staff"
    ADOPTION = "adoption", "Adoption"
    SAFE_CONTACT = "safe contact", "Witness protection, or an address nobody may learn"
    PROCEEDINGS = "proceedings", "Criminal proceedings"
    PUBLIC_INTEREST = "public interest", "Press or public interest"
    OTHER = "other", "Another reason, told in words"


class OpeningOutcome(TextChoices):
    """What the review of a break-glass opening came to."""

    NEEDED = "needed", "It was needed"
    AVOIDABLE = "avoidable", "Meant well, but there was another way"
    TO_ENQUIRE = "to enquire", "It is to be enquired into"
