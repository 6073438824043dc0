"""What a rule of the guidance is: what it limits, by how much, from when to when, who says so, and how sure that is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """What a limit is counted in. Day 0 is the day of the trigger in all of them."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    HOURS = "hours"


class Mark(StrEnum):
    """How sure an entry or a date is."""

    CONFIRMED = "confirmed in a named source"
    STATED = "stated in the board's own report"
    UNCONFIRMED = "not confirmed"


class NoRule(LookupError):
    """No number is in force for this, here, on that day. The message names the edition and where to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of the statutory guidance and the days (both inclusive) on which it was in force.

    `day_known` is false where only the month is certain; `first_day` is then its first. `last_day` is `date.max` for
    the edition now in force.
    """

    name: str
    folder: str
    first_day: date
    last_day: date
    day_known: bool
    mark: Mark
    source: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an edition, or a board's own procedures, says of one thing, over days (both inclusive).

    `what` is one of RULES. `of` is what the time runs from, with its preposition ("of the referral"); `words` is the
    rule where it is no number. `area` holds the codes of the board whose local rule this is, empty for a national one.
    `doubt` says what is uncertain about the day asked for, and is filled in when a rule is looked up.
    """

    what: str
    edition: str
    first_day: date
    last_day: date
    source: str
    mark: Mark
    day_known: bool = True
    of: str = ""
    words: str = ""
    note: str = ""
    place: str = ""
    area: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def local(self) -> bool:
        """Whether a board set this for its own area."""
        return bool(self.area)

    @property
    def confirmed(self) -> bool:
        """Whether a named source says so; a rule of general knowledge is usable but must say what it is."""
        return self.mark is not Mark.UNCONFIRMED

    @property
    def shown(self) -> str:
        """The rule in words."""
        return self.words

    @property
    def caution(self) -> str:
        """The words to show wherever the rule is shown; "" where nothing is uncertain."""
        unsure = (
            "" if self.confirmed else f"Not confirmed against the text of {self.edition}: check before relying on it."
        )
        return " ".join(part for part in (unsure, self.doubt) if part)

    def covers(self, on: date) -> bool:
        return self.first_day <= on <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Entry):
    """A limit that is a number: `value` in `unit`."""

    value: int
    unit: Unit

    @property
    def limit(self) -> str:
        """The bare limit, such as "1 working day"."""
        return f"{self.value} {self.unit.value.removesuffix('s') if self.value == 1 else self.unit.value}"

    @property
    def shown(self) -> str:
        return f"{self.limit} {self.of}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording(Entry):
    """What an edition says where it gives no number, such as "promptly"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Entry):
    """What an edition did away with; `words` says what stands in its place."""
