"""Half up at display, against the decimal module and by hand."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.foundation.kernel.numbers import Unit, ratio, round_half_up, show


def decimal_half_up(value: Fraction, places: int) -> Decimal:
    """The decimal module's half up; exact while the denominator is made of twos and fives."""
    with localcontext() as context:
        context.prec = 200
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(6900, 240), 1, "28.8"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-2875, 100), 1, "-28.8"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(49, 1000), 1, "0.0"),
        (Fraction(-49, 1000), 1, "0.0"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(12345678, 1), 0, "12345678"),
        (Fraction(10**28 + 1), 0, "10000000000000000000000000001"),
    ],
)
def test_halves_go_away_from_zero(value: Fraction, places: int, expected: str) -> None:
    assert str(round_half_up(value, places)) == expected


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(0, 6), st.integers(0, 4))
def test_rounding_agrees_with_the_decimal_module(numerator: int, twos: int, fives: int, places: int) -> None:
    value = Fraction(numerator, 2**twos * 5**fives)
    assert round_half_up(value, places) == decimal_half_up(value, places)


@given(st.fractions(), st.integers(0, 4))
def test_the_rounded_value_is_never_more_than_half_a_step_off_and_the_mirror_image_of_its_negative(
    value: Fraction, places: int
) -> None:
    rounded = round_half_up(value, places)
    assert abs(Fraction(rounded) - value) * 2 * 10**places <= 1
    assert round_half_up(-value, places) == rounded.copy_negate()


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "expected"),
    [
        (69, 240, Unit.PERCENT, Fraction(115, 4)),
        (300, 67_720, Unit.PER_10_000, Fraction(75_000, 1_693)),
        (7, 1, Unit.COUNT, Fraction(7)),
        (0, 5, Unit.PERCENT, Fraction(0)),
        (0, 0, Unit.PERCENT, None),
        (3, 0, Unit.PER_10_000, None),
    ],
)
def test_ratios_are_exact(numerator: int, denominator: int, unit: Unit, expected: Fraction | None) -> None:
    assert ratio(numerator, denominator, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "places", "expected"),
    [
        (ratio(69, 240, Unit.PERCENT), Unit.PERCENT, None, "28.8%"),
        (ratio(69, 240, Unit.PERCENT), Unit.PERCENT, 0, "29%"),
        (ratio(300, 67_720, Unit.PER_10_000), Unit.PER_10_000, None, "44.3"),
        (Fraction(1_234_567), Unit.COUNT, None, "1,234,567"),
        (Fraction(-1_234), Unit.COUNT, None, "-1,234"),
        (Fraction(100), Unit.PERCENT, None, "100.0%"),
        (None, Unit.PERCENT, None, "–"),
    ],
)
def test_numbers_as_printed(value: Fraction | None, unit: Unit, places: int | None, expected: str) -> None:
    assert show(value, unit, places) == expected
