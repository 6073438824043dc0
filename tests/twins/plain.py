"""What a twin gives and how figures follow from it, in plain Python: sets, loops and fractions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from safeboard.figures.measures.definition import Group, Measure
from safeboard.foundation.kernel.numbers import Unit


@dataclass(frozen=True)
class Counted:
    """One thing in a measure's denominator. `labels` is its label in every group; None where not known.

    `in_base` is false only where numerator and denominator are rows of two tables: then this row is the numerator's.
    """

    key: str
    person: str | None
    in_numerator: bool = True
    labels: Mapping[str, str | None] = field(default_factory=dict)
    in_base: bool = True


MONTHS = (
    *(f"2008-{month:02d}" for month in range(4, 13)),
    *(f"2009-{month:02d}" for month in range(1, 4)),
)
"""The months of the period that all twins are tested on, 2008-09."""

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
    """`counted` are the numerator's rows, `base` the denominator's."""
    numerator = len({row.key for row in counted})
    if measure.against_population:
        denominator: int | None = population
    elif measure.unit is Unit.COUNT:
        denominator = None
    else:
        denominator = len({row.key for row in base})
    return group, numerator, denominator, value_of(measure, numerator, denominator, population)


def plain_figures(measure: Measure, rows: list[Counted], population: int) -> set[Plain]:
    """The whole and every group's label that occurs or is listed, computed the slow way."""
    counted = [row for row in rows if row.in_numerator]
    base = [row for row in rows if row.in_base]
    figures = {one_figure(measure, None, counted, base, population)}
    for group in measure.groups:
        listed = MONTHS if group.column == "month" else group.labels
        for label in {row.labels[group.column] or group.unknown for row in rows} | set(listed):
            figures.add(group_figure(measure, group, label, rows, population))
    return figures


def group_figure(measure: Measure, group: Group, label: str, rows: list[Counted], population: int) -> Plain:
    mine = [row for row in rows if (row.labels[group.column] or group.unknown) == label]
    name = f"{group.column}={label}"
    if group.share:
        return one_figure(
            measure, name, [row for row in mine if row.in_base], [row for row in rows if row.in_base], population
        )
    return one_figure(
        measure,
        name,
        [row for row in mine if row.in_numerator],
        [row for row in mine if row.in_base],
        population,
    )
