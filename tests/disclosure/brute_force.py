"""The slow attacker: writes down every table that fits what is shown, and sees which cells are the same in all."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from math import prod

from safeboard.figures.disclosure.publication import CellKey, Equation, Publication

BEYOND = 4
"""How far above the true number an unlimited cell is tried. Two fits that differ prove that a cell is open."""


AFFORDABLE = 100_000
"""More tables than that are not tried."""


def affordable(publication: Publication, hidden: Collection[CellKey]) -> bool:
    """Whether trying every table takes a moment and not a day."""
    return prod(len(_tried(publication, key, False)) for key in publication.cells if key in hidden) <= AFFORDABLE


def worked_out(publication: Publication, hidden: Collection[CellKey], *, kinds_known: bool) -> set[CellKey]:
    """The hidden cells that have one number in every table that fits. It stops as soon as none is left."""
    cells = sorted(key for key in publication.cells if key in hidden or key in publication.unprinted)
    same = set(cells)
    for table in _tables(publication, cells, dict(publication.cells), kinds_known):
        same = {key for key in same if table[key] == publication.cells[key]}
        if not same:
            break
    return same


def small_sums_known(publication: Publication, hidden: Collection[CellKey]) -> set[tuple[CellKey, ...]]:
    """The sets of hidden parts of one whole whose sum is small, and the same in every table that fits."""
    cells = sorted(key for key in publication.cells if key in hidden or key in publication.unprinted)
    same = {
        parts
        for equation in publication.equations
        for side in (equation.left, equation.right)
        for size in range(2, len(side) + 1)
        for parts in combinations(sorted(set(side) & set(cells)), size)
        if 1 <= _sum(parts, publication.cells) <= publication.threshold
    }
    for table in _tables(publication, cells, dict(publication.cells), False) if same else ():
        same = {parts for parts in same if _sum(parts, table) == _sum(parts, publication.cells)}
        if not same:
            break
    return same


def _sum(parts: Collection[CellKey], table: Mapping[CellKey, int]) -> int:
    return sum(table[key] for key in parts)


def _tables(
    publication: Publication, cells: list[CellKey], table: dict[CellKey, int], kinds_known: bool
) -> Iterator[Mapping[CellKey, int]]:
    if not cells:
        yield table
        return
    key, *rest = cells
    sums = [each for each in publication.equations if key in each.cells and not set(rest) & set(each.cells)]
    for number in _tried(publication, key, kinds_known):
        table[key] = number
        if all(_holds(each, table) for each in sums):
            yield from _tables(publication, rest, table, kinds_known)
    table[key] = publication.cells[key]


def _holds(equation: Equation, table: Mapping[CellKey, int]) -> bool:
    return _sum(equation.left, table) == _sum(equation.right, table)


def _tried(publication: Publication, key: CellKey, kinds_known: bool) -> range:
    value = publication.cells[key]
    if kinds_known and 1 <= value <= publication.threshold:
        return range(1, publication.threshold + 1)
    least = 0 if value == 0 or key in publication.unprinted else 1
    return range(least, value + BEYOND + 1)
