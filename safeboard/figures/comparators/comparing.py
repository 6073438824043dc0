"""England, the region and the statistical neighbours beside one of our figures, each with its own year and method."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from statistics import median
from typing import Any, Final

from safeboard.figures.comparators.declared import Compared, Quoted, compared, quoted, table_titles
from safeboard.figures.comparators.series import Known, Place, Unknown, value_of
from safeboard.figures.comparators.tables import Tables
from safeboard.foundation.agencies.areas import ENGLAND, Area
from safeboard.foundation.agencies.neighbours import Neighbours, neighbours
from safeboard.foundation.agencies.populations import mid_year_for
from safeboard.foundation.kernel.numbers import Unit, show
from safeboard.foundation.kernel.periods import Period

OLDEST: Final = 5
"""A figure that many years older than ours still stands beside it, with a warning; an older one says too little."""


class Kind(StrEnum):
    """Whose figure a comparator is. Mean and median of the neighbours are both in use (domain/indicators.md (r))."""

    ENGLAND = "England"
    REGION = "region"
    NEIGHBOURS_MEAN = "neighbours mean"
    NEIGHBOURS_MEDIAN = "neighbours median"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Comparator:
    """A figure of others to stand beside ours.

    `shown` is the value as printed, with as many decimals as its source has. `same_period` is false where it is of an
    earlier year; `note` then warns, and also tells what else a reader must know. `areas` are the neighbours that are in
    the value, `missing` those that are not, each with the reason. `method` says how the value came about.
    """

    kind: Kind
    name: str
    period_label: str
    value: Fraction | None
    unit: Unit
    source: str
    same_period: bool
    note: str
    shown: str
    method: str = ""
    group: str | None = None
    areas: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


_SHIPPED: Final = Tables()


def comparators_for(
    measure_id: str,
    area: Area,
    period: Period,
    *,
    group: str | None = None,
    model: str | None = None,
    tables: Tables = _SHIPPED,
) -> tuple[Comparator, ...]:
    """What stands beside the measure (or its group, "category=neglect") for this area and period.

    England, the region, and the neighbours' mean and median, in this order, each of the year of the period or else of
    the nearest earlier year there is a figure for, up to OLDEST years back. None of a kind that has no such figure.
    """
    asked = _Asked(measure_id, group, area, mid_year_for(period) + 1, model, tables)
    found = (_of_kind(asked, kind) for kind in Kind)
    return tuple(_judged(comparator, asked.year) for comparator in found if comparator)


def comparators_with_groups(measure_id: str, area: Area, period: Period, **more: Any) -> tuple[Comparator, ...]:
    """What stands beside the measure's whole, then beside each of its groups that has any; `group` tells which.

    `more` is as for comparators_for.
    """
    groups = [group for measure, group in compared() if measure == measure_id and group]
    groups += [quote.group for quote in quoted() if quote.measure == measure_id and quote.group]
    found = [comparators_for(measure_id, area, period, group=group, **more) for group in (None, *dict.fromkeys(groups))]
    return tuple(comparator for each in found for comparator in each)


@dataclass(frozen=True, slots=True)
class _Asked:
    measure: str
    group: str | None
    area: Area
    year: int
    model: str | None
    tables: Tables


def _of_kind(asked: _Asked, kind: Kind) -> Comparator | None:
    """The newest figure of this kind that is not of a later year than asked for."""
    makers = [*_from_tables(asked, kind), *_from_quotes(asked, kind)]
    for year in range(asked.year, asked.year - OLDEST - 1, -1):
        for made in makers:
            comparator = made(year)
            if comparator is not None:
                return comparator
    return None


_Maker = Callable[[int], Comparator | None]


def _from_tables(asked: _Asked, kind: Kind) -> Iterator[_Maker]:
    mapped = compared().get((asked.measure, asked.group))
    if mapped is None:
        return
    if kind is Kind.ENGLAND:
        yield lambda year: _single(asked, mapped, kind, "England", ENGLAND, year)
    elif kind is Kind.REGION and asked.area.region_code:
        name, code = asked.area.region_name, asked.area.region_code
        yield lambda year: _single(asked, mapped, kind, name, code, year)
    elif kind in (Kind.NEIGHBOURS_MEAN, Kind.NEIGHBOURS_MEDIAN):
        yield lambda year: _of_neighbours(asked, mapped, kind, year)


def _from_quotes(asked: _Asked, kind: Kind) -> Iterator[_Maker]:
    for quote in quoted():
        meant = not quote.areas or asked.area.code in quote.areas
        if meant and (quote.measure, quote.group, quote.kind) == (asked.measure, asked.group, kind):
            yield lambda year, quote=quote: _quote(quote) if quote.year == year else None  # type: ignore[misc]


def _judged(comparator: Comparator, year: int) -> Comparator:
    """The comparator with its warning where it is of another year than asked for."""
    asked = Period.year_ending(year).label
    if comparator.period_label == asked:
        return comparator
    warning = f"Of {comparator.period_label}, not {asked}: the years differ."
    return replace(comparator, same_period=False, note=_sentences(warning, comparator.note))


def _quote(quote: Quoted) -> Comparator:
    return Comparator(
        kind=Kind(quote.kind),
        name=quote.name,
        period_label=Period.year_ending(quote.year).label,
        value=quote.value,
        unit=quote.unit,
        source=quote.source,
        same_period=True,
        note=quote.note,
        shown=show(quote.value, quote.unit, len(quote.text.partition(".")[2])),
        method="as quoted",
        group=quote.group,
    )


def _single(asked: _Asked, mapped: Compared, kind: Kind, name: str, code: str, year: int) -> Comparator | None:
    found = value_of(mapped, asked.tables, Place(code, code, rounded=True), year)
    if isinstance(found, Unknown):
        return None
    return Comparator(
        kind=kind,
        name=name,
        period_label=Period.year_ending(year).label,
        value=found.value,
        unit=mapped.unit,
        source=_source(mapped, found.file),
        same_period=True,
        note="" if found.published else "Worked out from counts that are rounded to 10.",
        shown=show(found.value, mapped.unit),
        method="as published" if found.published else "from published counts",
        group=mapped.group,
    )


def _of_neighbours(asked: _Asked, mapped: Compared, kind: Kind, year: int) -> Comparator | None:
    circle = neighbours(asked.area.code, asked.model)
    found = [
        (area, value_of(mapped, asked.tables, Place(area.old_code, area.code, rounded=False), year))
        for area in circle.areas
    ]
    known = [(area.name, value) for area, value in found if isinstance(value, Known)]
    if not known:
        return None
    missing = tuple(f"{area.name}: {value.why}" for area, value in found if isinstance(value, Unknown))
    return _summary(mapped, kind, circle, known, missing, year)


def _summary(
    mapped: Compared,
    kind: Kind,
    circle: Neighbours,
    known: Sequence[tuple[str, Known]],
    missing: tuple[str, ...],
    year: int,
) -> Comparator:
    method, value = _middle(kind, [each.value for _, each in known])
    printed = sum(each.published for _, each in known)
    out_of = f"{len(known)} of the {len(circle.areas)}" if missing else f"the {len(known)}"
    return Comparator(
        kind=kind,
        name=f"Statistical neighbours, {kind.value.removeprefix('neighbours ')}",
        period_label=Period.year_ending(year).label,
        value=value,
        unit=mapped.unit,
        source=f"{_source(mapped, known[0][1].file)}; statistical neighbours model of {circle.model}",
        same_period=True,
        note=_sentences(
            f"Without {'; '.join(missing)}." if missing else "",
            f"{printed} of the neighbours' values are as published, rounded." if printed else "",
        ),
        shown=show(value, mapped.unit),
        method=f"{method} of {out_of} neighbours",
        group=mapped.group,
        areas=tuple(name for name, _ in known),
        missing=missing,
    )


def _middle(kind: Kind, values: Sequence[Fraction]) -> tuple[str, Fraction]:
    if kind is Kind.NEIGHBOURS_MEAN:
        return "unweighted mean", sum(values, Fraction(0)) / len(values)
    return "median", Fraction(median(values))


def _source(mapped: Compared, file: str) -> str:
    title = table_titles()[mapped.table]
    return f"Department for Education, Children in need, {title} ({file.partition('.')[0]})"


def _sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)
