"""Every measure of the catalogue against its twin, on random records."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.engine import PopulationBase, keys, run
from safeboard.figures.tables.snapshot import Snapshot, snapshot_of_rows
from safeboard.foundation.kernel.periods import Period
from tests.twins import assessments, children, funnel, plans, profile, programmes, referrals
from tests.twins.days import Year
from tests.twins.plain import Plain, plain_figures
from tests.twins.random_records import LEAP_CYCLE, REFERENCE_DATE, Records, random_records, sixteen_years_later

THEN: Final = Year(date(2008, 4, 1), REFERENCE_DATE)
NOW: Final = Year(date(2008 + LEAP_CYCLE, 4, 1), REFERENCE_DATE.replace(year=REFERENCE_DATE.year + LEAP_CYCLE))
UNDER_TODAYS_GUIDANCE: Final = frozenset({"assessments_within_45_days"})
"""Measures of a limit that the guidance of 2008-09 did not have."""

POPULATION: Final = 67_720
TWINS: Final = {
    name: getattr(room, name)
    for room in (referrals, funnel, assessments, children, plans, profile, programmes)
    for name in MEASURES
    if callable(getattr(room, name, None))
}
RATES: Final = {name: name.removesuffix("_rate") for name in MEASURES if name.endswith("_rate")}


def twin_of(name: str):
    return TWINS.get(name) or TWINS[RATES[name]]


def figures_of(measure: Measure, snapshot: Snapshot, period: Period) -> set[Plain]:
    found = run([measure], snapshot, period, PopulationBase(POPULATION, 2008, "made up"))
    assert [figure.why_not for figure in found if not figure.collected] == []
    return {(figure.group, figure.numerator, figure.denominator, figure.value) for figure in found}


def disagreements(names: Iterable[str], records: Records, year: Year) -> dict[str, object]:
    """For each measure that disagrees with its twin: the figures and keys that only one of the two gives."""
    found: dict[str, object] = {}
    period = Period(year.first, year.last)
    snapshot = snapshot_of_rows(records, reference_date=year.last)
    with snapshot.connection:
        for name in names:
            rows = twin_of(name)(records, year)
            figures = figures_of(MEASURES[name], snapshot, period) ^ plain_figures(MEASURES[name], rows, POPULATION)
            counted = {row.key for row in rows if row.in_numerator}
            listed = keys(MEASURES[name], snapshot, period)
            if figures or listed != sorted(counted):
                found[name] = (figures, set(listed) ^ counted)
    return found


def test_every_measure_has_a_twin() -> None:
    assert {name for name in MEASURES if name not in TWINS and RATES.get(name) not in TWINS} == set()


@settings(max_examples=5, deadline=None, derandomize=True)
@given(seed=st.integers(min_value=0, max_value=2**32 - 1))
def test_every_measure_agrees_with_its_twin(seed: int) -> None:
    records = random_records(seed)
    assert disagreements(set(MEASURES) - UNDER_TODAYS_GUIDANCE, records, THEN) == {}


@settings(max_examples=5, deadline=None, derandomize=True)
@given(seed=st.integers(min_value=0, max_value=2**32 - 1))
def test_measures_of_todays_limits_agree_with_their_twins(seed: int) -> None:
    records = sixteen_years_later(random_records(seed))
    assert disagreements(UNDER_TODAYS_GUIDANCE, records, NOW) == {}
