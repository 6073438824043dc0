"""The slow attacker: writes down every table that fits what is shown, and sees which cells are the same in all."""

from collections.abc import Collection, Iterator

from safeboard.figures.disclosure.publication import CellKey, Publication

BEYOND = 4
"""How far above the true number an unlimited cell is tried. Two fits that differ prove that a cell is open."""


def tables_that_fit(
    publication: Publication, hidden: Collection[CellKey], *, kinds_known: bool
) -> Iterator[dict[CellKey, int]]:
    """Every way of filling the hidden cells, up to BEYOND, with all sums true."""
    cells = sorted(key for key in publication.cells if key in hidden or key in publication.unprinted)
    yield from _filled(publication, cells, dict(publication.cells), set(cells), kinds_known)


def _filled(
    publication: Publication, cells: list[CellKey], table: dict[CellKey, int], open_: set[CellKey], kinds_known: bool
) -> Iterator[dict[CellKey, int]]:
    if not cells:
        yield dict(table)
        return
    key, *rest = cells
    still_open = open_ - {key}
    sums = [each for each in publication.equations if key in each.cells]
    for number in _tried(publication, key, kinds_known):
        table[key] = number
        if all(_possible(each, table, still_open) for each in sums):
            yield from _filled(publication, rest, table, still_open, kinds_known)
    table[key] = publication.cells[key]


def _possible(equation, table, open_) -> bool:
    if any(key in open_ for key in equation.cells):
        return True
    return sum(table[key] for key in equation.left) == sum(table[key] for key in equation.right)


def _tried(publication: Publication, key: CellKey, kinds_known: bool) -> range:
    value = publication.cells[key]
    least = 0 if value == 0 or (key in publication.unprinted and not kinds_known) else 1
    if kinds_known and 1 <= value <= publication.threshold:
        return range(1, publication.threshold + 1)
    return range(least, value + BEYOND + 1)


def worked_out(publication: Publication, hidden: Collection[CellKey], *, kinds_known: bool) -> set[CellKey]:
    """The hidden cells that have one number in every table that fits. It stops as soon as none is left."""
    same = {key for key in publication.cells if key in hidden or key in publication.unprinted}
    for table in tables_that_fit(publication, hidden, kinds_known=kinds_known):
        same = {key for key in same if table[key] == publication.cells[key]}
        if not same:
            break
    return same
