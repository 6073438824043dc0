"""Which published rate or percentage is which count over which base: read from data, found by the names of columns."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from safeboard.figures.comparators.symbols import read_cell
from safeboard.foundation.agencies.published_layout import PublishedTable
from safeboard.foundation.kernel.numbers import Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed column and what it is made of. `base` None: the population of the mid-year before."""

    column: str
    unit: Unit
    numerator: str
    base: str | None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A column that no rule recomputes, and why."""

    table: str
    column: str
    why: str


def rules_for(table: PublishedTable) -> tuple[tuple[Rule, ...], tuple[NotChecked, ...]]:
    """The rules for the columns of a table, and the columns that are neither recomputed nor used for it."""
    judged = {column: _judge(column, table) for column in table.indicators}
    rules = tuple(found for found in judged.values() if isinstance(found, Rule))
    used = {column for rule in rules for column in (rule.numerator, rule.base)}
    left = tuple(
        NotChecked(table.file, column, why)
        for column, why in judged.items()
        if isinstance(why, str) and column not in used
    )
    return rules, left


def _judge(column: str, table: PublishedTable) -> Rule | str:
    made_of = _made_of(column)
    if made_of is None:
        return "not named as a rate or a percentage"
    numerator, unit = made_of
    if numerator not in table.indicators:
        return f"the table has no column {numerator} to work it out from"
    if unit is Unit.PER_10_000:
        return Rule(column, unit, numerator, None)
    base = _base(table, counts_children=numerator.endswith(_declared()["children"]))
    if base is None or base == numerator:
        return "the table has no base for it"
    return Rule(column, unit, numerator, base)


def _made_of(column: str) -> tuple[str, Unit] | None:
    endings = [*((ending, Unit.PER_10_000) for ending in _declared()["per_population"])]
    endings.append((_declared()["percent"], Unit.PERCENT))
    return next(((column.removesuffix(end), unit) for end, unit in endings if column.endswith(end)), None)


def _base(table: PublishedTable, *, counts_children: bool) -> str | None:
    whole = next(_bases(table), None)
    children = f"{whole}{_declared()['children']}"
    return children if counts_children and children in table.indicators else whole


def _bases(table: PublishedTable) -> Iterator[str]:
    for declared in _declared()["table"]:
        if set(declared["has"]) <= set(table.indicators):
            yield declared["base"]
    yield from (column for column in table.indicators if _holds_numbers(column, table))


def _holds_numbers(column: str, table: PublishedTable) -> bool:
    return _made_of(column) is None and all(read_cell(row.cells[column]) is not None for row in table.rows)


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", "rules.toml").read_text(encoding="utf-8"))
