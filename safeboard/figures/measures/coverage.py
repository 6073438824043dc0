"""Whether a snapshot can answer a measure for a period. What was not collected is never counted as 0."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from safeboard.figures.measures.definition import Group, Measure, Moment
from safeboard.figures.measures.limits import rules_applied
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.guidance import NoRule
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.periods import Period

TIMELESS: Final = frozenset({"ssd_person", "ssd_disability"})
"""Tables that describe children and hold no events, so that no days are covered or missed."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether the measure can be counted, over which days, and what a reader must be told.

    `period` ends at the snapshot's reference date where the period asked for has not ended by then.
    """

    collected: bool
    period: Period
    note: str = ""


def in_words(day: date) -> str:
    """31 March 2009."""
    return f"{day.day} {day:%B %Y}"


def availability(measure: Measure, snapshot: Snapshot, period: Period) -> Availability:
    """What the snapshot can say on the measure: every need collected, every day covered, every limit in force."""
    counted = _until_reference_date(measure, snapshot, period)
    if not counted.collected:
        return counted
    missing = list(_missing(measure, measure.needs, snapshot, counted.period))
    try:
        rules_applied(measure, snapshot, period)
    except NoRule as none:
        missing.append(str(none))
    return Availability(False, counted.period, " ".join(missing)) if missing else counted


def labels_missing(measure: Measure, group: Group, snapshot: Snapshot, period: Period) -> str:
    """Why the group's labels cannot be had though the measure can, "" if they can. `period` as in Availability."""
    return " ".join(_missing(measure, group.needs, snapshot, period))


def _missing(measure: Measure, needs: Sequence[str], snapshot: Snapshot, period: Period) -> Iterator[str]:
    yield from _not_collected(needs, snapshot)
    at_end = measure.moment is Moment.AT_END
    first = period.end if at_end else add_months(period.start, -measure.look_back_months)
    yield from _not_covered(needs, snapshot, first, period.end)


def _until_reference_date(measure: Measure, snapshot: Snapshot, period: Period) -> Availability:
    last = snapshot.manifest.reference_date
    if period.end <= last:
        return Availability(True, period)
    if measure.moment is Moment.AT_END or period.start > last:
        wanted = period.end if measure.moment is Moment.AT_END else period.start
        return Availability(False, period, f"The records end on {in_words(last)}, before {in_words(wanted)}.")
    note = f"Counted up to {in_words(last)}, where the records end; the period ends on {in_words(period.end)}."
    return Availability(True, replace(period, end=last), note)


def _not_collected(needs: Sequence[str], snapshot: Snapshot) -> Iterator[str]:
    for need in needs:
        table, column = need.split(".")
        if table in snapshot.manifest.collected and not snapshot.collects(table, column):
            declared = TABLES[table]
            yield (
                f"The sources do not collect {declared.within_sentence}: {declared.column(column).meaning} ({need})."
            )
    for table in dict.fromkeys(need.split(".")[0] for need in needs):
        if table not in snapshot.manifest.collected:
            yield f"No source holds {TABLES[table].within_sentence} records (table {table})."


def _not_covered(needs: Sequence[str], snapshot: Snapshot, first: date, last: date) -> Iterator[str]:
    days = in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
    for table in dict.fromkeys(need.split(".")[0] for need in needs):
        # A table that no source holds is named once, as not collected.
        if table in TIMELESS or table not in snapshot.manifest.collected:
            continue
        covered = snapshot.manifest.coverage.get(table)
        if covered is None or not covered.includes(first, last):
            held = f"from {in_words(covered.first)} to {in_words(covered.last)}" if covered else "for no days"
            yield f"{TABLES[table].title} records are complete {held}, which does not cover {days}."
