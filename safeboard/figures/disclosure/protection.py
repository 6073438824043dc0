"""Chooses what to hide: small counts, then others so that the small ones cannot be worked out, then their ratios."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from safeboard.figures.disclosure.alternatives import Alternatives
from safeboard.figures.disclosure.attack import small_sums, what_can_be_worked_out
from safeboard.figures.disclosure.publication import CellKey, Publication, Reason, total_of


@dataclass(frozen=True, slots=True)
class Protected:
    """What must not be shown, counts and ratios, each with its reason.

    `only_if_kinds_known` are cells with everything around them hidden, which a reader who knew which hidden numbers are
    the small ones might work out all the same: five ones that add up to a hidden five. To a reader who sees the symbol
    only, they are as open as any.
    """

    hidden: Mapping[CellKey, Reason]
    only_if_kinds_known: frozenset[CellKey] = frozenset()


def protect(publication: Publication) -> Protected:
    """What to hide so that nothing hidden can be worked out from what is shown, over all tables together.

    Nor can the sum of some hidden parts of one whole, where that is small too (docs/adr/0003).
    The same publication always gives the same answer. Small cells are taken in their order; for each, as little as
    possible is hidden in addition: of one sum the next smallest number, in crossing sums the least in all.
    """
    told, result = publication, _protect(publication)
    while sums := small_sums(told, result.hidden):
        told = _with_sums(told, sums)
        result = _protect(told)
    own = publication.cells.keys() | publication.ratios.keys()
    return Protected(
        {key: reason for key, reason in result.hidden.items() if key in own}, result.only_if_kinds_known & own
    )


def _protect(publication: Publication) -> Protected:
    small = dict.fromkeys(sorted(publication.also), Reason.SAID_BEFORE)
    small |= {key: Reason.SMALL for key in sorted(publication.cells) if publication.small(key)}
    work = _Work(publication, Alternatives.of(publication), small)
    work.run()
    hidden = dict(work.hidden)
    for key, ratio in publication.ratios.items():
        if ratio.numerator in hidden or ratio.denominator in hidden:
            hidden[key] = Reason.OF_A_HIDDEN_COUNT
    result = Protected(hidden, frozenset(work.only_if_kinds_known))
    _check(publication, result)
    return result


def _with_sums(publication: Publication, sums: Iterable[tuple[CellKey, ...]]) -> Publication:
    """The publication with each sum of these cells as one more number that must not be worked out."""
    cells, equations = dict(publication.cells), list(publication.equations)
    for parts in sums:
        key = ("sum", *(word for part in parts for word in part))
        cells[key] = sum(publication.cells[part] for part in parts)
        equations.append(total_of(key, parts))
    unprinted = publication.unprinted | cells.keys() - publication.cells.keys()
    return replace(publication, cells=cells, equations=tuple(equations), unprinted=unprinted)


class Unprotected(RuntimeError):
    """What was hidden could be worked out after all: a fault of this room, so nothing may be published."""


def _check(publication: Publication, result: Protected) -> None:
    found = what_can_be_worked_out(publication, result.hidden) - result.only_if_kinds_known
    open_to_all = what_can_be_worked_out(publication, result.hidden, kinds_known=False)
    if found or open_to_all:
        raise Unprotected(f"{len(found | open_to_all)} hidden numbers could be worked out")


@dataclass(slots=True)
class _Work:
    publication: Publication
    alternatives: Alternatives
    hidden: dict[CellKey, Reason]
    safe: set[CellKey] = field(default_factory=set)
    only_if_kinds_known: set[CellKey] = field(default_factory=set)

    def run(self) -> None:
        for key in sorted(self.hidden):
            if key not in self.safe:
                self._cover(key)

    def _cover(self, key: CellKey) -> None:
        moves = self.alternatives.cheapest(self.hidden, key)
        if moves is None:
            connected = self._connected(key)
            self._hide(connected)
            self.only_if_kinds_known.update(connected)
        else:
            self._hide(moves)
            # A second set of numbers stays one however much more is hidden later.
            self.safe.update(moves)

    def _hide(self, cells: Iterable[CellKey]) -> None:
        for key in cells:
            self.hidden.setdefault(key, Reason.TO_PROTECT)

    def _connected(self, key: CellKey) -> set[CellKey]:
        """The cell and all that sums connect it with, zeros left out: any multiple of these numbers fits as well."""
        reached, before = {key}, set[CellKey]()
        while reached != before:
            before = set(reached)
            for equation in self.publication.equations:
                if before & set(equation.cells):
                    reached.update(cell for cell in equation.cells if self.publication.cells[cell] > 0)
        return reached
