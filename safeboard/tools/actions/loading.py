"""Loading a workbook of actions: read and checked first, then loaded whole or not at all, and undone whole.

What is kept between reading and loading are the rows as text; they are checked again when they are loaded, for the
house may have changed meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from safeboard.foundation.access.models import User
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.spreadsheets.reading import read_sheet
from safeboard.foundation.spreadsheets.sheets import CellProblem, SheetRow
from safeboard.tools.actions.layout import LAYOUT, Titles
from safeboard.tools.actions.loading_rules import Read, read_row
from safeboard.tools.actions.models import ActionItem, ActionLoad, DueDateChange, Recommendation, Source, Theme
from safeboard.tools.actions.selectors import agencies, levels, may_lead, may_own, themes
from safeboard.tools.actions.services import Agreed, add_action
from safeboard.tools.actions.writing import held_now, permitted

DONE: Final = BadInput(Problem("This load was dealt with meanwhile.", "Look at it again."))
MOST_SHOWN: Final = 500
"""Problems kept of one file: nobody mends more at a time."""


@transaction.atomic
def hold(*, content: bytes, name: str, by: Viewer) -> ActionLoad:
    """Read a file and keep its rows with all that is wrong with them. Nothing is in the register yet.

    BadInput where the file cannot be used at all. Its name is used for its kind only, and not kept.
    """
    if not by.may(Module.ACTIONS, Action.ADD):
        raise PermissionDenied
    reading = read_sheet(content, name, LAYOUT)
    found = _Checked(reading.rows, by)
    problems = sorted([*reading.problems, *found.problems], key=lambda each: (each.line, each.column))
    return ActionLoad.objects.create(
        area_id=by.area_id,
        agency=by.seat.agency,
        made_by=by.user,
        made_at=by.at,
        rows=[asdict(row) for row in reading.rows],
        problems=[asdict(problem) for problem in problems[:MOST_SHOWN]],
        counted=len(reading.rows),
    )


@transaction.atomic
def load(*, held: ActionLoad, by: Viewer) -> Sequence[ActionItem]:
    """Put every row into the register. BadInput, and nothing is loaded, where one of them cannot be any more."""
    now = held_now(held, Action.ADD, by)
    if now.loaded_at or now.problems:
        raise DONE
    checked = _Checked([SheetRow(row["line"], row["cells"]) for row in now.rows], by)
    if checked.problems:
        raise BadInput(_as_problem(each) for each in checked.problems)
    made = [_load_row(row, checked, now, by) for row in checked.rows]
    now.loaded_at, now.rows = by.at, []
    now.save(update_fields=["loaded_at", "rows"])
    return made


@transaction.atomic
def undo(*, held: ActionLoad, by: Viewer) -> int:
    """Take a whole load out again: how many actions. BadInput where one of them has been worked on since."""
    now = held_now(held, Action.ADD, by)
    if not now.loaded_at or now.undone_at:
        raise DONE
    rows = ActionItem.objects.filter(load=now)
    list(rows.select_for_update().values_list("pk"))  # nobody works on them from here on
    if touched := rows.filter(_worked_on()).distinct().order_by("number").values_list("number", flat=True)[:10]:
        numbers = ", ".join(str(number) for number in touched)
        message = f"Some of its actions have been worked on since: {numbers}."
        raise BadInput(Problem(message, "Nothing is undone. Change or close them one by one."))
    count = rows.count()
    ActionItem.objects.filter(load=now).delete()
    Recommendation.objects.filter(load=now, actions=None).delete()
    Source.objects.filter(load=now, actions=None, recommendations=None).delete()
    now.undone_at = by.at
    now.save(update_fields=["undone_at"])
    return count


def _worked_on() -> Q:
    noted = ("progressnotes", "evidences", "reopenings")
    return Q(version__gt=1) | Q(*((f"{each}__isnull", False) for each in noted), _connector=Q.OR)


def _as_problem(problem: CellProblem) -> Problem:
    return Problem(problem.message, problem.remedy, line=problem.line, element=problem.column, found=problem.found)


@dataclass
class _Checked:
    """Rows read, with what the house knows of the names in them; and what is wrong, by row and column."""

    given: Sequence[SheetRow]
    by: Viewer
    rows: list[Read] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.agencies: Mapping[str, Agency] = {each.name.casefold(): each for each in agencies(self.by)}
        self.may_lead = {each.name.casefold() for each in may_lead(self.by)}
        self.owners: Mapping[str, User] = {each.email: each for each in may_own(self.by)}
        self.themes: Mapping[str, Theme] = {each.name.casefold(): each for each in themes(self.by)}
        self.levels = {level for level, _ in levels(self.by)}
        for given in self.given:
            row, wrong = read_row(given)
            self.problems += wrong
            if row is not None:
                self.rows.append(row)
        self.sources = self._sources()
        self.there = self._there()
        for row in self.rows:
            self.problems += self._names(row)
            self.problems += self._against_the_house(row)
        self.problems += _contradictions(self.rows)

    def _sources(self) -> dict[tuple[str, str, object], Source]:
        found = Source.objects.filter(area=self.by.area_id, title__in={row.source for row in self.rows})
        return {(each.kind, each.title, each.dated_on): each for each in found.prefetch_related("recommendations")}

    def _there(self) -> dict[tuple[object, str, object], int]:
        """Actions that are in the register already, by source, title and agency."""
        rows = ActionItem.objects.filter(source__in=[each.pk for each in self.sources.values()])
        return {(row.source_id, row.title, row.agency_id): row.number for row in rows}

    def _names(self, row: Read) -> Iterator[CellProblem]:
        known = ", ".join(each.name for each in self.agencies.values())
        for column, names in ((Titles.AGENCY, (row.agency,)), (Titles.CONTRIBUTING, row.contributing)):
            for name in names:
                if name.casefold() not in self.agencies:
                    yield CellProblem(
                        row.line, column, "No agency of the area has this name.", f"One of: {known}.", name
                    )
        if row.agency.casefold() in self.agencies and row.agency.casefold() not in self.may_lead:
            remedy = "You add actions of your own agency. Ask the board for others."
            yield CellProblem(row.line, Titles.AGENCY, "You may not add actions of this agency.", remedy, row.agency)
        if row.agency.casefold() in {name.casefold() for name in row.contributing}:
            yield CellProblem(row.line, Titles.CONTRIBUTING, "The lead agency is among them.", "Take it away here.")
        if row.owner and row.owner not in self.owners:
            remedy = "Write the address with which they sign in, or leave it empty."
            yield CellProblem(row.line, Titles.OWNER, "Nobody to whom you may give actions has it.", remedy, row.owner)
        for name in row.themes:
            if name.casefold() not in self.themes:
                remedy = "Add it on the page of themes first, or take it away."
                yield CellProblem(row.line, Titles.THEMES, "There is no such theme.", remedy, name)

    def _against_the_house(self, row: Read) -> Iterator[CellProblem]:
        for column, level in ((Titles.LEVEL, row.level), (Titles.SOURCE_LEVEL, row.source_level)):
            if level not in self.levels:
                yield CellProblem(
                    row.line, column, "You may not add what is so sensitive.", "Ask who may.", level.label
                )
        source = self.source_of(row)
        if source is None:
            return
        if not visible(Source.objects.filter(pk=source.pk), self.by, Action.OPEN).exists():
            remedy = "Ask whom the board has charged with it."
            yield CellProblem(row.line, Titles.SOURCE, "You may not add to this source.", remedy)
            return
        agency = self.agencies.get(row.agency.casefold())
        number = self.there.get((source.pk, row.title, agency.pk if agency else None))
        if number:
            message = f"It is in the register already, under number {number}."
            yield CellProblem(row.line, Titles.ACTION, message, "Take the row away.", row.title)
        words = {each.number: each.words for each in source.recommendations.all()}
        if row.rec_number and words.get(row.rec_number, row.rec_words) != row.rec_words:
            remedy = "Write it as in the register, or give another number."
            yield CellProblem(row.line, Titles.REC_WORDS, "The register has other words for this number.", remedy)

    def source_of(self, row: Read) -> Source | None:
        return self.sources.get((row.kind.value, row.source, row.dated_on))


def _contradictions(rows: Iterable[Read]) -> Iterator[CellProblem]:
    """Rows that do not go with one before them: twice the same action, one number with two recommendations."""
    seen: dict[tuple[object, ...], int] = {}
    words: dict[tuple[object, ...], str] = {}
    levels_of: dict[tuple[object, ...], object] = {}
    for row in rows:
        source = (row.kind, row.source, row.dated_on)
        before = seen.setdefault((*source, row.title, row.agency.casefold()), row.line)
        if before != row.line:
            yield CellProblem(row.line, Titles.ACTION, f"It is the same as row {before}.", "Take one away.", row.title)
        if row.rec_number and words.setdefault((*source, row.rec_number), row.rec_words) != row.rec_words:
            remedy = "Use one wording, or another number."
            yield CellProblem(row.line, Titles.REC_WORDS, "An earlier row has other words for this number.", remedy)
        if levels_of.setdefault(source, row.source_level) != row.source_level:
            remedy = "Give the source one sensitivity in all its rows."
            yield CellProblem(row.line, Titles.SOURCE_LEVEL, "An earlier row has another.", remedy)


def _load_row(row: Read, checked: _Checked, held: ActionLoad, by: Viewer) -> ActionItem:
    source = checked.source_of(row) or _new_source(row, checked, held, by)
    agreed = Agreed(
        title=row.title,
        agency=checked.agencies[row.agency.casefold()],
        words=row.words,
        measure_of_success=row.success,
        owner=checked.owners.get(row.owner),
        contributing=[checked.agencies[name.casefold()] for name in row.contributing],
        themes=[checked.themes[name.casefold()] for name in row.themes],
        priority=row.priority,
        risk=row.risk,
        sensitivity=row.level,
    )
    made = add_action(
        source=source,
        agreed=agreed,
        due_on=row.first_due_on,
        recommendation=_recommendation(row, source, held, by),
        load=held,
        by=by,
    )
    if row.due_on != row.first_due_on:
        made.due_on = row.due_on
        made.save(update_fields=["due_on"])
        DueDateChange.objects.create(
            action=made, from_on=row.first_due_on, to_on=row.due_on, reason=row.moved_because, at=by.at, by=by.user
        )
    return made


def _new_source(row: Read, checked: _Checked, held: ActionLoad, by: Viewer) -> Source:
    made = Source.objects.create(
        area_id=by.area_id,
        agency=by.seat.agency,
        kind=row.kind,
        title=row.source,
        dated_on=row.dated_on,
        sensitivity=row.source_level,
        load=held,
    )
    checked.sources[(row.kind.value, row.source, row.dated_on)] = permitted(made, Action.ADD, by)
    return made


def _recommendation(row: Read, source: Source, held: ActionLoad, by: Viewer) -> Recommendation | None:
    if not row.rec_number:
        return None
    found = Recommendation.objects.filter(source=source, number=row.rec_number).first()
    if found:
        return found
    made = Recommendation.objects.create(source=source, number=row.rec_number, words=row.rec_words, load=held)
    return permitted(made, Action.ADD, by)
