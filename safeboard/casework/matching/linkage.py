"""An agency's list of people against ours: each row matched, possible, not known, or not readable, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.casework.matching.duplicates import Likely, as_compared, likely_between
from safeboard.casework.matching.likeness import evidence
from safeboard.casework.matching.models import AgencyList, ListedPerson, Outcome
from safeboard.casework.matching.searching import folded, search
from safeboard.casework.people.codes import IdentifierKind
from safeboard.casework.people.models import Identifier, Person
from safeboard.casework.people.services import add_identifier, end_identifier
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.spreadsheets.reading import read_sheet
from safeboard.foundation.spreadsheets.sheets import CellProblem, SheetColumn, SheetLayout, SheetRow

OWN, GIVEN, FAMILY, BORN, SEX, NHS, POSTCODE = (
    *("Your number", "First names", "Family name", "Date of birth", "Sex", "NHS number", "Postcode"),
)
LAYOUT: Final = SheetLayout(
    "People",
    (
        SheetColumn(OWN, "The number by which you know them. It is put on our record when the list is linked."),
        SheetColumn(GIVEN, "As you hold them."),
        SheetColumn(FAMILY, "As you hold it.", required=True),
        SheetColumn(BORN, "Day, month and year.", is_date=True),
        SheetColumn(SEX, "M or F; empty where not known."),
        SheetColumn(NHS, "Ten digits, where you hold it."),
        SheetColumn(POSTCODE, "Of where they live."),
    ),
)
MATCHED_FROM: Final = 10.0
POSSIBLE_FROM: Final = 0.0
APART: Final = 5.0
"""A row is matched where the next best record is by so much less likely; else somebody must look."""
CLOSEST: Final = 5
DEALT_WITH: Final = BadInput(Problem("This list was dealt with meanwhile.", "Look at it again."))


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one row."""

    row: SheetRow
    outcome: Outcome
    said: str = ""
    likely: Likely | None = None


@transaction.atomic
def hold_against_ours(*, content: bytes, name: str, by: Viewer) -> AgencyList:
    """Read a list and judge every row, as far as the viewer may open records. Nothing is changed: a dry run.

    BadInput where the file cannot be used at all; PermissionDenied without leave to change records.
    """
    if not by.may(Module.PEOPLE, Action.CHANGE):
        raise PermissionDenied
    reading = read_sheet(content, name, LAYOUT)
    made = AgencyList.objects.create(agency=by.seat.agency, area_id=by.area_id, read_by=by.user, read_at=by.at)
    ListedPerson.objects.bulk_create(
        ListedPerson(
            of=made,
            line=each.row.line,
            cells=dict(each.row.cells),
            outcome=each.outcome,
            said=each.said[:500],
            person_id=each.likely.other if each.likely else None,
            weight=each.likely.weight if each.likely else None,
            evidence=evidence(each.likely.found) if each.likely else [],
        )
        for each in judged(reading.rows, reading.problems, by)
    )
    return made


def judged(rows: Sequence[SheetRow], problems: Sequence[CellProblem], viewer: Viewer) -> list[Judged]:
    """Every row with its outcome, in the order of the file."""
    wrong = {problem.line: f"{problem.column}: {problem.message} {problem.remedy}" for problem in reversed(problems)}
    wrong |= {row.line: said for row in rows if (said := wrong.get(row.line) or _unreadable(row))}
    readable = [row for row in rows if row.line not in wrong]
    by_line = _closest(readable, viewer)
    return [
        Judged(row, Outcome.UNREADABLE, wrong[row.line])
        if row.line in wrong
        else _judged(row, by_line.get(row.line, []))
        for row in rows
    ]


def _unreadable(row: SheetRow) -> str:
    if not row.cells[FAMILY].strip():
        return f"{FAMILY}: There is none. Fill it in."
    if row.cells[BORN].strip() and _day(row.cells[BORN]) is None:
        return f"{BORN}: That is not a date. Write it as 14/03/2018."
    if not (row.cells[GIVEN].strip() or row.cells[BORN].strip() or row.cells[NHS].strip()):
        return "A family name alone fits too many. Add a first name, a date of birth or an NHS number."
    return ""


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _closest(rows: Sequence[SheetRow], viewer: Viewer) -> Mapping[int, list[Likely]]:
    """For each row by its line the likely people, the best first, among those whose record the viewer may open."""
    candidates: dict[str, dict[str, Any]] = {}
    listed = []
    for row in rows:
        fits = [fit.key for fit in _searched(row, viewer) if fit.may_open][:CLOSEST]
        people = Person.objects.filter(pk__in=fits).values_list("pk", "sex", "search_document__facts")
        candidates |= {str(key): as_compared(str(key), sex, facts) for key, sex, facts in people}
        listed.append(as_compared(str(UUID(int=row.line)), row.cells[SEX].strip().upper()[:1], _facts(row)))
    found: dict[int, list[Likely]] = {}
    for likely in likely_between(listed, list(candidates.values()), POSSIBLE_FROM):
        found.setdefault(likely.one.int, []).append(likely)
    return found


def _searched(row: SheetRow, viewer: Viewer) -> Sequence[Any]:
    day = _day(row.cells[BORN])
    words = [row.cells[GIVEN], row.cells[FAMILY], day.isoformat() if day else "", row.cells[NHS], row.cells[POSTCODE]]
    try:
        return search(viewer, " ".join(" ".join(word.split()) for word in words if word)[:300]).fits
    except BadInput:
        return []


def _facts(row: SheetRow) -> dict[str, Any]:
    day = _day(row.cells[BORN])
    number = "".join(character for character in row.cells[NHS] if character.isdecimal())
    postcode = "".join(row.cells[POSTCODE].split()).lower()
    return {
        "names": [["current", folded(row.cells[GIVEN]), folded(row.cells[FAMILY])]],
        "days": [day.isoformat()] if day else [],
        "places": [[True, [], postcode]] if postcode else [],
        "numbers": [["nhs", number, True]] if number else [],
    }


def _judged(row: SheetRow, closest: Sequence[Likely]) -> Judged:
    if not closest:
        return Judged(row, Outcome.UNKNOWN)
    best, *others = closest
    sure = best.weight >= MATCHED_FROM and (not others or best.weight - others[0].weight >= APART)
    said = "" if sure or not others else f"{len(others)} more may be meant too."
    return Judged(row, Outcome.MATCHED if sure else Outcome.POSSIBLE, said, best)


@transaction.atomic
def link(*, held: AgencyList, by: Viewer) -> int:
    """Put the agency's own numbers on the matched records. How many. A row that cannot be linked says why."""
    now = _held(held, by)
    if now.linked_at:
        raise DEALT_WITH
    linked = 0
    changeable = visible(Person.objects.all(), by, Action.CHANGE)
    for row in now.rows.filter(outcome=Outcome.MATCHED).exclude(cells__contains={OWN: ""}):
        person = changeable.filter(pk__in=[row.person_id]).first()
        try:
            if person is None:
                raise BadInput(Problem("You may not change this record.", "Ask whoever may."))
            row.number = add_identifier(
                person=person, kind=IdentifierKind.LOCAL, value=row.cells[OWN], issuer=now.agency, by=by
            )
            linked += 1
        except BadInput as wrong:
            row.said = f"Not linked. {wrong.problems[0].message} {wrong.problems[0].remedy}"[:500]
        row.save(update_fields=["number", "said"])
    now.linked_at = by.at
    now.save(update_fields=["linked_at"])
    return linked


@transaction.atomic
def undo_link(*, held: AgencyList, by: Viewer) -> int:
    """End the numbers that linking added, where they are not ended yet. How many."""
    now = _held(held, by)
    if not now.linked_at or now.undone_at:
        raise DEALT_WITH
    numbers = Identifier.objects.filter(
        pk__in=now.rows.exclude(number=None).values("number"),
        ended_on=None,
        person__in=visible(Person.objects.all(), by, Action.CHANGE),
    )
    ended = list(numbers.select_related("person"))
    for number in ended:
        end_identifier(row=number, on=by.at.date(), by=by)
    now.undone_at = by.at
    now.save(update_fields=["undone_at"])
    return len(ended)


def _held(held: AgencyList, by: Viewer) -> AgencyList:
    """The list, locked. Only whoever read it in goes on with it: it was judged by what they may open."""
    if held.read_by_id != by.user.pk or not by.may(Module.PEOPLE, Action.CHANGE):
        raise PermissionDenied
    return AgencyList.objects.select_for_update().get(pk=held.pk)
