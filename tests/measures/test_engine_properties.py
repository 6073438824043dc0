"""What holds for every measure on any records: groups add up, no missing label is lost, keys are as many as counted."""

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Group
from safeboard.figures.measures.engine import keys, run
from safeboard.figures.measures.figure import Figure
from safeboard.figures.tables.snapshot import Snapshot, snapshot_of_rows
from safeboard.foundation.kernel.numbers import Unit
from tests.measures.telling import POPULATION, YEAR
from tests.twins.random_records import REFERENCE_DATE, random_records

OVERLAPPING = {"factor", "issue", "disability", "agency"}
"""Groups in which one thing may stand under several labels."""

measures = st.sampled_from(sorted(MEASURES))
seeds = st.integers(0, 10_000)
several = settings(deadline=None, max_examples=15)


@contextmanager
def records(seed: int) -> Iterator[Snapshot]:
    snapshot = snapshot_of_rows(random_records(seed), reference_date=REFERENCE_DATE)
    with snapshot.connection:
        yield snapshot


def of_group(figures: list[Figure], group: Group) -> list[Figure]:
    return [figure for figure in figures if str(figure.group).startswith(f"{group.column}=")]


@several
@given(measures, seeds)
def test_the_numerator_is_as_many_keys_as_are_given(name: str, seed: int) -> None:
    with records(seed) as snapshot:
        for figure in run([MEASURES[name]], snapshot, YEAR, POPULATION):
            listed = keys(MEASURES[name], snapshot, YEAR, figure.group)
            assert listed == sorted(set(listed))
            assert len(listed) == (figure.numerator or 0)


@several
@given(measures, seeds)
def test_exclusive_groups_add_up_to_the_whole(name: str, seed: int) -> None:
    with records(seed) as snapshot:
        whole, *others = run([MEASURES[name]], snapshot, YEAR, POPULATION)
    for group in MEASURES[name].groups if whole.collected else ():
        parts = of_group(others, group)
        if group.column in OVERLAPPING or not all(part.collected for part in parts):
            continue
        counted = sum(part.numerator or 0 for part in parts)
        assert counted == (whole.denominator if group.share else whole.numerator)
        if not group.share and MEASURES[name].unit is Unit.PERCENT:
            assert sum(part.denominator or 0 for part in parts) == whole.denominator


@several
@given(measures, seeds)
def test_a_share_is_over_the_whole_and_never_over_100_percent(name: str, seed: int) -> None:
    with records(seed) as snapshot:
        whole, *others = run([MEASURES[name]], snapshot, YEAR, POPULATION)
    for group in (group for group in MEASURES[name].groups if group.share):
        for part in of_group(others, group):
            assert part.denominator == whole.denominator
            assert part.value is None or 0 <= part.value <= 100


@several
@given(st.lists(st.none() | st.sampled_from(["6", "2A"]), min_size=1, max_size=8))
def test_a_missing_label_is_counted_under_its_own_name(sources: list[str | None]) -> None:
    rows = [
        {
            "cine_referral_id": str(number),
            "cine_person_id": "ann",
            "cine_referral_date": YEAR.start,
            "cine_referral_source_code": source,
        }
        for number, source in enumerate(sources)
    ]
    snapshot = snapshot_of_rows({"ssd_cin_episodes": rows}, reference_date=REFERENCE_DATE)
    with snapshot.connection:
        figures = run([MEASURES["referrals"]], snapshot, YEAR)
    found = {str(figure.group): figure.numerator for figure in figures}
    assert found["source=unknown"] == sources.count(None)
    assert (found["source=police"], found["source=school"]) == (sources.count("6"), sources.count("2A"))
