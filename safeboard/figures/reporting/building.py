"""Runs every measure over a snapshot and gathers what a report needs. Nothing is drawn or written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from safeboard.figures.census.findings import CheckResult
from safeboard.figures.comparators.comparing import Comparator, comparators_with_groups
from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.engine import PopulationBase, run
from safeboard.figures.measures.figure import Figure
from safeboard.figures.measures.limits import rules_applied
from safeboard.figures.reporting.cross_checks import cross_checks
from safeboard.figures.reporting.outline import HEADLINES
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.reporting.returns import in_short
from safeboard.figures.tables.snapshot import Manifest, Snapshot
from safeboard.foundation.agencies.areas import Area, find_area
from safeboard.foundation.agencies.populations import mid_year_for, population
from safeboard.foundation.guidance import NoRule, Rule
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period

OLDER_YEARS: Final = 3
"""How many years before the last one the headline figures are traced back, where the records cover them."""


def build_report(
    snapshot: Snapshot,
    *,
    area: str | None,
    period: Period,
    threshold: int = 0,
    noted: Sequence[Problem] = (),
    measures: Mapping[str, Measure] = MEASURES,
) -> ReportInput:
    """Everything the report of one period is made from.

    `area` is a code or name; without one, what the sources name. An area asked for and not known is BadInput. One that
    only the sources name and that does not exist gives counts without rates, and `area_note` says so. `threshold` 0 is
    the board's own copy; `noted` are the problems met while reading the sources.
    """
    place = area_of(snapshot.manifest, area)
    base = population_base(place, period)
    return ReportInput(
        area=place,
        period=period,
        figures=tuple(_figures(snapshot, place, period, measures)),
        measures=measures,
        manifest=snapshot.manifest,
        identity=snapshot.identity,
        threshold=threshold,
        comparators=_comparators(place, period, measures),
        limits=_limits(snapshot, period, measures),
        problems=tuple(noted),
        cross_checks=cross_checks(snapshot, period),
        population=base,
        area_note=_area_note(snapshot.manifest, place),
    )


def with_returns(given: ReportInput, results: Sequence[CheckResult]) -> ReportInput:
    """The same, with the department's checks of the census returns among the sources."""
    return replace(given, returns=tuple(in_short(result, given.measures) for result in results))


def area_of(manifest: Manifest, asked: str | None) -> Area | None:
    """The area asked for, else the one that the sources name; None where that one does not exist."""
    if asked:
        return find_area(asked)
    for named in manifest.areas:
        try:
            return find_area(named)
        except BadInput:
            continue
    return None


def population_base(area: Area | None, period: Period) -> PopulationBase | None:
    """The children aged 0 to 17 a rate of the period is set over; None where there is no estimate."""
    found = population(area.code, mid_year_for(period)) if area else None
    return PopulationBase(found.count, found.mid_year, found.vintage) if found else None


def _figures(
    snapshot: Snapshot, area: Area | None, period: Period, measures: Mapping[str, Measure]
) -> Iterator[Figure]:
    yield from run(measures.values(), snapshot, period, population_base(area, period))
    before = period.previous()
    yield from run(measures.values(), snapshot, before, population_base(area, before))
    traced = [measures[each] for each in HEADLINES if each in measures]
    for _ in range(OLDER_YEARS):
        before = before.previous()
        older = run(traced, snapshot, before, population_base(area, before))
        yield from (figure for figure in older if figure.group is None and figure.value is not None)


def _comparators(
    area: Area | None, period: Period, measures: Mapping[str, Measure]
) -> dict[str, tuple[Comparator, ...]]:
    return {each: comparators_with_groups(each, area, period) for each in measures} if area else {}


def _limits(snapshot: Snapshot, period: Period, measures: Mapping[str, Measure]) -> dict[str, tuple[Rule, ...]]:
    """The rules each measure applied. A measure whose rule was not in force has no figure, which says so itself."""
    found = {}
    for measure in measures.values():
        try:
            found[measure.id] = rules_applied(measure, snapshot, period)
        except NoRule:
            continue
    return {measure: rules for measure, rules in found.items() if rules}


def _area_note(manifest: Manifest, area: Area | None) -> str:
    named = ", ".join(manifest.areas)
    if area is not None:
        other = named and area_of(manifest, None) != area
        return f"The sources name the area {named}; the report is of {area.name}, as was asked for." if other else ""
    if named:
        return (
            f"The sources name the area {named}, which does not exist: counts are given without rates or comparators."
        )
    return "The sources name no area: counts are given without rates or comparators. Name one with --area."
