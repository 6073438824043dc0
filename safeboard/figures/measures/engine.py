"""Runs measures on a snapshot for a period: data in, exact figures out. Nothing here reads the clock."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from typing import Any

import narwhals as nw

from safeboard.figures.measures.coverage import availability, labels_missing
from safeboard.figures.measures.definition import Group, Measure
from safeboard.figures.measures.figure import Figure
from safeboard.figures.measures.tally import NOTHING, WHOLE, Tally, labelled, query_of, tallies
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Snapshot, snapshot_of_rows
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.numbers import Unit, ratio
from safeboard.foundation.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class PopulationBase:
    """The children aged 0 to 17 that a rate is set over, at 30 June of `mid_year`, as published in `vintage`."""

    count: int
    mid_year: int
    vintage: str


def run(
    measures: Iterable[Measure], snapshot: Snapshot, period: Period, population: PopulationBase | None = None
) -> list[Figure]:
    """Every measure's figures in the order given: the whole first, then each group's labels in their order.

    Not collected or not covered gives one figure without a number. A period that the records do not reach the end of
    is counted up to the reference date, and the figures say so in `why_not`.
    """
    return [figure for measure in measures for figure in _figures(measure, snapshot, period, population)]


def keys(measure: Measure, snapshot: Snapshot, period: Period, group: str | None = None) -> list[str]:
    """The keys of the rows in a figure's numerator, sorted; as many as its numerator. None if not collected.

    `group` is as in the figure, "column=label". KeyError for a group the measure does not have.
    """
    column = (group or "").partition("=")[0]
    if group and column not in {each.column for each in measure.groups}:
        raise KeyError(f"{measure.id} has no group {column}")
    return keys_of_figures(measure, snapshot, period).get(group, [])


def keys_of_figures(measure: Measure, snapshot: Snapshot, period: Period) -> dict[str | None, list[str]]:
    """The keys of every figure of the measure, by its group as in the figure (None the whole), read in one query.

    A figure without any counted row, or not collected, is left out.
    """
    found = availability(measure, snapshot, period)
    if not found.collected:
        return {}
    groups = [each for each in measure.groups if not labels_missing(measure, each, snapshot, found.period)]
    rows = labelled(measure, measure.rows(snapshot, found.period), measure.groups)
    columns = dict.fromkeys(("key", "base", "counted", *(each.column for each in groups)))
    read = {name: values.to_pylist() for name, values in _columns(rows.select(*columns)).items()}
    listed: dict[str | None, set[str]] = defaultdict(set)
    listed[None].update(compress(read["key"], read["counted"]))
    for each in groups:
        chosen = read["base" if each.share else "counted"]
        for key, label in compress(zip(read["key"], read[each.column], strict=True), chosen):
            listed[f"{each.column}={label}"].add(key)
    return {group: sorted(those) for group, those in listed.items() if those}


def _columns(rows: nw.LazyFrame[Any]) -> dict[str, Any]:
    table = rows.collect("pyarrow").to_native()
    return dict(zip(table.column_names, table.columns, strict=True))


def compiled_query(measure: Measure, period: Period, snapshot: Snapshot | None = None) -> str:
    """The query of the measure's rows for one period: the same text for the same definition, whatever the rows.

    Without a snapshot the tables are empty ones whose records end with the period. NoRule where a limit of the guidance
    that the measure applies is not in force.
    """
    held = snapshot or snapshot_of_rows({}, reference_date=period.end)
    return query_of(measure, measure.rows(held, period), measure.groups)


def _figures(
    measure: Measure, snapshot: Snapshot, period: Period, population: PopulationBase | None
) -> Iterator[Figure]:
    found = availability(measure, snapshot, period)
    if not found.collected:
        yield _uncollected(measure, period, None, found.note)
        return
    missing = {group.column: labels_missing(measure, group, snapshot, found.period) for group in measure.groups}
    present = [group for group in measure.groups if not missing[group.column]]
    tally = tallies(measure, measure.rows(snapshot, found.period), present, snapshot.connection)
    made = _Maker(measure, period, found.note, population)
    yield made.figure(None, tally.get(WHOLE, NOTHING))
    for group in measure.groups:
        if missing[group.column]:
            yield _uncollected(measure, period, group.column, missing[group.column])
        else:
            yield from _group_figures(made, group, found.period, tally)


def _group_figures(
    made: "_Maker", group: Group, period: Period, tally: Mapping[tuple[str, str], Tally]
) -> Iterator[Figure]:
    whole = tally.get(WHOLE, NOTHING)
    for label in labels_of(group, period, tally):
        part = tally.get((group.column, label), NOTHING)
        yield made.figure(f"{group.column}={label}", _shared(part, whole) if group.share else part)


def labels_of(group: Group, period: Period, tally: Mapping[tuple[str, str], Tally]) -> list[str]:
    """The listed labels, then those that occur and are not listed, then the one for a missing label if it occurs."""
    listed = months_of(period) if group.column == "month" else group.labels
    others = {label for column, label in tally if column == group.column} - set(listed)
    return [*listed, *sorted(others, key=lambda label: (label == group.unknown, label))]


def months_of(period: Period) -> tuple[str, ...]:
    """Every calendar month that has a day in the period (ended early where the records do), as "2008-04"."""
    count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    return tuple(f"{add_months(period.start, n):%Y-%m}" for n in range(count))


def _shared(part: Tally, whole: Tally) -> Tally:
    return Tally(counted=part.all, counted_children=part.all_children, all=whole.all, all_children=whole.all_children)


def _uncollected(measure: Measure, period: Period, group: str | None, why_not: str) -> Figure:
    return Figure(
        measure=measure.id,
        edition=measure.edition,
        period=period,
        group=group,
        numerator=None,
        denominator=None,
        value=None,
        unit=measure.unit,
        collected=False,
        why_not=why_not,
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Turns tallies of one measure into figures."""

    measure: Measure
    period: Period
    note: str
    population: PopulationBase | None

    def figure(self, group: str | None, tally: Tally) -> Figure:
        denominator = self._denominator(tally)
        return Figure(
            measure=self.measure.id,
            edition=self.measure.edition,
            period=self.period,
            group=group,
            numerator=tally.counted,
            denominator=denominator,
            value=self._value(tally.counted, denominator),
            unit=self.measure.unit,
            collected=True,
            children=self._children(tally),
            population_vintage=self.population.vintage if self.measure.against_population and self.population else "",
            why_not=self._why_not(),
        )

    def _denominator(self, tally: Tally) -> int | None:
        if self.measure.against_population:
            return self.population.count if self.population else None
        return None if self.measure.unit is Unit.COUNT else tally.all

    def _value(self, numerator: int, denominator: int | None) -> Fraction | None:
        if self.measure.unit is Unit.COUNT:
            return Fraction(numerator)
        return None if denominator is None else ratio(numerator, denominator, self.measure.unit)

    def _children(self, tally: Tally) -> tuple[int | None, int | None]:
        if not TABLES[self.measure.table].person:
            return None, None
        of_rows = self.measure.unit is not Unit.COUNT and not self.measure.against_population
        return tally.counted_children, tally.all_children if of_rows else None

    def _why_not(self) -> str:
        unknown = self.measure.against_population and self.population is None
        missing = "There is no population for this area and period, so no rate." if unknown else ""
        return " ".join(part for part in (self.note, missing) if part)
