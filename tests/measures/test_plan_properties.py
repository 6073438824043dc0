"""What holds for any records: stock and flow, every point of the year, bands and shares."""

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import PopulationBase, keys, run
from safeboard.figures.measures.figure import Figure
from safeboard.figures.tables.snapshot import Snapshot, snapshot_of_rows
from safeboard.foundation.kernel.periods import Period
from tests.twins.random_records import REFERENCE_DATE, random_records

YEAR = Period.year_ending(2009)
BEFORE = YEAR.previous()

some_records = st.integers(0, 2**32 - 1).map(random_records)
# A snapshot is a database of its own; a few of them, of up to 24 plans each, are what a quick test affords.
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def figures(snapshot: Snapshot, measures: Iterable[str], period: Period) -> dict[tuple[str, str | None], Figure]:
    found = run([MEASURES[each] for each in measures], snapshot, period, PopulationBase(1_000, 2008, "of the tests"))
    return {(each.measure, each.group): each for each in found}


@few
@given(some_records)
def test_open_last_year_and_started_less_ended_is_open_now(records: dict[str, list[dict[str, object]]]) -> None:
    with (snapshot := snapshot_of_rows(records, reference_date=REFERENCE_DATE)).connection:
        flows = ("plans_open", "plans_started", "plans_ended", "plans_any_point")
        now, last = (
            {measure: set(keys(MEASURES[measure], snapshot, period)) for measure in flows} for period in (YEAR, BEFORE)
        )
    assert now["plans_any_point"] == now["plans_open"] | now["plans_ended"]
    assert now["plans_open"] & now["plans_ended"] == set()
    assert now["plans_any_point"] == last["plans_open"] | now["plans_started"]
    assert last["plans_open"] & now["plans_started"] == set()
    assert len(last["plans_open"]) + len(now["plans_started"]) - len(now["plans_ended"]) == len(now["plans_open"])


EXCLUSIVE = (
    "plans_started_category",
    "plans_open_duration",
    "plans_ended_duration",
    "plans_ended_first_six_months",
    "plans_open_category_latest",
    "plans_open_category_initial",
    "plans_open_age",
    "plans_open_sex",
    "plans_open_ethnicity",
)


@few
@given(some_records)
def test_exclusive_groups_add_up_to_the_whole(records: dict[str, list[dict[str, object]]]) -> None:
    with (snapshot := snapshot_of_rows(records, reference_date=REFERENCE_DATE)).connection:
        found = figures(snapshot, EXCLUSIVE, YEAR)
    for measure in EXCLUSIVE:
        parts = [each for (id_, group), each in found.items() if id_ == measure and group is not None]
        whole = found[measure, None].denominator
        assert sum(each.numerator or 0 for each in parts) == whole
        assert {each.denominator for each in parts} == {whole}
        if whole:
            assert sum(each.value or 0 for each in parts) == 100


SHARES = ("ni_64", "ni_65", "ni_67", "plans_looked_after", "plans_open_under_10", "plans_open_minority_ethnic")


@few
@given(some_records)
def test_what_is_counted_is_part_of_what_it_is_counted_of(records: dict[str, list[dict[str, object]]]) -> None:
    stated = (*SHARES, "plans_repeat_within_two_years", "plans_open_minority_ethnic_not_white")
    with (snapshot := snapshot_of_rows(records, reference_date=REFERENCE_DATE)).connection:
        found = figures(snapshot, (*stated, "plans_open", "plans_started", "plans_ended"), YEAR)
        repeats = set(keys(MEASURES["plans_repeat_within_two_years"], snapshot, YEAR))
        again = set(keys(MEASURES["ni_65"], snapshot, YEAR))
    number = {measure: each.numerator or 0 for (measure, _), each in found.items()}
    base = {measure: each.denominator or 0 for (measure, _), each in found.items()}
    assert all(0 <= number[measure] <= base[measure] for measure in stated)
    assert repeats <= again
    assert base["ni_65"] == number["plans_started"]
    assert base["ni_64"] == number["plans_ended"]
    assert base["ni_67"] <= number["plans_open"] == base["plans_looked_after"]
    assert number["plans_open_minority_ethnic_not_white"] <= number["plans_open_minority_ethnic"]
