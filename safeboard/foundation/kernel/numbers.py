"""Exact numbers, and the one place where a number is rounded: half up, at display."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Unit(StrEnum):
    """What a figure's value is measured in, which also decides how many decimals are shown."""

    COUNT = "count"
    PERCENT = "percent"
    PER_10_000 = "per 10,000"


PLACES: Final = {Unit.COUNT: 0, Unit.PERCENT: 1, Unit.PER_10_000: 1}

_PER: Final = {Unit.COUNT: 1, Unit.PERCENT: 100, Unit.PER_10_000: 10_000}


def ratio(numerator: int, denominator: int, unit: Unit) -> Fraction | None:
    """`numerator` over `denominator` in `unit`, exactly; None where there is nothing to divide by."""
    return Fraction(numerator * _PER[unit], denominator) if denominator else None


def round_half_up(value: Fraction, places: int) -> Decimal:
    """The nearest decimal with that many places; a value exactly between two goes away from zero.

    DfE publishes so: half to even gets 48 of 83,702 published values wrong (domain/published-figures.md).
    """
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Built from text, which is exact; arithmetic with decimals is cut to the 28 digits of its context.
    return Decimal(f"{whole if value >= 0 else -whole}e{-places}")


def show(value: Fraction | None, unit: Unit, places: int | None = None) -> str:
    """The value as printed: thousands separated, fixed decimals, a percentage with its sign; "–" for no value."""
    if value is None:
        return "–"
    rounded = round_half_up(value, PLACES[unit] if places is None else places)
    return f"{rounded:,}%" if unit is Unit.PERCENT else f"{rounded:,}"
