"""Why a reading is looked into, and what came of it."""

from django.db.models import TextChoices


class Cause(TextChoices):
    """What made an alert."""

    OWN_NAME = "own name", "Opened somebody of their own surname"
    OWN_ADDRESS = "own address", "Opened somebody who lives at their own address"
    OWN_RECORD = "own record", "Opened a record they are known to be connected with"
    STAFF_FAMILY = "staff family", "Opened a record connected with somebody of their own agency"
    MANY = "many", "Opened many records in a short time"
    OUT_OF_HOURS = "out of hours", "Opened records out of hours"
    REFUSED = "refused", "Was refused many pages in a short time"


class Outcome(TextChoices):
    """What somebody else found who looked into it."""

    IN_ORDER = "in order", "In order: it was part of their work"
    MISTAKE = "mistake", "A mistake, spoken about"
    BREACH = "breach", "Not part of their work: handled as a breach"
    UNCLEAR = "unclear", "Not clear: handed on"
