"""Dates in frames follow the same rules as the kernel's, for any day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import duckdb
import narwhals as nw
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.figures.measures import frames
from safeboard.figures.tables.snapshot import Manifest, Snapshot
from safeboard.foundation.kernel.months import add_months, completed_years
from safeboard.foundation.kernel.periods import Period
from safeboard.foundation.kernel.working_days import FIRST_DAY, LAST_DAY, working_days_between

DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))
MAYBE = st.none() | DAYS


@contextmanager
def laid_out(table: pa.Table) -> Iterator[tuple[nw.LazyFrame[Any], Snapshot]]:
    """The table as a lazy frame in a snapshot of nothing else, its rows numbered by `at`."""
    with duckdb.connect() as connection:
        snapshot = Snapshot("laid out", Manifest(reference_date=date(2009, 3, 31)), connection)
        connection.register("laid", table.append_column("at", pa.array(range(table.num_rows), pa.int32())))
        yield nw.from_native(connection.table("laid")), snapshot


def computed(columns: dict[str, list[date | None]], **expressions: nw.Expr) -> list[tuple[Any, ...]]:
    """The expressions over the columns, a tuple a row, in order."""
    with laid_out(pa.table({name: pa.array(values, pa.date32()) for name, values in columns.items()})) as (frame, _):
        found = frame.with_columns(**expressions).sort("at").select(*expressions).collect("pyarrow").to_native()
    return [tuple(row.values()) for row in found.to_pylist()]


@settings(deadline=None, max_examples=20)
@given(st.lists(DAYS, min_size=1), DAYS)
def test_age_is_completed_years(born: list[date], on: date) -> None:
    assert computed({"born": [*born]}, age=frames.age_on("born", on)) == [(completed_years(day, on),) for day in born]


def test_each_age_band_begins_on_the_birthday() -> None:
    on = date(2009, 3, 31)
    born = [
        *(None, date(2009, 4, 1), date(2009, 3, 31), date(2008, 4, 1), date(2008, 3, 31), date(2004, 4, 1)),
        *(date(2004, 3, 31), date(1999, 4, 1), date(1999, 3, 31), date(1993, 4, 1), date(1993, 3, 31), None),
    ]
    expected: list[date | None] = [None] * 11 + [date(2009, 6, 1)]
    band = frames.age_band("born", "expected", on)
    assert computed({"born": [*born], "expected": expected}, band=band) == [
        *((None,), ("unborn",), ("under 1",), ("under 1",), ("1 to 4",), ("1 to 4",)),
        *(("5 to 9",), ("5 to 9",), ("10 to 15",), ("10 to 15",), ("16 and over",), ("unborn",)),
    ]


@settings(deadline=None, max_examples=20)
@given(st.lists(DAYS, min_size=1), st.integers(0, 30))
def test_months_later_is_as_the_calendar_counts(days: list[date], months: int) -> None:
    later = frames.months_later("day", months)
    assert computed({"day": [*days]}, later=later) == [(add_months(day, months),) for day in days]


@settings(deadline=None, max_examples=20)
@given(st.lists(MAYBE, min_size=1), st.integers(0, 800))
def test_days_later_is_as_the_calendar_counts(days: list[date | None], more: int) -> None:
    assert computed({"day": days}, later=frames.days_later("day", more)) == [
        (day and day + timedelta(days=more),) for day in days
    ]


def twin_working_days(start: date | None, end: date | None) -> int | None:
    if start is None or end is None or not all(FIRST_DAY <= day <= LAST_DAY for day in (start, end)):
        return None
    return working_days_between(start, end)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(MAYBE, MAYBE), min_size=1))
def test_working_days_are_those_of_the_kernel_and_missing_outside_its_calendar(
    pairs: list[tuple[date | None, date | None]],
) -> None:
    starts, ends = (pa.array([pair[side] for pair in pairs], pa.date32()) for side in (0, 1))
    with laid_out(pa.table({"start": starts, "end": ends})) as (frame, snapshot):
        counted = frames.with_working_days(frame, snapshot, start="start", end="end", name="days")
        found = counted.sort("at").collect("pyarrow").to_native()["days"].to_pylist()
    assert found == [twin_working_days(*pair) for pair in pairs]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(MAYBE, MAYBE), min_size=1), DAYS)
def test_open_at_any_point_is_open_at_the_end_or_ended_in_the_period(
    spells: list[tuple[date | None, date | None]], first: date
) -> None:
    ordered = [(start, end if start is None or end is None else max(start, end)) for start, end in spells]
    period = Period(first, first + timedelta(days=365))
    columns = {"start": [start for start, _ in ordered], "end": [end for _, end in ordered]}
    answers = computed(
        columns,
        during=frames.open_during("start", "end", period),
        at_end=frames.open_on("start", "end", period.end),
        ended=frames.in_period("end", period),
    )
    begun = [start is not None for start, _ in ordered]
    assert [during for during, _, _ in answers] == [
        at_end or (ended and real) for (_, at_end, ended), real in zip(answers, begun, strict=True)
    ]


def test_a_spell_is_open_on_its_first_day_and_not_on_its_last() -> None:
    day = date(2009, 3, 31)
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    columns = {"start": [before, day, after, before, before, None], "end": [None, None, None, day, after, None]}
    assert computed(columns, open=frames.open_on("start", "end", day)) == [
        *((True,), (True,), (False,), (False,), (True,), (False,)),
    ]


def test_a_code_that_is_missing_or_not_listed_has_no_words() -> None:
    with laid_out(pa.table({"code": pa.array(["A", "Z", None])})) as (frame, _):
        found = frame.sort("at").select(words=frames.words("code", {"A": "first"})).collect("pyarrow").to_native()
    assert found["words"].to_pylist() == ["first", None, None]
