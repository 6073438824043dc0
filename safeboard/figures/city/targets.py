"""What the printed report says, row by row, and what in the reference city must give it.

`targets.csv` has every fact of report lines 978-1126 with how it is had: `reproduced` by a measure, `impossible` for
any records, `comparator` (a figure of other places, quoted), `wording` (a direction, said by rule or not at all), or
`label` (a day, name or threshold). It holds figures, not the report's sentences.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import Final

from safeboard.figures.measures.figure import Figure
from safeboard.foundation.kernel.numbers import round_half_up


class Status(StrEnum):
    """How a printed fact is had."""

    REPRODUCED = "reproduced"
    IMPOSSIBLE = "impossible"
    COMPARATOR = "comparator"
    WORDING = "wording"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Target:
    """One printed fact. `value` is plain (3246), `printed` as on paper (3,246); for wording both are the direction.

    `measure`, `period` and `group` say which figure gives it and `attribute` what of that figure, rounded to `places`;
    all empty where no figure does. `impossible` says what about it cannot be had from any records, "" if nothing.
    """

    id: str
    line: int
    value: str
    unit: str
    printed: str
    status: Status
    measure: str
    period: str
    group: str
    attribute: str
    places: int
    note: str
    impossible: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """A printed fact that no records can give, or only by a reading that the report does not state."""

    id: str
    line: int
    printed: str
    reason: str


@lru_cache
def targets() -> tuple[Target, ...]:
    """Every fact of the report's section, in the order of its lines."""
    table = resources.files(__package__).joinpath("targets.csv").read_text(encoding="utf-8")
    return tuple(_target(row) for row in csv.DictReader(table.splitlines()))


def _target(row: Mapping[str, str]) -> Target:
    return Target(
        id=row["id"],
        line=int(row["line"]),
        value=row["value"],
        unit=row["unit"],
        printed=row["printed"],
        status=Status(row["status"]),
        measure=row["measure"],
        period=row["period"],
        group=row["group"],
        attribute=row["attribute"],
        places=int(row["places"] or 0),
        note=row["note"],
        impossible=row["impossible"],
    )


def impossible_figures() -> tuple[Impossible, ...]:
    """The printed facts that cannot be had as printed, each with the reason."""
    return tuple(
        Impossible(target.id, target.line, target.printed, target.impossible)
        for target in targets()
        if target.impossible
    )


def reading(target: Target, figure: Figure, before: Figure | None = None) -> str:
    """What `figure` gives for the target, written as `Target.value` is. `before` is the figure of the year before.

    KeyError for an attribute that is none; TypeError where a number is needed that was not collected.
    """
    name, _, against = target.attribute.partition(" against ")
    if against:
        return "above" if _number(figure.value) > Fraction(against) else "below"
    found = _READINGS[name](figure, before)
    return found if isinstance(found, str) else str(round_half_up(found, target.places))


def _number(found: Fraction | int | None) -> Fraction:
    if found is None:
        raise TypeError("the figure was not collected")
    return Fraction(found)


def _earlier(before: Figure | None) -> Figure:
    if before is None:
        raise TypeError("this needs the figure of the year before")
    return before


def _direction(now: Fraction, before: Fraction) -> str:
    return "unchanged" if now == before else "up" if now > before else "down"


def _rise(figure: Figure, before: Figure | None) -> Fraction:
    return _number(figure.numerator) - _number(_earlier(before).numerator)


_READINGS: Final[Mapping[str, Callable[[Figure, Figure | None], Fraction | str]]] = {
    "numerator": lambda figure, _: _number(figure.numerator),
    "value": lambda figure, _: _number(figure.value),
    "rest of value": lambda figure, _: 100 - _number(figure.value),
    "twelfth of numerator": lambda figure, _: _number(figure.numerator) / 12,
    "rise": _rise,
    "rise in percent": lambda figure, before: 100 * _rise(figure, before) / _number(_earlier(before).numerator),
    "direction of numerator": lambda figure, before: _direction(
        _number(figure.numerator), _number(_earlier(before).numerator)
    ),
    "direction of value": lambda figure, before: _direction(_number(figure.value), _number(_earlier(before).value)),
}
