"""The classes of personal data, each with what it is and how a field of it is scrubbed from a copy for training."""

from enum import StrEnum
from typing import Final


class PersonalData(StrEnum):
    """What a field tells of a living person, the least first."""

    NOTHING = "nothing"
    KEY = "key"
    ACCOUNT = "account"
    DATE = "date"
    NAME = "name"
    CONTACT = "contact"
    IDENTIFIER = "identifier"
    SPECIAL = "special"
    NARRATIVE = "narrative"
    SECRET = "secret"  # noqa: S105 - a word, not a secret


SCRUB: Final = {
    PersonalData.NOTHING: "kept: it tells of nobody",
    PersonalData.KEY: "kept: a key without meaning that ties rows together",
    PersonalData.ACCOUNT: "replaced by a synthetic user's",
    PersonalData.DATE: "moved by the same number of days for all of one person's dates",
    PersonalData.NAME: "replaced by a synthetic name",
    PersonalData.CONTACT: "emptied",
    PersonalData.IDENTIFIER: "replaced by one that cannot be real (NHS numbers from 999)",
    PersonalData.SPECIAL: "kept in a copy without names only; special-category data under UK GDPR article 9",
    PersonalData.NARRATIVE: "replaced by words that say what stood there",
    PersonalData.SECRET: "emptied: nobody signs in to a copy with what opened the original",
}
"""How each class is treated when a copy is made for training or for a fault to be looked into."""
