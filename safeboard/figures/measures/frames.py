"""Dates and labels inside lazy frames: the same rules as the kernel's, for a column instead of one value."""

import contextlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import duckdb
import narwhals as nw
import pyarrow as pa

from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel import working_days
from safeboard.foundation.kernel.code_lists import CodeList
from safeboard.foundation.kernel.periods import Period

UNBORN: Final = "unborn"

AGE_BANDS: Final = (UNBORN, "under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over")
"""Ages as DfE table A5 groups them; completed years."""

_CALENDAR: Final = "working_day_calendar"


def take(snapshot: Snapshot, table: str, **columns: str) -> nw.LazyFrame[Any]:
    """The named columns of a standard table and nothing else, under names of the measure's own (new name = column)."""
    return snapshot.table(table).select(**{name: nw.col(column) for name, column in columns.items()})


def with_membership(
    frame: nw.LazyFrame[Any], others: nw.LazyFrame[Any], *, on: str, among: str, name: str
) -> nw.LazyFrame[Any]:
    """The frame with a column `name`: whether its `on` occurs in the others' `among`. No row is lost or repeated."""
    members = others.select(nw.col(among).alias(f"{name}_member")).filter(~nw.col(f"{name}_member").is_null())
    # Grouped, not `unique`: that asks by a window and under a random name, so no two queries would read the same.
    once = members.group_by(f"{name}_member").agg(nw.len().alias(name))
    joined = frame.join(once, left_on=on, right_on=f"{name}_member", how="left")
    return joined.with_columns(~nw.col(name).is_null())


def in_period(column: str, period: Period) -> nw.Expr:
    """Whether the day lies in the period, both ends inclusive; false where there is no day."""
    return nw.col(column).is_between(nw.lit(period.start), nw.lit(period.end)).fill_null(False)


def open_on(start: str, end: str, day: date) -> nw.Expr:
    """Whether it had begun by the end of `day` and had not ended by then; what ends on `day` itself is not open.

    So everything open at any point of a year is either open at its end or ended in it, never both (DfE table D1).
    """
    return ((nw.col(start) <= day) & (nw.col(end).is_null() | (nw.col(end) > day))).fill_null(False)


def open_during(start: str, end: str, period: Period) -> nw.Expr:
    """Whether it was open at any point of the period: begun by its last day, and not ended before its first."""
    return ((nw.col(start) <= period.end) & (nw.col(end).is_null() | (nw.col(end) >= period.start))).fill_null(False)


def present(column: str) -> nw.Expr:
    """Whether there is a value."""
    return ~nw.col(column).is_null()


def is_true(column: str) -> nw.Expr:
    """Whether a yes-or-no column says yes; nothing said is not yes."""
    return nw.col(column).fill_null(False)


def months_later(column: str, months: int) -> nw.Expr:
    """The same day of the month that many calendar months on, clipped to the month's end, as `kernel.add_months`."""
    return nw.col(column).dt.offset_by(f"{months}mo").cast(nw.Date)


def days_later(column: str, days: int) -> nw.Expr:
    """The day that many calendar days on."""
    return nw.col(column).dt.offset_by(f"{days}d").cast(nw.Date)


def month_label(column: str) -> nw.Expr:
    """The day's month as "2008-04"."""
    return nw.col(column).dt.to_string("%Y-%m")


def age_on(born: str, day: date) -> nw.Expr:
    """Completed years on `day`, as `kernel.completed_years`: negative for a later birth, missing for no birth date."""
    month_day = nw.col(born).dt.month() * 100 + nw.col(born).dt.day()
    not_yet = nw.when(month_day > day.month * 100 + day.day).then(nw.lit(1)).otherwise(nw.lit(0))
    return day.year - nw.col(born).dt.year() - not_yet


def age_band(born: str, expected: str, day: date) -> nw.Expr:
    """The label of AGE_BANDS on `day`. Born later, or only an expected birth date: unborn. No date at all: missing."""
    age = age_on(born, day)
    # The first that holds, read from the oldest.
    label = nw.when(age < 1).then(nw.lit(AGE_BANDS[1]))
    chosen: nw.Expr = label
    for least, band in ((1, "1 to 4"), (5, "5 to 9"), (10, "10 to 15"), (16, "16 and over")):
        chosen = nw.when(age >= least).then(nw.lit(band)).otherwise(chosen)
    unborn = (nw.col(born) > day) | (nw.col(born).is_null() & ~nw.col(expected).is_null())
    return nw.when(unborn).then(nw.lit(UNBORN)).otherwise(chosen)


def words(column: str, codes: CodeList | Mapping[str, str]) -> nw.Expr:
    """The code's words; missing where the code is missing or not on the list."""
    listed = dict(codes.words if isinstance(codes, CodeList) else codes)
    return nw.col(column).replace_strict(listed, default=None, return_dtype=nw.String)


def bands(value: str, edges: Mapping[str, tuple[int, int | None]]) -> nw.Expr:
    """The label whose lowest and highest value (both inclusive; None: no highest) hold the number; else missing."""
    chosen: nw.Expr = nw.lit(None, dtype=nw.String)
    for label, (lowest, highest) in edges.items():
        holds = nw.col(value) >= lowest
        holds = holds if highest is None else holds & (nw.col(value) <= highest)
        chosen = nw.when(holds).then(nw.lit(label)).otherwise(chosen)
    return chosen


def with_working_days(
    frame: nw.LazyFrame[Any], snapshot: Snapshot, *, start: str, end: str, name: str
) -> nw.LazyFrame[Any]:
    """The frame with a column `name`: working days after `start` up to and including `end`, negative if `end` is first.

    Missing where either day is missing or outside the reviewed calendar (kernel.working_days).
    """
    calendar = _calendar(snapshot)
    for side, column in (("first", start), ("last", end)):
        numbered = calendar.select(nw.col("day").alias(f"{name}_{side}_day"), nw.col("number").alias(f"{name}_{side}"))
        frame = frame.join(numbered, left_on=column, right_on=f"{name}_{side}_day", how="left")
    counted = frame.with_columns((nw.col(f"{name}_last") - nw.col(f"{name}_first")).alias(name))
    return counted.drop(f"{name}_first", f"{name}_last")


def _calendar(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    """The reviewed days with their numbers, laid once beside the snapshot's tables for as long as it is open."""
    connection = snapshot.connection
    with contextlib.suppress(duckdb.CatalogException):
        return nw.from_native(connection.table(_CALENDAR))
    days, numbers = zip(*working_days.calendar(), strict=True)
    laid = pa.table({"day": pa.array(days, pa.date32()), "number": pa.array(map(int, numbers), pa.int32())})
    connection.register("reviewed_days", laid)
    connection.execute(f'CREATE TEMP TABLE "{_CALENDAR}" AS SELECT * FROM reviewed_days')
    connection.unregister("reviewed_days")
    return nw.from_native(connection.table(_CALENDAR))
