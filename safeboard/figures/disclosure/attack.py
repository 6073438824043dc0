"""Tries to work out hidden numbers from all that is shown, as a patient reader would.

It shares nothing with the way cells are chosen for hiding, so that each checks the other.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from typing import Final

from safeboard.figures.disclosure.knowledge import Bounds, bounds_of, lines_of
from safeboard.figures.disclosure.publication import CellKey, Publication, Ratio
from safeboard.foundation.kernel.numbers import ratio, round_half_up

ROUNDS: Final = 200
"""How often bounds are narrowed at most; every round is sound, so that stopping early can only find less."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Hidden numbers, times these factors, add up to `constant`."""

    factors: Mapping[CellKey, Fraction]
    constant: Fraction


def what_can_be_worked_out(
    publication: Publication, hidden: Collection[CellKey], *, kinds_known: bool = True
) -> frozenset[CellKey]:
    """The hidden cells whose number follows from what is shown.

    From the sums by exact elimination; from the bounds of hidden numbers (whole, at least 1, and at most the threshold
    for one known to be small), narrowed along every sum, every combination that elimination finds, and every ratio that
    is printed although one of its numbers is hidden. `hidden` names counts and ratios; unprinted cells always are.
    """
    counts = {key for key in (*hidden, *publication.unprinted) if key in publication.cells}
    bounds = {key: bounds_of(publication, key, kinds_known=kinds_known) for key in sorted(counts)}
    sums = [_exact(line.factors, line.constant) for line in lines_of(publication, counts)]
    printed = [each for key, each in publication.ratios.items() if key not in hidden]
    known: dict[CellKey, int] = {}
    while True:
        combined = eliminated([_without(each, known) for each in sums])
        _narrow(publication, bounds, [*sums, *combined], printed)
        found = {key: least for key, (least, greatest) in bounds.items() if least == greatest}
        if found == known:
            return frozenset(known)
        known = found


def small_sums(publication: Publication, hidden: Collection[CellKey]) -> tuple[tuple[CellKey, ...], ...]:
    """Sets of hidden parts of one whole that are small even together, and whose sum follows from what is shown.

    Each part is open, but that four children are in one of two categories is as telling as that four are in one.
    """
    counts = {key for key in (*hidden, *publication.unprinted) if key in publication.cells}
    rows = {
        min(each.factors): each
        for each in eliminated([_exact(line.factors, line.constant) for line in lines_of(publication, counts)])
    }
    sides = {frozenset(side) for equation in publication.equations for side in (equation.left, equation.right)}
    return tuple(sorted({parts for side in sides for parts in _small_together(publication, rows, side)}))


def _small_together(
    publication: Publication, rows: Mapping[CellKey, Sum], side: frozenset[CellKey]
) -> Iterator[tuple[CellKey, ...]]:
    """After elimination whatever follows is a sum of rows, namely of those that begin with one of its own cells."""
    own = [rows[key] for key in sorted(side) if key in rows and publication.small(key)]
    for size in range(1, min(len(own), publication.threshold) + 1):
        for chosen in combinations(own, size):
            whole = Sum({}, Fraction(0))
            for each in chosen:
                whole = _less(whole, each, Fraction(-1))
            parts = len(whole.factors) > 1 and whole.factors.keys() <= side and set(whole.factors.values()) == {1}
            if parts and whole.constant <= publication.threshold:
                yield tuple(sorted(whole.factors))


def eliminated(sums: Sequence[Sum]) -> list[Sum]:
    """The sums after exact elimination: each begins with a number that stands in no other."""
    done: list[tuple[CellKey, Sum]] = []
    for each in sums:
        reduced = each
        for first, earlier in done:
            reduced = _less(reduced, earlier, reduced.factors.get(first, Fraction(0)))
        if reduced.factors:
            first = min(reduced.factors)
            scaled = _times(reduced, 1 / reduced.factors[first])
            done = [(key, _less(earlier, scaled, earlier.factors.get(first, Fraction(0)))) for key, earlier in done]
            done.append((first, scaled))
    return [each for _, each in done]


def _exact(factors: Mapping[CellKey, int], constant: int) -> Sum:
    return Sum({key: Fraction(factor) for key, factor in factors.items()}, Fraction(constant))


def _without(each: Sum, known: Mapping[CellKey, int]) -> Sum:
    spent = sum((factor * known[key] for key, factor in each.factors.items() if key in known), Fraction(0))
    return Sum({key: factor for key, factor in each.factors.items() if key not in known}, each.constant - spent)


def _times(each: Sum, by: Fraction) -> Sum:
    return Sum({key: factor * by for key, factor in each.factors.items()}, each.constant * by)


def _less(each: Sum, other: Sum, times: Fraction) -> Sum:
    if not times:
        return each
    factors = dict(each.factors)
    for key, factor in other.factors.items():
        factors[key] = factors.get(key, Fraction(0)) - times * factor
    return Sum({key: factor for key, factor in factors.items() if factor}, each.constant - times * other.constant)


def _narrow(
    publication: Publication, bounds: dict[CellKey, Bounds], sums: Sequence[Sum], printed: Sequence[Ratio]
) -> None:
    for _ in range(ROUNDS):
        before = dict(bounds)
        for each in sums:
            _narrow_by_sum(bounds, each)
        for known in printed:
            _narrow_by_ratio(publication, bounds, known)
        if bounds == before:
            return


def _narrow_by_sum(bounds: dict[CellKey, Bounds], each: Sum) -> None:
    spans = {key: _span(bounds[key], factor) for key, factor in each.factors.items()}
    for key, factor in each.factors.items():
        others = [span for other, span in spans.items() if other != key]
        least = _added([span[0] for span in others])
        greatest = _added([span[1] for span in others])
        limits = (
            None if greatest is None else (each.constant - greatest) / factor,
            None if least is None else (each.constant - least) / factor,
        )
        low, high = limits if factor > 0 else limits[::-1]
        _tighten(bounds, key, low, high)


def _span(limits: Bounds, factor: Fraction) -> tuple[Fraction | None, Fraction | None]:
    least, greatest = (None if limit is None else limit * factor for limit in limits)
    return (least, greatest) if factor > 0 else (greatest, least)


def _added(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if len(known) == len(values) else None


def _tighten(bounds: dict[CellKey, Bounds], key: CellKey, low: Fraction | None, high: Fraction | None) -> None:
    least, greatest = bounds[key]
    if low is not None:
        least = max(least, ceil(low))
    if high is not None:
        greatest = floor(high) if greatest is None else min(greatest, floor(high))
    bounds[key] = least, greatest


def _narrow_by_ratio(publication: Publication, bounds: dict[CellKey, Bounds], printed: Ratio) -> None:
    """A printed 12.3% with a known base of 65 is 8, whoever hides the 8."""
    value = _as_printed(publication, printed)
    if value is None:
        return
    # Half up: the true value lies from half a last digit below to just under half a last digit above.
    half = Fraction(1, 2 * 10**printed.decimals)
    lowest, highest = max(value - half, Fraction(0)), value + half
    per = ratio(1, 1, printed.unit) or Fraction(1)
    over = _bounds_now(publication, bounds, printed.denominator)
    counted = _bounds_now(publication, bounds, printed.numerator)
    if printed.numerator in bounds:
        top = None if over[1] is None else highest * over[1] / per
        _tighten(bounds, printed.numerator, lowest * over[0] / per, top)
    if not isinstance(printed.denominator, int) and printed.denominator in bounds:
        top = None if counted[1] is None or not lowest else counted[1] * per / lowest
        _tighten(bounds, printed.denominator, counted[0] * per / highest, top)


def _as_printed(publication: Publication, printed: Ratio) -> Fraction | None:
    over = printed.denominator if isinstance(printed.denominator, int) else publication.cells[printed.denominator]
    exact = ratio(publication.cells[printed.numerator], over, printed.unit)
    return None if exact is None else Fraction(round_half_up(exact, printed.decimals))


def _bounds_now(publication: Publication, bounds: Mapping[CellKey, Bounds], number: CellKey | int) -> Bounds:
    if isinstance(number, int):
        return number, number
    shown = publication.cells[number]
    return bounds.get(number, (shown, shown))
