"""What a twin gives and how figures follow from it, in plain Python: sets, loops and fractions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from safeboard.figures.measures.definition import Measure
from safeboard.foundation.kernel.numbers import Unit


@dataclass(frozen=True)
class Counted:
    """One thing in a measure's denominator. `labels` is its label in every group; None where not known."""

    key: str
    person: str | None
    in_numerator: bool
    labels: Mapping[str, str | None] = field(default_factory=dict)


Plain = tuple[str | None, int | None, int | None, Fraction | None]
"""Group, numerator, denominator, value."""


def value_of(measure: Measure, numerator: int, denominator: int | None, population: int) -> Fraction | None:
    if measure.against_population:
        return Fraction(numerator * 10_000, population)
    if measure.unit is Unit.COUNT:
        return Fraction(numerator)
    return Fraction(100 * numerator, denominator) if denominator else None


def one_figure(
    measure: Measure, group: str | None, counted: Iterable[Counted], base: Iterable[Counted], population: int
) -> Plain:
    numerator = len({row.key for row in counted if row.in_numerator})
    if measure.against_population:
        denominator: int | None = population
    elif measure.unit is Unit.COUNT:
        denominator = None
    else:
        denominator = len({row.key for row in base})
    return group, numerator, denominator, value_of(measure, numerator, denominator, population)


def plain_figures(measure: Measure, counted: list[Counted], population: int) -> set[Plain]:
    """The whole and every group's label that occurs or is listed, computed the slow way."""
    figures = {one_figure(measure, None, counted, counted, population)}
    for group in measure.groups:
        labels = {row.labels[group.column] or group.unknown for row in counted} | set(group.labels)
        for label in labels:
            mine = [row for row in counted if (row.labels[group.column] or group.unknown) == label]
            base = counted if group.share else mine
            figures.add(one_figure(measure, f"{group.column}={label}", mine, base, population))
    return figures
