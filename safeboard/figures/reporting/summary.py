"""The page a chair reads in two minutes: a table of headline figures, and what in it stands out by stated rules."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from safeboard.figures.comparators.comparing import Comparator, Kind
from safeboard.figures.measures.definition import Measure, Moment, Polarity
from safeboard.figures.reporting.cards import why_missing
from safeboard.figures.reporting.cells import Cell, Cells
from safeboard.figures.reporting.chance import UNLIKELY
from safeboard.figures.reporting.comparing import besides, time_of, usable
from safeboard.figures.reporting.document import CheckLine, Summary, SummaryRow
from safeboard.figures.reporting.outline import HEADLINES
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.reporting.wording import (
    SMALLEST_BASE,
    change_sentence,
    comparison_sentence,
    direction_word,
    likelihood_of,
    lowered,
)
from safeboard.foundation.kernel.numbers import Unit

LARGE_CHANGE: Final = Fraction(1, 5)
"""A count that changed by at least this part of itself stands out, if it was at least `SMALLEST_BASE`."""

ALWAYS: Final = ("plans_open", "plans_open_rate")
"""The board's own subject: children with a plan are named first, whether or not their number changed."""


def summary_of(given: ReportInput, cells: Cells, checks: Sequence[CheckLine]) -> Summary:
    """The summary of one report."""
    measures = [given.measures[each] for each in HEADLINES if each in given.measures]
    rows = [_row(given, cells, measure) for measure in measures]
    return Summary(
        points=(*_points(given, cells, measures), _checks_point(checks)),
        heads=(
            "Figure",
            given.period.label,
            given.previous.label,
            "Change",
            "England",
            "Neighbours (mean)",
            "Better if",
        ),
        rows=tuple(row for row in rows if row is not None),
        notes=tuple(_notes(given, cells, measures)),
    )


def _row(given: ReportInput, cells: Cells, measure: Measure) -> SummaryRow | None:
    now, before = cells.whole(measure.id, given.period), cells.whole(measure.id, given.previous)
    if now is None or not any(cell is not None and (cell.known or cell.hidden) for cell in (now, before)):
        return None
    others = usable(measure, given.comparators.get(measure.id, ()))
    return SummaryRow(
        measure=measure.id,
        title=f"{measure.title}, on 31 March" if measure.moment is Moment.AT_END else measure.title,
        now=now.shown,
        before=before.shown if before is not None else "–",
        word=direction_word(now, before),
        england=_beside(others, Kind.ENGLAND, given, measure),
        neighbours=_beside(others, Kind.NEIGHBOURS_MEAN, given, measure),
        polarity={Polarity.HIGH_IS_GOOD: "high", Polarity.LOW_IS_GOOD: "low", Polarity.NEITHER: "–"}[measure.polarity],
    )


def _beside(others: Sequence[Comparator], kind: Kind, given: ReportInput, measure: Measure) -> str:
    found = next((other for other in others if other.kind is kind), None)
    if found is None:
        return "–"
    return found.shown if found.same_period else f"{found.shown} ({time_of(found, measure.moment)})"


def _points(given: ReportInput, cells: Cells, measures: Sequence[Measure]) -> Iterator[str]:
    for measure in sorted(measures, key=lambda each: each.id not in ALWAYS):
        now, before = cells.whole(measure.id, given.period), cells.whole(measure.id, given.previous)
        if now is None or not now.known:
            continue
        if measure.id in ALWAYS or _stands_out(now, before, measure.moment):
            others = usable(measure, given.comparators.get(measure.id, ()))
            compared = comparison_sentence(now, besides(others, given.period))
            said = lowered(change_sentence(now, before, measure.moment))
            yield f"{measure.title}: {said} {compared}".rstrip()


def _stands_out(now: Cell, before: Cell | None, moment: Moment) -> bool:
    if now.value is None or before is None or before.value is None:
        return False
    if now.unit is Unit.COUNT:
        return before.value >= SMALLEST_BASE and abs(now.value - before.value) >= before.value * LARGE_CHANGE
    likelihood = likelihood_of(now, before, moment)
    return likelihood is not None and likelihood < UNLIKELY


def _checks_point(checks: Sequence[CheckLine]) -> str:
    failing = [check.title for check in checks if check.outcome == "does not hold"]
    holding = sum(check.holds for check in checks)
    if not failing:
        return f"Checks of the figures against each other: all {holding} that could be made hold."
    verb = "does" if len(failing) == 1 else "do"
    named = "; ".join(failing)
    return f"Checks of the figures against each other: {len(failing)} {verb} not hold ({named}); {holding} hold."


def _notes(given: ReportInput, cells: Cells, measures: Sequence[Measure]) -> Iterator[str]:
    yield (
        f"Listed above: children with a plan; counts of {SMALLEST_BASE} or more that changed by a fifth or more; and "
        f"shares of the year whose change is unlikely to be chance (p below {UNLIKELY})."
    )
    missing = [
        (measure, cell)
        for measure in measures
        if (cell := cells.whole(measure.id, given.period)) is not None and not (cell.known or cell.hidden)
    ]
    if missing:
        yield f"Headline figures without a number: {'; '.join(measure.title for measure, _ in missing)}."
    reasons = dict.fromkeys(why_missing(cell, measure) for measure, cell in missing if cell.figure.collected)
    yield from reasons
