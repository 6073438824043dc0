"""Figures as pages show them: the report's own cards and words, made from what the database keeps.

A snapshot's figures never change, so what was made once is kept in memory under the snapshot's key. Whoever asks has
been found to see the snapshot, and whether whole (`full`) or as published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from json import dumps
from uuid import UUID

from safeboard.figures.comparators.comparing import Comparator, Kind, comparators_for, comparators_with_groups
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure, Polarity
from safeboard.figures.performance.codes import PUBLISHED_THRESHOLD
from safeboard.figures.performance.models import FigureRow, HouseSnapshot
from safeboard.figures.performance.rules import Tendency, official, tendency
from safeboard.figures.performance.stored import figure_of
from safeboard.figures.reporting.cards import card_or_missing, headline
from safeboard.figures.reporting.cells import Cell, Cells
from safeboard.figures.reporting.comparing import time_of, usable
from safeboard.figures.reporting.document import Card, Missing
from safeboard.figures.reporting.outline import Form, chapters_for
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.reporting.wording import direction_word
from safeboard.figures.tables.manifest_file import parse_manifest
from safeboard.figures.tables.snapshot import Manifest
from safeboard.foundation.guidance import NoRule, Rule, rule_in_force
from safeboard.foundation.kernel.periods import Period

ARROWS = {"rose": "▲", "fell": "▼", "unchanged": "►", "unchanged to one decimal": "►"}


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in the list. `word` says what became of it since the year before, `tendency` whether that is good."""

    measure: str
    title: str
    shown: str
    basis: str
    largest: str
    arrow: str
    word: str
    before: str
    tendency: Tendency
    england: str
    neighbours: str
    better_if: str
    collected: bool


@dataclass(frozen=True, slots=True)
class ChapterOfLines:
    """One chapter of the list."""

    id: str
    title: str
    introduction: str
    lines: Sequence[Line]


def manifest_of(snapshot: HouseSnapshot) -> Manifest:
    """The snapshot's manifest, without opening its file."""
    return parse_manifest(dumps(snapshot.manifest).encode())[0]


@lru_cache(maxsize=16)
def cells_of(snapshot: UUID, full: bool) -> Cells:
    """Every figure of a snapshot, as those see it who see all, or as it is published."""
    rows = FigureRow.objects.filter(snapshot_id=snapshot).order_by("position")
    return Cells.of(Cell(figure_of(row, full=full)) for row in rows)


@lru_cache(maxsize=64)
def _lines(snapshot: UUID, full: bool, period: Period, area: str) -> tuple[ChapterOfLines, ...]:
    cells = cells_of(snapshot, full)
    return tuple(
        ChapterOfLines(
            chapter.id,
            chapter.title,
            chapter.introduction,
            tuple(_line(cells, period, area, MEASURES[each], form) for each, form in chapter.measures.items()),
        )
        for chapter in chapters_for(MEASURES)
    )


def lines_of(snapshot: HouseSnapshot, full: bool, period: Period) -> tuple[ChapterOfLines, ...]:
    """Every measure by chapter, with its value in the period, its change, and England's and the neighbours' value."""
    return _lines(snapshot.pk, full, period, snapshot.area.code)


def _line(cells: Cells, period: Period, area: str, measure: Measure, form: Form) -> Line:
    now, before = cells.whole(measure.id, period), cells.whole(measure.id, period.previous())
    shown, of_what, basis = headline(_bare(period, Manifest(period.end)), cells, measure, form)
    word = direction_word(now, before) if now else "no comparison"
    others = usable(measure, comparators_of(measure.id, area, period))
    return Line(
        measure=measure.id,
        title=measure.title,
        shown=shown or "not counted",
        basis=basis,
        largest=of_what.rpartition(", ")[0] if form is Form.SHARES else "",
        arrow=ARROWS.get(word, ""),
        word=word if now and now.figure.collected else "",
        before=before.shown if before and before.known and form is not Form.SHARES else "",
        tendency=tendency(now, before, measure.polarity, measure.moment) if now else Tendency.NONE,
        england=_beside(others, Kind.ENGLAND, measure),
        neighbours=_beside(others, Kind.NEIGHBOURS_MEAN, measure),
        better_if={Polarity.HIGH_IS_GOOD: "high", Polarity.LOW_IS_GOOD: "low", Polarity.NEITHER: ""}[measure.polarity],
        collected=bool(now and now.figure.collected),
    )


def _beside(others: Sequence[Comparator], kind: Kind, measure: Measure) -> str:
    found = next((other for other in others if other.kind is kind), None)
    if found is None:
        return ""
    return found.shown if found.same_period else f"{found.shown} ({time_of(found, measure.moment)})"


@cache
def comparators_of(measure: str, area: str, period: Period) -> tuple[Comparator, ...]:
    """What stands beside the measure's whole in an area, each with its own year; none for an unlisted area."""
    known = official(area)
    return comparators_for(measure, known, period) if known else ()


def card_of(snapshot: HouseSnapshot, full: bool, period: Period, measure: Measure) -> Card | Missing:
    """The measure's card as the report of this period would have it."""
    return _card(snapshot.pk, full, period, measure.id)


@lru_cache(maxsize=256)
def _card(key: UUID, full: bool, period: Period, measure: str) -> Card | Missing:
    form = next((chapter.measures[measure] for chapter in chapters_for([measure])), Form.YEARS)
    snapshot = HouseSnapshot.objects.select_related("area").get(pk=key)
    given = _given(snapshot, full, period, MEASURES[measure])
    return card_or_missing(given, cells_of(key, full), MEASURES[measure], form)


def _given(snapshot: HouseSnapshot, full: bool, period: Period, measure: Measure) -> ReportInput:
    manifest = manifest_of(snapshot)
    known = official(snapshot.area.code)
    return ReportInput(
        area=known,
        period=period,
        figures=(),
        measures=MEASURES,
        manifest=manifest,
        identity=snapshot.identity,
        threshold=0 if full else PUBLISHED_THRESHOLD,
        comparators={measure.id: comparators_with_groups(measure.id, known, period)} if known else {},
        limits=_limits(measure, manifest, period),
    )


def _limits(measure: Measure, manifest: Manifest, period: Period) -> Mapping[str, Sequence[Rule]]:
    """The rules the measure applied; one that was not in force has left it without a figure, which says so itself."""
    area, day = next(iter(manifest.areas), ""), min(period.end, manifest.reference_date)
    try:
        rules = [rule_in_force(what, area, day) for what in measure.rules]
    except NoRule:
        return {}
    return {measure.id: rules} if rules else {}


def _bare(period: Period, manifest: Manifest) -> ReportInput:
    return ReportInput(area=None, period=period, figures=(), measures=MEASURES, manifest=manifest, identity="")
