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
from safeboard.tools.actions.loading_rules import Names, Read, names_in, read_row
from safeboard.tools.actions.models import ActionItem, ActionLoad, DueDateChange, Recommendation, Source, Theme
from safeboard.tools.actions.selectors import agencies, levels, may_lead, may_own, themes
from safeboard.tools.actions.services import next_number
from safeboard.tools.actions.writing import held_now

DONE: Final = BadInput(Problem("This load was dealt with meanwhile.", "Look at it again."))
MOST_KEPT: Final = 20_000
"""Problems kept of one file, of which the page shows the first; beyond them only their number is."""


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
        problems=[asdict(problem) for problem in problems[:MOST_KEPT]],
        problems_in_all=len(problems),
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
    made = _write(checked, now, by)
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
    noted = ("progressnotes", "evidences", "newsaskeds", "reopenings")
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
            self.problems += self._names(names_in(given))
        self.sources = self._sources()
        keys = [each.pk for each in self.sources.values()]
        self.openable = set(
            visible(Source.objects.filter(pk__in=keys), self.by, Action.OPEN).values_list("pk", flat=True)
        )
        self.there = self._there()
        for row in self.rows:
            self.problems += self._against_the_house(row)
        self.problems += _contradictions(self.rows)

    def _sources(self) -> dict[tuple[str, str, object], Source]:
        found = Source.objects.filter(area=self.by.area_id, title__in={row.source.title for row in self.rows})
        return {(each.kind, each.title, each.dated_on): each for each in found.prefetch_related("recommendations")}

    def _there(self) -> dict[tuple[object, str, object], int]:
        """Actions that are in the register already, by source, title and agency."""
        rows = ActionItem.objects.filter(source__in=[each.pk for each in self.sources.values()])
        return {(row.source_id, row.title, row.agency_id): row.number for row in rows}

    def _names(self, row: Names) -> Iterator[CellProblem]:
        known = ", ".join(each.name for each in self.agencies.values())
        for column, names in ((Titles.AGENCY, (row.agency,)), (Titles.CONTRIBUTING, row.contributing)):
            for name in names:
                if name and name.casefold() not in self.agencies:
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
        for column, level in ((Titles.LEVEL, row.level), (Titles.SOURCE_LEVEL, row.source.level)):
            if level not in self.levels:
                yield CellProblem(
                    row.line, column, "You may not add what is so sensitive.", "Ask who may.", level.label
                )
        source = self.source_of(row)
        if source is None:
            return
        if source.pk not in self.openable:
            remedy = "Ask whom the board has charged with it."
            yield CellProblem(row.line, Titles.SOURCE, "You may not add to this source.", remedy)
            return
        agency = self.agencies.get(row.names.agency.casefold())
        number = self.there.get((source.pk, row.title, agency.pk if agency else None))
        if number:
            message = f"It is in the register already, under number {number}."
            yield CellProblem(row.line, Titles.ACTION, message, "Take the row away.", row.title)
        words = {each.number: each.words for each in source.recommendations.all()}
        if row.rec_number and words.get(row.rec_number, row.rec_words) != row.rec_words:
            remedy = "Write it as in the register, or give another number."
            yield CellProblem(row.line, Titles.REC_WORDS, "The register has other words for this number.", remedy)

    def source_of(self, row: Read) -> Source | None:
        return self.sources.get(row.source.key)


def _contradictions(rows: Iterable[Read]) -> Iterator[CellProblem]:
    """Rows that do not go with one before them: twice the same action, one number with two recommendations."""
    seen: dict[tuple[object, ...], int] = {}
    words: dict[tuple[object, ...], str] = {}
    levels_of: dict[tuple[object, ...], object] = {}
    for row in rows:
        source = row.source.key
        before = seen.setdefault((*source, row.title, row.names.agency.casefold()), row.line)
        if before != row.line:
            yield CellProblem(row.line, Titles.ACTION, f"It is the same as row {before}.", "Take one away.", row.title)
        if row.rec_number and words.setdefault((*source, row.rec_number), row.rec_words) != row.rec_words:
            remedy = "Use one wording, or another number."
            yield CellProblem(row.line, Titles.REC_WORDS, "An earlier row has other words for this number.", remedy)
        if levels_of.setdefault(source, row.source.level) != row.source.level:
            remedy = "Give the source one sensitivity in all its rows."
            yield CellProblem(row.line, Titles.SOURCE_LEVEL, "An earlier row has another.", remedy)


def _write(checked: _Checked, held: ActionLoad, by: Viewer) -> list[ActionItem]:
    """All rows in a few statements: whoever else writes waits while they are written.

    The policy is asked about the very rows, as for one of them.
    """
    _write_sources(checked, held, by)
    recommendations = _write_recommendations(checked, held)
    first = next_number(held.area_id)
    made = ActionItem.objects.bulk_create(
        _action(row, number, checked, recommendations, held, by) for number, row in enumerate(checked.rows, start=first)
    )
    pairs = list(zip(made, checked.rows, strict=True))
    contributing, themed = ActionItem.contributing.through, ActionItem.themes.through
    contributing.objects.bulk_create(
        contributing(actionitem=action, agency=checked.agencies[name.casefold()])
        for action, row in pairs
        for name in row.names.contributing
    )
    themed.objects.bulk_create(
        themed(actionitem=action, theme=checked.themes[name.casefold()])
        for action, row in pairs
        for name in row.names.themes
    )
    DueDateChange.objects.bulk_create(
        DueDateChange(
            action=action,
            from_on=row.due.first_on,
            to_on=row.due.on,
            reason=row.due.moved_because,
            at=by.at,
            by=by.user,
        )
        for action, row in pairs
        if row.due.on != row.due.first_on
    )
    for model in (ActionItem, Recommendation, Source):
        written = model._default_manager.filter(load=held)
        if visible(written, by, Action.ADD).count() != written.count():
            raise PermissionDenied
    return made


def _write_sources(checked: _Checked, held: ActionLoad, by: Viewer) -> None:
    new = {row.source.key: row.source for row in reversed(checked.rows) if checked.source_of(row) is None}
    made = Source.objects.bulk_create(
        Source(
            area_id=by.area_id,
            agency=by.seat.agency,
            kind=source.kind,
            title=source.title,
            dated_on=source.dated_on,
            sensitivity=source.level,
            load=held,
        )
        for source in new.values()
    )
    checked.sources.update(zip(new, made, strict=True))


def _write_recommendations(checked: _Checked, held: ActionLoad) -> Mapping[tuple[object, int], Recommendation]:
    """Every recommendation of the rows by source and number: those that are there, and the new ones."""
    found = Recommendation.objects.filter(source__in=[each.pk for each in checked.sources.values()])
    known = {(each.source_id, each.number): each for each in found}
    new: dict[tuple[object, int], Recommendation] = {}
    for row in checked.rows:
        source = checked.source_of(row)
        if source and row.rec_number and (source.pk, row.rec_number) not in known:
            key = (source.pk, row.rec_number)
            new[key] = Recommendation(source=source, number=row.rec_number, words=row.rec_words, load=held)
    Recommendation.objects.bulk_create(new.values())
    return known | new


def _action(
    row: Read,
    number: int,
    checked: _Checked,
    recommendations: Mapping[tuple[object, int], Recommendation],
    held: ActionLoad,
    by: Viewer,
) -> ActionItem:
    source = checked.sources[row.source.key]
    return ActionItem(
        area_id=held.area_id,
        number=number,
        source=source,
        recommendation=recommendations.get((source.pk, row.rec_number or 0)),
        title=row.title,
        words=row.words,
        measure_of_success=row.success,
        agency=checked.agencies[row.names.agency.casefold()],
        owner=checked.owners.get(row.names.owner),
        first_due_on=row.due.first_on,
        due_on=row.due.on,
        priority=row.priority,
        risk=row.risk,
        sensitivity=row.level,
        made_at=by.at,
        made_by=by.user,
        load=held,
    )
