"""Publishing again: what a later publication must hide so that the two together tell no more of few than each alone.

A reader lays the two side by side and takes it that what he is not told has changed is as it was. So a number that was
hidden stays hidden, one that changed by few is hidden, and then the attack is tried over both (docs/adr/0008).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from safeboard.figures.disclosure.attack import what_can_be_worked_out
from safeboard.figures.disclosure.protection import Protected, protect
from safeboard.figures.disclosure.publication import CellKey, Equation, Publication, Ratio


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier publication, what it hid, and which of its cells each cell of the later one repeats."""

    publication: Publication
    hidden: Collection[CellKey]
    repeated: Mapping[CellKey, Collection[CellKey]]

    @classmethod
    def of_the_same_cells(cls, publication: Publication, hidden: Collection[CellKey]) -> "Before":
        """One whose cells have the same names in the later publication."""
        return cls(publication, hidden, {key: (key,) for key in publication.cells})

    def pairs(self, later: Publication) -> Iterator[tuple[CellKey, CellKey]]:
        """Cells of the later publication, each with one of the earlier that it repeats."""
        for key in sorted(self.repeated.keys() & later.cells.keys()):
            for old in sorted(self.repeated[key]):
                if old in self.publication.cells:
                    yield key, old


def protect_again(publication: Publication, before: Sequence[Before]) -> Protected:
    """What to hide of a publication that comes after others. The same ones always give the same answer.

    Where even hiding all that has changed would not do, no number but the zeros is shown.
    """
    also = {key for each in before for key in _told_apart(publication, each)}
    while True:
        result = protect(replace(publication, also=frozenset(also)))
        told = {key for each in before for key in told_together(publication, result, each)}
        if not told:
            return result
        more = _around(publication, told, result.hidden, before)
        if not more:
            return protect(replace(publication, also=_above_zero(publication)))
        also |= more


def _above_zero(publication: Publication) -> frozenset[CellKey]:
    return frozenset(key for key, value in publication.cells.items() if value)


def _told_apart(publication: Publication, before: Before) -> Iterator[CellKey]:
    """What was hidden, and what changed by so few that the change would tell of them. A zero is shown in any case."""
    for key, old in before.pairs(publication):
        change = abs(publication.cells[key] - before.publication.cells[old])
        few = 0 < change <= publication.threshold
        if publication.cells[key] and (few or old in before.hidden):
            yield key


def told_together(publication: Publication, result: Protected, before: Before) -> frozenset[CellKey]:
    """The cells of the later publication of which a small number follows from both: now, before, or its change."""
    both, hidden, names = joined(publication, result.hidden, before)
    small = {key for key in hidden & both.cells.keys() if both.small(key)}
    alone = {
        _before(key) for key in what_can_be_worked_out(before.publication, before.hidden)
    } | result.only_if_kinds_known
    found = what_can_be_worked_out(both, hidden, kinds_known=False) | (what_can_be_worked_out(both, hidden) - alone)
    return frozenset(name for key in found & small for name in names.get(key, ()))


def joined(
    publication: Publication, hidden: Collection[CellKey], before: Before
) -> tuple[Publication, frozenset[CellKey], Mapping[CellKey, frozenset[CellKey]]]:
    """Both as one publication to a reader who takes it that what he is not told has changed is as it was.

    Also what is hidden of it, and to which cells of the later one each cell belongs. A change by few is a cell of its
    own that stands nowhere and must not be worked out.
    """
    old = before.publication
    cells = {**publication.cells, **{_before(key): value for key, value in old.cells.items()}}
    equations = [*publication.equations, *(_renamed(each) for each in old.equations)]
    names: dict[CellKey, frozenset[CellKey]] = {key: frozenset([key]) for key in publication.cells}
    changes = set()
    for key, was in before.pairs(publication):
        names[_before(was)] = names.get(_before(was), frozenset()) | {key}
        more, less = sorted((key, _before(was)), key=lambda each: -cells[each])
        if cells[more] == cells[less]:
            equations.append(Equation((key,), (_before(was),)))
        elif cells[more] - cells[less] <= publication.threshold:
            change = ("change", *key, *was)
            cells[change], names[change] = cells[more] - cells[less], frozenset([key])
            equations.append(Equation((more,), (less, change)))
            changes.add(change)
    both = Publication(
        publication.threshold,
        cells,
        tuple(equations),
        {**publication.ratios, **{_before(key): _renamed_ratio(each) for key, each in old.ratios.items()}},
        publication.unprinted | {_before(key) for key in old.unprinted} | changes,
    )
    return both, frozenset([*hidden, *map(_before, before.hidden), *both.unprinted]), names


def _before(key: CellKey) -> CellKey:
    return ("before", *key)


def _renamed(equation: Equation) -> Equation:
    return Equation(tuple(map(_before, equation.left)), tuple(map(_before, equation.right)))


def _renamed_ratio(ratio: Ratio) -> Ratio:
    over = ratio.denominator
    return replace(
        ratio, numerator=_before(ratio.numerator), denominator=over if isinstance(over, int) else _before(over)
    )


def _around(
    publication: Publication, told: Collection[CellKey], hidden: Collection[CellKey], before: Sequence[Before]
) -> set[CellKey]:
    """What is shown, has changed, and stands in a sum with what was told; else in one with those, and so on."""
    same = {
        key
        for each in before
        for key, old in each.pairs(publication)
        if old not in each.hidden and each.publication.cells[old] == publication.cells[key]
    }
    reached, seen = set(told), set[CellKey]()
    while reached != seen:
        seen = set(reached)
        for equation in publication.equations:
            if seen & set(equation.cells):
                reached.update(equation.cells)
        more = {key for key in reached if publication.cells[key] and key not in hidden and key not in same}
        if more:
            return more
    return set()
