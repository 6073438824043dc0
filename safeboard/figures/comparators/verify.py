"""Recomputes every rate and percentage in published tables from their counts, with our own arithmetic.

The department's tables are the strongest oracle there is: exact division and half-up rounding must reproduce every
value of a council to the printed decimal (domain/published-figures.md).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from safeboard.figures.comparators.rules import NotChecked, Rule, rules_for
from safeboard.figures.comparators.symbols import Symbol, read_cell
from safeboard.foundation.agencies.populations import Vintage, read_vintage
from safeboard.foundation.agencies.published_layout import (
    LOCAL,
    NATIONAL,
    REGIONAL,
    NotThisLayout,
    PublishedRow,
    PublishedTable,
    read_published,
)
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.numbers import PLACES, Unit, ratio, round_half_up

ROUNDED_TO: Final = 10
"""What counts of England and the regions are rounded to (domain/indicators.md 1.1)."""

ROUNDED: Final = "England and regions, whose counts are rounded to 10: compared within that rounding instead"


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed value that is not what its counts give. `area` is the name; `year` that in which the period ends."""

    table: str
    area: str
    area_code: str
    year: int
    column: str
    published: str
    ours: str

    def as_json(self) -> Mapping[str, object]:
        return {
            "table": self.table,
            "area": self.area,
            "area_code": self.area_code,
            "year": self.year,
            "column": self.column,
            "published": float(self.published),
            "ours": None if self.ours == _NOTHING else float(self.ours),
        }


@dataclass(slots=True)
class Verification:
    """What came of it.

    `checked` values of councils were recomputed exactly; `different` are those among them that disagree. `toleranced`
    values of England and regions were compared within the rounding of their counts; `outside_tolerance` disagree even
    so. `left_out` counts the values that could not be recomputed, by reason. `not_checked` names the columns no rule
    covers; `passed_over` the files that are no such tables.
    """

    checked: int = 0
    different: list[Difference] = field(default_factory=list)
    toleranced: int = 0
    outside_tolerance: list[Difference] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    not_checked: list[NotChecked] = field(default_factory=list)
    passed_over: list[Problem] = field(default_factory=list)

    def as_json(self) -> Mapping[str, object]:
        return {
            "checked": self.checked,
            "different": [each.as_json() for each in self.different],
            "toleranced": self.toleranced,
            "outside_tolerance": [each.as_json() for each in self.outside_tolerance],
            "left_out": dict(sorted(self.left_out.items())),
            "not_checked": [{"table": each.table, "column": each.column, "why": each.why} for each in self.not_checked],
            "passed_over": [{"table": each.file, "why": each.message} for each in self.passed_over],
        }


_NOTHING: Final = "–"


def verify_published(tables: Sequence[Path], population: Path) -> Verification:
    """Recompute every rate and percentage of the tables; a folder stands for the CSV files in it.

    A file that is some other kind of table is passed over by name as long as another is one. BadInput, with every
    problem, for files that cannot be read, a population file that is none, and values that are neither number nor
    symbol.
    """
    problems: list[Problem] = []
    result = Verification()
    read = list(_read_all(tables, result, problems))
    base = _read_population(population, problems)
    if not read:
        problems.extend(result.passed_over)
    if base is not None:
        for table in read:
            _verify_table(table, base, result, problems)
    if problems:
        raise BadInput(problems)
    return result


def _read_all(paths: Sequence[Path], result: Verification, problems: list[Problem]) -> Iterator[PublishedTable]:
    for path in _files(paths):
        try:
            yield read_published(path)
        except NotThisLayout as other:
            result.passed_over.extend(other.problems)
        except BadInput as bad:
            problems.extend(bad.problems)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted([*path.glob("*.csv"), *path.glob("*.csv.gz")]) if path.is_dir() else []
        yield from found or [path]


def _read_population(path: Path, problems: list[Problem]) -> Vintage | None:
    try:
        return read_vintage(path, path.name, path.name)
    except BadInput as bad:
        problems.extend(bad.problems)
        return None


def _verify_table(table: PublishedTable, base: Vintage, result: Verification, problems: list[Problem]) -> None:
    rules, not_checked = rules_for(table)
    result.not_checked.extend(not_checked)
    populations = [base.count(row.code, row.year - 1) for row in table.rows]
    if not any(populations) and any(rule.base is None for rule in rules):
        problems.append(_wrong_population(table, base))
        return
    for row, population in zip(table.rows, populations, strict=True):
        for rule in rules:
            _verify_value(_Value(table.file, row, rule, population), result, problems)


@dataclass(frozen=True, slots=True)
class _Value:
    """One printed value and what it is made of. The properties give a symbol where the table prints one."""

    file: str
    row: PublishedRow
    rule: Rule
    population: int | None

    @property
    def printed(self) -> Fraction | Symbol | None:
        return read_cell(self.row.cells[self.rule.column])

    @property
    def counted(self) -> Fraction | Symbol | None:
        return read_cell(self.row.cells[self.rule.numerator])

    @property
    def over(self) -> Fraction | Symbol | None:
        if self.rule.base is None:
            return Symbol.UNAVAILABLE if self.population is None else Fraction(self.population)
        return read_cell(self.row.cells[self.rule.base])


def _verify_value(value: _Value, result: Verification, problems: list[Problem]) -> None:
    printed, counted, over = value.printed, value.counted, value.over
    if printed is None or not _is_count(counted) or not _is_count(over):
        problems.append(_unreadable(value))
    elif isinstance(printed, Symbol):
        result.left_out[f"printed as {printed.words}"] += 1
    elif isinstance(counted, Symbol):
        result.left_out[f"its count is {counted.words}"] += 1
    elif isinstance(over, Symbol):
        result.left_out[_why_no_base(value.rule, over)] += 1
    else:
        _compare(value, printed, int(counted or 0), int(over or 0), result)


def _is_count(cell: Fraction | Symbol | None) -> bool:
    return isinstance(cell, Symbol) or (cell is not None and cell.denominator == 1)


def _why_no_base(rule: Rule, symbol: Symbol) -> str:
    return f"its base is {symbol.words}" if rule.base else "no population for its area and year"


def _compare(value: _Value, printed: Fraction, counted: int, over: int, result: Verification) -> None:
    ours = _rounded(counted, over, value.rule.unit)
    if value.row.level == LOCAL:
        result.checked += 1
        if ours is None or Fraction(ours) != printed:
            result.different.append(_difference(value, ours))
    elif value.row.level in (NATIONAL, REGIONAL):
        result.left_out[ROUNDED] += 1
        result.toleranced += 1
        if not _within_rounding(printed, counted, over, value.rule):
            result.outside_tolerance.append(_difference(value, ours))
    else:
        result.left_out[f"of the level {value.row.level}"] += 1


def _within_rounding(printed: Fraction, counted: int, over: int, rule: Rule) -> bool:
    """Whether any true counts that round to the printed ones give the printed value. Populations are not rounded."""
    half = ROUNDED_TO // 2
    slack = 0 if rule.base is None else half
    lowest = _rounded(max(counted - half, 0), over + slack, rule.unit)
    highest = _rounded(counted + half, max(over - slack, 1), rule.unit)
    return lowest is not None and highest is not None and Fraction(lowest) <= printed <= Fraction(highest)


def _rounded(counted: int, over: int, unit: Unit) -> Decimal | None:
    exact = ratio(counted, over, unit)
    return None if exact is None else round_half_up(exact, PLACES[unit])


def _difference(value: _Value, ours: Decimal | None) -> Difference:
    row, column = value.row, value.rule.column
    said = _NOTHING if ours is None else str(ours)
    return Difference(value.file, row.name, row.code, row.year, column, row.cells[column], said)


def _unreadable(value: _Value) -> Problem:
    read = {value.rule.column: value.printed, value.rule.numerator: value.counted, value.rule.base or "": value.over}
    wrong = [name for name, cell in read.items() if cell is None or (name != value.rule.column and not _is_count(cell))]
    return Problem(
        message="This is neither a number nor one of the department's symbols.",
        remedy="Give the table as published.",
        file=value.file,
        line=value.row.line,
        element=wrong[0],
        found=value.row.cells[wrong[0]],
        expected="a number (a whole one for a count), c, k, u, x or z",
    )


def _wrong_population(table: PublishedTable, base: Vintage) -> Problem:
    years = sorted({year for _, year in base.counts})
    return Problem(
        message="The population file has none of the areas and years that this table's rates are over.",
        remedy="Give the populations published beside this table, those of the mid-year before among them.",
        file=table.file,
        found=f"{base.name} with mid-{years[0]} to mid-{years[-1]}" if years else f"{base.name} without a population",
        expected=f"mid-{min(row.year for row in table.rows) - 1} to mid-{max(row.year for row in table.rows) - 1}",
    )
