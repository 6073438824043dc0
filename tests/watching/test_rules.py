"""What is looked into, from readings alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.foundation.watching.codes import Cause
from safeboard.foundation.watching.rules import (
    Found,
    Reader,
    Reading,
    Told,
    drawn,
    found_in,
    is_out_of_hours,
    refused_often,
    same_home,
    surnames_in,
)
from safeboard.foundation.watching.thresholds import thresholds

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
LIMITS = thresholds()


def reading(key: str = "1", at: datetime = NOON, number: int = 1, role: str = "social_worker") -> Reading:
    return Reading(number, at, role, ("person", key))


def causes(found: list[Found]) -> list[Cause]:
    return [each.cause for each in found]


def test_ordinary_work_makes_no_alert() -> None:
    told = {("person", "1"): Told(frozenset({"oak"}), frozenset({("CV1 2AB", "12 Elm Road")}))}
    assert found_in([reading()], Reader(7, frozenset({"ash"}), ("CV1 2AB", "14")), told, LIMITS) == []


@pytest.mark.parametrize(
    ("reader", "cause"),
    [
        (Reader(7, surnames=frozenset({"oak"})), Cause.OWN_NAME),
        (Reader(7, address=("cv12ab", "12")), Cause.OWN_ADDRESS),
        (Reader(7, own=frozenset({("person", "1")})), Cause.OWN_RECORD),
        (Reader(7, colleagues=frozenset({("person", "1")})), Cause.STAFF_FAMILY),
    ],
)
def test_each_cause_of_one_record(reader: Reader, cause: Cause) -> None:
    told = {("person", "1"): Told(frozenset({"oak"}), frozenset({("CV1 2AB", "12 Elm Road")}))}
    first, again = reading(number=4), reading(number=5, at=NOON + timedelta(hours=1))
    assert found_in([first, again], reader, told, LIMITS) == [
        Found(cause, first, 2, f"{cause}|7|person|1", ("person", "1"))
    ]


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Sam Ash", {"ash"}),
        ("Sam Ash-Elm", {"ashelm", "ash", "elm"}),
        ("Síle Ní Bhriain", {"bhriain"}),
        ("Sam O'Oak", {"ooak"}),
        ("Żółć", {"zołc"}),
        ("", set()),
        ("李", {"李"}),
    ],
)
def test_surnames_of_a_name(name: str, surnames: set[str]) -> None:
    assert surnames_in(name) == surnames


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("CV1 2AB", "12"), ("cv12ab", "12, Elm Road"), True),
        (("CV1 2AB", "12"), ("CV1 2AB", "121 Elm Road"), False),
        (("CV1 2AB", "12"), ("CV1 2AC", "12 Elm Road"), False),
        (("CV1 2AB", "Elm Cottage"), ("CV1 2AB", "Elm cottage, Oak Lane"), True),
        (("", "12"), ("", "12 Elm Road"), False),
        (("CV1 2AB", ""), ("CV1 2AB", "12 Elm Road"), False),
    ],
)
def test_one_home(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert same_home(one, other) is same


def quick(many: int, minutes: float) -> list[Reading]:
    """So many different records, evenly over so many minutes."""
    return [reading(str(n), NOON + timedelta(minutes=minutes * n / many), n) for n in range(many)]


def test_many_records_in_a_short_time_are_told_once_a_day() -> None:
    limit = LIMITS.many[0]
    minutes = limit.within.total_seconds() / 60
    assert found_in(quick(limit.records - 1, minutes), Reader(7), {}, LIMITS) == []
    assert causes(found_in(quick(limit.records, minutes - 1), Reader(7), {}, LIMITS)) == [Cause.MANY]
    assert causes(found_in(quick(limit.records * 2, minutes - 1), Reader(7), {}, LIMITS)) == [Cause.MANY]


def test_one_record_many_times_is_not_many_records() -> None:
    again = [reading("1", NOON + timedelta(seconds=n), n) for n in range(200)]
    assert found_in(again, Reader(7), {}, LIMITS) == []


def test_many_addresses_refused_in_a_short_time_are_told_once_a_day_and_are_no_readings() -> None:
    limit = LIMITS.refused
    minutes = limit.within.total_seconds() / 60
    assert refused_often(quick(limit.records - 1, minutes), 7, LIMITS) == []
    often = quick(limit.records, minutes - 1)
    told = Found(Cause.REFUSED, often[0], limit.records, f"refused|7|{limit.records}|2026-11-03")
    assert refused_often(often, 7, LIMITS) == [told]
    assert causes(refused_often(quick(limit.records * 2, minutes - 1), 7, LIMITS)) == [Cause.REFUSED]
    assert found_in(often, Reader(7), {}, LIMITS) == []


def test_one_address_many_times_or_many_over_a_long_time_is_no_alert() -> None:
    again = [reading("1", NOON + timedelta(seconds=n), n) for n in range(200)]
    slowly = [reading(str(n), NOON + n * LIMITS.refused.within / 8, n) for n in range(100)]
    assert refused_often(again, 7, LIMITS) == refused_often(slowly, 7, LIMITS) == []


@pytest.mark.parametrize(
    ("at", "out"),
    [
        (datetime(2026, 11, 3, 6, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 3, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 3, 19, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 3, 20, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 3, 6, 0, tzinfo=UTC), False),  # seven o'clock in summer
        (datetime(2026, 11, 7, 12, 0, tzinfo=UTC), True),  # a Saturday
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), True),  # a bank holiday
        (datetime(2040, 11, 5, 12, 0, tzinfo=UTC), False),  # a Monday beyond the calendar
    ],
)
def test_out_of_hours_by_the_clock_on_the_wall(at: datetime, out: bool) -> None:
    assert is_out_of_hours(at, LIMITS) is out


def test_out_of_hours_is_told_once_a_day_and_not_of_those_who_work_round_the_clock() -> None:
    night = [reading(str(n), datetime(2026, 11, 3, 23, n, tzinfo=UTC), n) for n in range(3)]
    first = Found(Cause.OUT_OF_HOURS, night[0], 3, "out of hours|7|2026-11-03")
    assert found_in(night, Reader(7), {}, LIMITS) == [first]
    screener = [reading(str(n), datetime(2026, 11, 3, 23, n, tzinfo=UTC), n, "screening_officer") for n in range(3)]
    assert found_in(screener, Reader(7), {}, LIMITS) == []


@given(st.sets(st.integers(1, 10_000)), st.integers(0, 50), st.text(max_size=32))
def test_a_sample_is_drawn_again_by_its_seed(entries: set[int], how_many: int, seed: str) -> None:
    ordered = sorted(entries)
    sample = drawn(ordered, how_many, seed)
    assert sample == drawn(list(reversed(ordered)), how_many, seed)
    assert len(sample) == len(set(sample) & entries) == min(how_many, len(entries))
