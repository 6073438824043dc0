"""What may be joined: pure decisions about two records."""

from dataclasses import dataclass

from safeboard.casework.people.codes import RecordStatus
from safeboard.casework.people.models import Person
from safeboard.foundation.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records: what decides whether it may be joined with the other."""

    area: int
    status: str
    sensitivity: int

    @classmethod
    def of(cls, person: Person) -> "Side":
        return cls(person.area_id, person.status, person.sensitivity)


def problems_of_joining(kept: Side, folded: Side) -> list[Problem]:
    """Why the folded record cannot be joined into the kept one. Empty where it can.

    The kept record must be the more sensitive one: what was told of the folded one under its level stays under it.
    """
    if RecordStatus.JOINED in (kept.status, folded.status):
        return [Problem("One of the two is joined already.", "Undo that first, or join into the record in use.")]
    if kept.area != folded.area:
        return [Problem("The records are of two areas, which are kept apart.", "Tell the other area.")]
    if kept.sensitivity < folded.sensitivity:
        return [Problem("The record to keep is the less sensitive one.", "Keep the other record.", element="kept")]
    return []
