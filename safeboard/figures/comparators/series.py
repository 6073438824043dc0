"""The value of a compared measure for one place and year, out of the published tables."""

from dataclasses import dataclass
from fractions import Fraction

from safeboard.figures.comparators.declared import Compared
from safeboard.figures.comparators.symbols import Symbol
from safeboard.figures.comparators.tables import Cell, Column, Tables
from safeboard.foundation.agencies.populations import population
from safeboard.foundation.kernel.numbers import ratio


@dataclass(frozen=True, slots=True)
class Known:
    """A value and how it came about: from counts, or as the department printed it (`published`)."""

    value: Fraction
    published: bool
    file: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no value, and why in a few words."""

    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """An area as the tables know it: `code` to find its rows, `population_code` to find its population.

    `rounded` is true for England and the regions, whose counts are rounded to 10.
    """

    code: str
    population_code: str
    rounded: bool


def value_of(compared: Compared, tables: Tables, place: Place, year: int) -> Known | Unknown:
    """The measure's value for a place in the year that ends on 31 March of `year`.

    From counts, exactly; where the counts are rounded or not to be had, as the department printed it.
    """
    from_counts, printed = _from_counts(compared, tables, place, year), _printed(compared, tables, place, year)
    first, second = (printed, from_counts) if place.rounded else (from_counts, printed)
    if isinstance(first, Known):
        return first
    return second if isinstance(second, Known) else from_counts


def _printed(compared: Compared, tables: Tables, place: Place, year: int) -> Known | Unknown:
    if compared.published is None:
        return Unknown("not published")
    cell = tables.cell(compared.published, place.code, year)
    if cell is None or isinstance(cell.value, Symbol):
        return _missing(cell)
    return Known(cell.value, True, cell.file)


def _from_counts(compared: Compared, tables: Tables, place: Place, year: int) -> Known | Unknown:
    cells = [tables.cell(column, place.code, year) for column in compared.numerator]
    counts = [cell.value for cell in cells if cell is not None and isinstance(cell.value, Fraction)]
    if len(counts) < len(cells):
        return _missing(next(cell for cell in cells if cell is None or isinstance(cell.value, Symbol)))
    base = _base(compared.denominator, tables, place, year)
    if isinstance(base, Unknown):
        return base
    value = ratio(int(sum(counts)), base, compared.unit)
    return Unknown("nothing to divide by") if value is None else Known(value, False, _file(cells))


def _base(column: Column | None, tables: Tables, place: Place, year: int) -> int | Unknown:
    if column is None:
        found = population(place.population_code, year - 1)
        return Unknown(f"no population for mid-{year - 1}") if found is None else found.count
    cell = tables.cell(column, place.code, year)
    if cell is None or isinstance(cell.value, Symbol):
        return _missing(cell)
    return int(cell.value)


def _missing(cell: Cell | None) -> Unknown:
    return Unknown("no row" if cell is None or not isinstance(cell.value, Symbol) else cell.value.words)


def _file(cells: list[Cell | None]) -> str:
    return next(cell.file for cell in cells if cell is not None)
