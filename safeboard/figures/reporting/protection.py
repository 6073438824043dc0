"""The one door from figures to a report: what must be hidden is hidden here, before anything is drawn or written."""

from collections.abc import Mapping, Sequence

from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.figure import Figure
from safeboard.figures.reporting.cells import Cell, blanked


def protected(figures: Sequence[Figure], measures: Mapping[str, Measure], threshold: int) -> tuple[Cell, ...]:
    """Every figure as a cell, in the order given. `threshold` 0 hides nothing: the board's own copy."""
    return tuple(_cell(figure, threshold) for figure in figures)


def _cell(figure: Figure, threshold: int) -> Cell:
    hidden = figure.numerator is not None and 0 < figure.numerator <= threshold
    return Cell(blanked(figure), hidden=True) if hidden else Cell(figure)
