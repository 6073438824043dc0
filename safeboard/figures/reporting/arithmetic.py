"""Whether the figures of a report agree with each other. Works on what is shown, so no check can reveal what is hidden.

The reference report printed totals that did not add and named no bases (reference/checks.md, section 7).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from safeboard.figures.measures.definition import Measure
from safeboard.figures.reporting.cells import Cell, Cells
from safeboard.figures.reporting.document import CheckLine
from safeboard.figures.reporting.wording import in_words, listed
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

HOLDS: Final = "holds"
FAILS: Final = "does not hold"
HIDDEN: Final = "not shown"
UNKNOWN: Final = "cannot be said"

FUNNEL: Final = (
    ("referrals", "referrals"),
    ("funnel_period_assessments", "assessments"),
    ("section_47", "section 47 enquiries"),
    ("conferences", "initial conferences"),
    ("plans_started", "plans started"),
)

SAME_BASE: Final[Mapping[str, tuple[str, ...]]] = {
    "plans_open": (
        "plans_open_rate",
        "plans_open_age",
        "plans_open_category_latest",
        "plans_open_category_initial",
        "plans_open_sex",
        "plans_open_under_10",
        "plans_looked_after",
    ),
    "plans_started": ("plans_started_rate", "ni_65", "plans_started_category"),
    "plans_ended": ("plans_ended_rate", "ni_64", "plans_ended_duration", "plans_ended_over_six_months"),
    "conferences": ("conferences_rate", "conferences_within_15_days"),
    "referrals": ("referrals_rate", "referrals_source", "referrals_no_further_action"),
    "section_47": ("section_47_rate",),
}
"""A count, and the measures that must be of exactly that many: a rate in its numerator, a share in its denominator."""

OVERLAPPING: Final = frozenset({"factor", "issue", "disability"})
"""Groups in which one thing may stand under several labels, so that they need not add up."""


def arithmetic_checks(cells: Cells, measures: Mapping[str, Measure], period: Period) -> tuple[CheckLine, ...]:
    """Every check of one period, in the order in which a reader would ask."""
    return (
        _stock_and_flow(cells, period),
        _at_any_point(cells, period),
        *_narrowing(cells, period),
        _groups_add_up(cells, measures, period),
        _same_bases(cells, period),
        _shares_within_whole(cells, measures, period),
    )


def _numbers(cells: Sequence[Cell | None]) -> tuple[int, ...] | str:
    """The numerators, or the outcome that keeps the check from being made."""
    if any(cell is not None and cell.hidden for cell in cells):
        return HIDDEN
    found = [cell.figure.numerator for cell in cells if cell is not None and cell.figure.numerator is not None]
    return tuple(found) if len(found) == len(cells) else UNKNOWN


def _unmade(title: str, outcome: str) -> CheckLine:
    why = "A number in it is hidden." if outcome == HIDDEN else "A figure that it needs was not collected."
    return CheckLine(title, outcome, why)


def _outcome(holds: bool) -> str:
    return HOLDS if holds else FAILS


def _stock_and_flow(cells: Cells, period: Period) -> CheckLine:
    title = "Stock and flow of plans: open a year ago + started − ended = open now"
    found = _numbers(
        (
            cells.whole("plans_open", period.previous()),
            cells.whole("plans_started", period),
            cells.whole("plans_ended", period),
            cells.whole("plans_open", period),
        )
    )
    if isinstance(found, str):
        return _unmade(title, found)
    before, started, ended, now = found
    expected = before + started - ended
    said = f"{before:,} + {started:,} − {ended:,} = {expected:,}; open on {in_words(period.end)}: {now:,}."
    return CheckLine(title, _outcome(expected == now), said)


def _at_any_point(cells: Cells, period: Period) -> CheckLine:
    title = "Plans at any point in the year = open at its end + ended in it"
    found = _numbers([cells.whole(each, period) for each in ("plans_any_point", "plans_open", "plans_ended")])
    if isinstance(found, str):
        return _unmade(title, found)
    ever, now, ended = found
    said = f"{now:,} + {ended:,} = {now + ended:,}; at any point: {ever:,}."
    return CheckLine(title, _outcome(ever == now + ended), said)


def _narrowing(cells: Cells, period: Period) -> Iterator[CheckLine]:
    """Each stage of the funnel is no larger than the one before it; a plan needs its conference."""
    for (wide, wide_name), (narrow, narrow_name) in pairwise(FUNNEL):
        title = f"No more {narrow_name} than {wide_name}"
        found = _numbers((cells.whole(wide, period), cells.whole(narrow, period)))
        if isinstance(found, str):
            yield _unmade(title, found)
        else:
            said = f"{found[1]:,} {narrow_name}, {found[0]:,} {wide_name}."
            yield CheckLine(title, _outcome(found[1] <= found[0]), said)


def _groups_add_up(cells: Cells, measures: Mapping[str, Measure], period: Period) -> CheckLine:
    made, wrong = 0, []
    for measure in measures.values():
        for group in measure.groups:
            listed_cells = [cell for cell in cells.group(measure.id, period, group.column) if cell.label]
            whole = cells.whole(measure.id, period)
            if group.column in OVERLAPPING or whole is None or not listed_cells:
                continue
            parts = _numbers(listed_cells)
            total = whole.figure.denominator if group.share else whole.figure.numerator
            if isinstance(parts, str) or total is None:
                continue
            made += 1
            if sum(parts) != total:
                wrong.append(f"{measure.title}: the groups add to {sum(parts):,}, the whole is {total:,}")
    return _tallied("The groups of a figure add up to its whole", made, wrong)


def _same_bases(cells: Cells, period: Period) -> CheckLine:
    made, wrong = 0, []
    for base, others in SAME_BASE.items():
        count = _numbers((cells.whole(base, period),))
        for other in others:
            cell = cells.whole(other, period)
            if isinstance(count, str) or cell is None or cell.hidden:
                continue
            of = cell.figure.numerator if cell.unit is Unit.PER_10_000 else cell.figure.denominator
            if of is None:
                continue
            made += 1
            if of != count[0]:
                wrong.append(f"{other} is of {of:,}, {base} is {count[0]:,}")
    return _tallied("Figures of the same things have the same base", made, wrong)


def _shares_within_whole(cells: Cells, measures: Mapping[str, Measure], period: Period) -> CheckLine:
    made, wrong = 0, []
    for cell in cells.all:
        figure = cell.figure
        if cell.period != period or cell.unit is not Unit.PERCENT or cell.measure.startswith("funnel_period"):
            continue
        if figure.numerator is None or figure.denominator is None:
            continue
        made += 1
        if figure.numerator > figure.denominator:
            wrong.append(f"{measures[cell.measure].title}: {figure.numerator:,} of {figure.denominator:,}")
    return _tallied("No share is more than its whole", made, wrong)


def _tallied(title: str, made: int, wrong: Sequence[str]) -> CheckLine:
    if not made:
        return CheckLine(title, UNKNOWN, "None of the figures it needs is shown.")
    if wrong:
        return CheckLine(title, FAILS, f"{len(wrong):,} of {made:,} do not: {listed(wrong)}.")
    return CheckLine(title, HOLDS, f"In all {made:,} that could be looked at.")
