"""What a reader knows before any arithmetic: the shown numbers, and within what bounds a hidden one must lie."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from safeboard.figures.disclosure.publication import CellKey, Equation, Publication

Bounds = tuple[int, int | None]
"""The least and the greatest a hidden number can be; None: no limit."""


@dataclass(frozen=True, slots=True)
class Line:
    """An equation in its hidden cells alone: their values times these factors add up to `constant`."""

    factors: Mapping[CellKey, int]
    constant: int


def bounds_of(publication: Publication, key: CellKey, *, kinds_known: bool) -> Bounds:
    """The bounds of a hidden cell.

    Zeros are shown, so a hidden number is 1 or more. Whoever knows which hidden numbers are the small ones knows that
    those are the threshold at most; a careful publisher assumes it (`kinds_known`), as the smallest are easily guessed.
    """
    if publication.small(key) and kinds_known:
        return 1, publication.threshold
    nothing_said = key in publication.unprinted or publication.cells[key] == 0
    return (0 if nothing_said else 1), None


def lines_of(publication: Publication, hidden: Collection[CellKey]) -> Iterator[Line]:
    """Every equation of the publication that has a hidden cell, in its order."""
    for equation in publication.equations:
        factors = {key: factor for key, factor in _factors(equation).items() if factor}
        shown = sum(factor * publication.cells[key] for key, factor in factors.items() if key not in hidden)
        unknown = {key: factor for key, factor in factors.items() if key in hidden}
        if unknown:
            yield Line(unknown, -shown)


def _factors(equation: Equation) -> Mapping[CellKey, int]:
    factors: dict[CellKey, int] = defaultdict(int)
    for key in equation.left:
        factors[key] += 1
    for key in equation.right:
        factors[key] -= 1
    return factors
