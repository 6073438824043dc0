"""Sentences about the groups of a measure: the largest, what moved most, the busiest month."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from safeboard.figures.reporting.cells import Cell
from safeboard.figures.reporting.wording import SMALLEST_BASE, listed
from safeboard.foundation.kernel.numbers import Unit, show

MONTH: Final = "month"

MOST_TIED: Final = 2
"""More months than this with the same number are not named one by one."""


def month_in_words(label: str) -> str:
    """`2008-04` as April 2008; any other label as it is."""
    try:
        return f"{date.fromisoformat(f'{label}-01'):%B %Y}"
    except ValueError:
        return label


def group_sentences(now: Sequence[Cell], before: Sequence[Cell], share: bool) -> tuple[str, ...]:
    """What a reader should take from the groups; nothing where a number among them is hidden or was not collected.

    A hidden number may not be hinted at: that a group is the largest already says something of the others.
    """
    if not now or any(cell.hidden or cell.figure.numerator is None for cell in now):
        return ()
    if now[0].column == MONTH:
        return _months(now)
    return tuple(sentence for sentence in (_largest(now, share), _movers(now, before)) if sentence)


def _months(now: Sequence[Cell]) -> tuple[str, ...]:
    named = [("most", _extreme(now, max)), ("fewest", _extreme(now, min))]
    said = [
        f"{word} in {listed([month_in_words(cell.label) for cell in cells])} ({cells[0].numerator_shown})"
        for word, cells in named
        if len(cells) <= MOST_TIED < len(now)
    ]
    sentence = ", ".join(said)
    return (f"{sentence[0].upper()}{sentence[1:]}.",) if said else ()


def _largest(now: Sequence[Cell], share: bool) -> str:
    largest = _extreme(now, max)
    if len(now) < 2 or not _size(largest[0]) or len(largest) == len(now):
        return ""
    cell = largest[0]
    size = f"{cell.numerator_shown} of {cell.denominator_shown}, {cell.shown}" if share else cell.numerator_shown
    if len(largest) > 1:
        return f"The largest groups are {listed([each.label for each in largest])} (each {size})."
    return f"The largest group is {cell.label} ({size})."


def _movers(now: Sequence[Cell], before: Sequence[Cell]) -> str:
    """The group whose count rose most and the one whose count fell most, each only where it is one group alone."""
    earlier = {cell.label: cell for cell in before}
    pairs = [(cell, earlier[cell.label]) for cell in now if _comparable(earlier.get(cell.label))]
    if len(pairs) < 2:
        return ""
    rise = _alone(pairs, lambda cell, was: _size(cell) - _size(was))
    fall = _alone(pairs, lambda cell, was: _size(was) - _size(cell))
    said = [
        f"{name} is {_moved(*pair)}" for name, pair in (("the largest rise", rise), ("the largest fall", fall)) if pair
    ]
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _comparable(cell: Cell | None) -> bool:
    return cell is not None and not cell.hidden and cell.figure.numerator is not None


def _moved(cell: Cell, was: Cell) -> str:
    size = ""
    if _size(was) >= SMALLEST_BASE:
        change = Fraction(abs(_size(cell) - _size(was)) * 100, _size(was))
        size = f" ({'up' if _size(cell) > _size(was) else 'down'} {show(change, Unit.PERCENT)})"
    return f"{cell.label}, from {was.numerator_shown} to {cell.numerator_shown}{size}"


def _alone(pairs: Sequence[tuple[Cell, Cell]], by: Callable[[Cell, Cell], int]) -> tuple[Cell, Cell] | None:
    top = max(by(*pair) for pair in pairs)
    found = [pair for pair in pairs if by(*pair) == top]
    return found[0] if top > 0 and len(found) == 1 else None


def _extreme(cells: Sequence[Cell], choose: Callable[[Sequence[int]], int]) -> list[Cell]:
    wanted = choose([_size(cell) for cell in cells])
    return [cell for cell in cells if _size(cell) == wanted]


def _size(cell: Cell) -> int:
    """The counted things in the group; 0 only where it was counted as none (callers leave out unknown ones)."""
    return cell.figure.numerator or 0
