"""A book of cells under construction: which are the same number, which add up, which count some of another."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from safeboard.figures.disclosure.publication import CellKey, Equation, Publication, Ratio, total_of


@dataclass(slots=True)
class Book:
    """Numbers by name; joined names are one cell, called by the first of its names in their order."""

    values: dict[CellKey, int] = field(default_factory=dict)
    leaders: dict[CellKey, CellKey] = field(default_factory=dict)
    equal: list[Equation] = field(default_factory=list)
    within: list[tuple[CellKey, CellKey]] = field(default_factory=list)

    def cell(self, key: CellKey) -> CellKey:
        """The cell a name stands for."""
        while (leader := self.leaders.get(key, key)) != key:
            key = leader
        return key

    def join(self, one: CellKey, other: CellKey) -> None:
        """Both names stand for one number. ValueError where they do not have the same."""
        if self.values[one] != self.values[other]:
            raise ValueError(f"not the same number: {one} and {other}")
        first, second = sorted((self.cell(one), self.cell(other)))
        self.leaders[second] = first

    def equate(self, left: tuple[CellKey, ...], right: tuple[CellKey, ...]) -> bool:
        """Take note that both sides add up to the same, if they do; one number on each side are joined."""
        if sum(self.values[key] for key in left) != sum(self.values[key] for key in right):
            return False
        if len(left) == len(right) == 1:
            self.join(left[0], right[0])
        else:
            self.equal.append(Equation(left, right))
        return True

    def put_within(self, part: CellKey, whole: CellKey) -> None:
        """The first counts some of the second; where it counts all, they are joined."""
        if self.values[part] == self.values[whole]:
            self.join(part, whole)
        else:
            self.within.append((part, whole))

    def publication(self, threshold: int, ratios: Mapping[CellKey, Ratio]) -> Publication:
        """All of it as one publication. What is left of a whole beside a part becomes an unprinted cell if small."""
        cells = {self.cell(key): value for key, value in self.values.items()}
        equations = [Equation(self._cells(each.left), self._cells(each.right)) for each in self.equal]
        unprinted: dict[CellKey, int] = {}
        for part, whole in sorted({(self.cell(part), self.cell(whole)) for part, whole in self.within}):
            rest = cells[whole] - cells[part]
            if 1 <= rest <= threshold:
                key = ("rest", *whole, "without", *part)
                unprinted[key] = rest
                equations.append(total_of(whole, (part, key)))
        return Publication(
            threshold=threshold,
            cells=cells | unprinted,
            equations=tuple(sorted(set(equations), key=lambda each: (each.left, each.right))),
            ratios={key: self._ratio(ratio) for key, ratio in ratios.items()},
            unprinted=frozenset(unprinted),
        )

    def _cells(self, keys: tuple[CellKey, ...]) -> tuple[CellKey, ...]:
        return tuple(self.cell(key) for key in keys)

    def _ratio(self, ratio: Ratio) -> Ratio:
        over = ratio.denominator if isinstance(ratio.denominator, int) else self.cell(ratio.denominator)
        return Ratio(self.cell(ratio.numerator), over, ratio.unit, ratio.places)
