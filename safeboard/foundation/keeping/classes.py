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
    PersonalData.ACCOUNT: "replaced by an invented name, or an e-mail address that cannot exist",
    PersonalData.DATE: "moved back by the same number of whole weeks for all of one person's dates",
    PersonalData.NAME: "replaced by invented words of the same length, the same word everywhere by the same",
    PersonalData.CONTACT: "replaced by a place, number or address of the same form that cannot exist",
    PersonalData.IDENTIFIER: "replaced by one that cannot be real (NHS numbers from 999), no two the same",
    PersonalData.SPECIAL: "a person's own dealt out anew among all people of the copy; of other rows kept, since who "
    "they are about is no longer known",
    PersonalData.NARRATIVE: "replaced by words that say what stood there, as long as what stood there",
    PersonalData.SECRET: "replaced by what opens nothing, or its row left out",
}
"""How each class is treated when a copy is made for training or for a fault to be looked into."""
