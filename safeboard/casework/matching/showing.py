"""What is shown of those found: of a record one may open who it is, of another that there is one and whom to ask."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safeboard.casework.matching.searching import Fit
from safeboard.casework.people.codes import PersonKind, SafetyKind
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.known import WITHOUT_A_NAME
from safeboard.casework.people.models import Person
from safeboard.casework.people.selectors import current_name, kinds_warned_of
from safeboard.foundation.access.models import Restriction
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.records import not_opened
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action


@dataclass(frozen=True, slots=True)
class Line:
    """One person found. Of a record that may not be opened `ask` says whom to ask; who it is of stays hidden:

    that it fits what was typed tells enough for nobody to make a second one.
    """

    key: UUID
    name: str
    kind: str
    born_on: date | None
    expected_on: date | None
    agency: str
    reasons: Sequence[str]
    ask: str = ""
    warnings: Sequence[str] = ()


def lines(viewer: Viewer, fits: Sequence[Fit]) -> list[Line]:
    """The people found, in their order: three queries however many there are."""
    keys = [fit.key for fit in fits]
    rows = visible(Person.objects.filter(pk__in=keys), viewer, Action.FIND).select_related("agency")
    people = {person.pk: person for person in rows.annotate(name=current_name(), warned=kinds_warned_of(viewer))}
    ask = _whom_to_ask(viewer, [fit.key for fit in fits if not fit.may_open])
    return [_line(people[fit.key], fit, ask) for fit in fits if fit.key in people]


def _line(person: Person, fit: Fit, ask: Mapping[str, str]) -> Line:
    name: str = getattr(person, "name", "") or WITHOUT_A_NAME
    if not fit.may_open:
        told = ask.get(str(person.pk)) or person.agency.name
        return Line(person.pk, not_opened(PERSON, person.pk), "", None, None, person.agency.name, fit.reasons, told)
    kind = PersonKind(person.kind).label
    warnings = [str(SafetyKind(each).label) for each in getattr(person, "warned", ())]
    return Line(
        person.pk,
        name,
        kind,
        person.born_on,
        person.expected_on,
        person.agency.name,
        fit.reasons,
        warnings=warnings,
    )


def _whom_to_ask(viewer: Viewer, keys: Collection[UUID]) -> Mapping[str, str]:
    """Whom to ask about restricted records, by key as text."""
    if not keys:
        return {}
    named = [str(key) for key in keys]
    rows = Restriction.objects.filter(kind=PERSON, object_id__in=named, starts_at__lte=viewer.at, ends_at__gt=viewer.at)
    return dict(rows.values_list("object_id", "ask"))
