"""Chooses what to hide: small counts, then others so that the small ones cannot be worked out, then their ratios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safeboard.figures.disclosure.alternatives import another
from safeboard.figures.disclosure.publication import CellKey, Equation, Publication, Reason


@dataclass(frozen=True, slots=True)
class Protected:
    """What must not be shown, counts and ratios, each with its reason.

    `only_if_kinds_known` are cells that a reader could work out who knew which hidden numbers are small ones, although
    everything around them is hidden: five ones that add up to a hidden five. To a reader who sees the symbol only, they
    are as open as any.
    """

    hidden: Mapping[CellKey, Reason]
    only_if_kinds_known: frozenset[CellKey] = frozenset()


def protect(publication: Publication) -> Protected:
    """What to hide so that nothing hidden can be worked out from what is shown, over all tables together.

    The same publication always gives the same answer. A further cell is taken from a sum that would tell, the next
    smallest in it, but one that other sums add up to only where there is none else: to hide the total of seven tables
    would open seven holes for one.
    """
    work = _Work(publication, {key: Reason.SMALL for key in sorted(publication.cells) if publication.small(key)})
    work.run()
    hidden = dict(work.hidden)
    for key, ratio in publication.ratios.items():
        if ratio.numerator in hidden or ratio.denominator in hidden:
            hidden[key] = Reason.OF_A_HIDDEN_COUNT
    return Protected(hidden, frozenset(work.only_if_kinds_known))


@dataclass(slots=True)
class _Work:
    publication: Publication
    hidden: dict[CellKey, Reason]
    safe: set[CellKey] = field(default_factory=set)
    only_if_kinds_known: set[CellKey] = field(default_factory=set)

    def run(self) -> None:
        waiting = sorted(self.hidden)
        while waiting:
            key = waiting[0]
            if key not in self.safe:
                moves = another(self.publication, self.hidden, key)
                if moves is None:
                    waiting.extend(self._cover(key))
                    continue
                # A second set of numbers stays one however much more is hidden later.
                self.safe.update(moves)
            waiting.pop(0)

    def _cover(self, key: CellKey) -> Iterator[CellKey]:
        """Hide one more cell for the sake of `key`; where nothing is left to hide, take note of that."""
        chosen = next(self._candidates(key), None)
        if chosen is None:
            self.only_if_kinds_known.add(key)
            self.safe.add(key)
        else:
            self.hidden[chosen] = Reason.TO_PROTECT
            yield chosen

    def _candidates(self, key: CellKey) -> Iterator[CellKey]:
        """Shown cells to hide for `key`: from sums around it with one hidden number first, they tell it outright."""
        around = list(self._around(key))
        for equation in sorted(around, key=lambda each: self._count_hidden(each) != 1):
            shown = [cell for cell in set(equation.cells) if self._may_be_hidden(cell)]
            yield from sorted(shown, key=lambda cell: self._cost(cell, equation))

    def _around(self, key: CellKey) -> Iterator[Equation]:
        """The sums the cell is in, then those its hidden fellows are in, and so on outwards."""
        reached, used = {key}, set[Equation]()
        while True:
            ring = [each for each in self.publication.equations if each not in used and reached & set(each.cells)]
            if not ring:
                return
            yield from ring
            used.update(ring)
            reached.update(cell for each in ring for cell in each.cells if cell in self.hidden)

    def _may_be_hidden(self, cell: CellKey) -> bool:
        return cell not in self.hidden and self.publication.cells[cell] > 0

    def _count_hidden(self, equation: Equation) -> int:
        return sum(cell in self.hidden for cell in set(equation.cells))

    def _cost(self, cell: CellKey, within: Equation) -> tuple[int, int, int, CellKey]:
        others = [each for each in self.publication.equations if each != within and cell in each.cells]
        totals = sum(each.left == (cell,) for each in others)
        # A cell that covers a lone hidden number in another sum as well saves hiding one there.
        covers = sum(self._count_hidden(each) == 1 for each in others)
        return totals, -covers, self.publication.cells[cell], cell
