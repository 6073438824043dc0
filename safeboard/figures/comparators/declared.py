"""What is declared about comparators: which columns stand beside which measure, and figures quoted from documents."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from safeboard.figures.comparators.tables import Column
from safeboard.foundation.kernel.numbers import Unit


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure (or one group of it) and the published columns that say the same of other areas.

    The numerator columns are added up. `denominator` None: the population of the mid-year before. `published` is the
    department's own rate or percentage, None where it prints none.
    """

    measure: str
    group: str | None
    unit: Unit
    numerator: tuple[Column, ...]
    denominator: Column | None
    published: Column | None

    @property
    def table(self) -> str:
        return self.numerator[0].table


@dataclass(frozen=True, slots=True)
class Quoted:
    """A comparator printed in a document. `text` is its number as printed; `areas` empty: meant for every council."""

    measure: str
    group: str | None
    kind: str
    name: str
    year: int
    text: str
    unit: Unit
    areas: tuple[str, ...]
    source: str
    note: str

    @property
    def value(self) -> Fraction:
        return Fraction(self.text)


@cache
def compared() -> Mapping[tuple[str, str | None], Compared]:
    """By measure and group, what is compared."""
    read = (_compared(entry) for entry in _read("measures.toml")["compared"])
    return {(each.measure, each.group): each for each in read}


@cache
def quoted() -> tuple[Quoted, ...]:
    """Every figure quoted from a document."""
    return tuple(_quoted(entry) for entry in _read("quoted.toml")["quoted"])


@cache
def reasons_without() -> Mapping[str, str]:
    """By measure, why the published tables have nothing to set beside it."""
    return {measure: entry["why"] for entry in _read("measures.toml")["without"] for measure in entry["measures"]}


@cache
def table_titles() -> Mapping[str, str]:
    """By short name, the department's letter and title of each table."""
    titles: Mapping[str, str] = _read("measures.toml")["tables"]
    return titles


def _compared(entry: Mapping[str, Any]) -> Compared:
    return Compared(
        measure=entry["measure"],
        group=entry.get("group"),
        unit=Unit(entry["unit"]),
        numerator=tuple(Column.parse(text) for text in entry["numerator"]),
        denominator=Column.parse(entry["denominator"]) if "denominator" in entry else None,
        published=Column.parse(entry["published"]) if "published" in entry else None,
    )


def _quoted(entry: Mapping[str, Any]) -> Quoted:
    return Quoted(
        measure=entry["measure"],
        group=entry.get("group"),
        kind=entry["kind"],
        name=entry.get("name", entry["kind"]),
        year=entry["year"],
        text=entry["value"],
        unit=Unit(entry["unit"]),
        areas=tuple(entry.get("areas", ())),
        source=entry["source"],
        note=entry.get("note", ""),
    )


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
