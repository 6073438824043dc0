"""Counting a measure's rows: the whole and every group in one scan, distinct keys and distinct children.

The one place that speaks DuckDB's own language (docs/adr/0002): GROUPING SETS gives the whole and all groups from one
reading of the rows, numerator and denominator together, so that no join between them can lose a missing label.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import narwhals as nw

from safeboard.figures.measures.definition import Group, Measure
from safeboard.foundation.kernel.numbers import Unit


@dataclass(frozen=True, slots=True)
class Tally:
    """Distinct keys and distinct children, in the numerator (`counted`) and in the denominator (`all`).

    The denominator's stay 0 for a measure that has no denominator of rows: counting distinct things is the dear part.
    """

    counted: int = 0
    counted_children: int = 0
    all: int = 0
    all_children: int = 0


NOTHING: Final = Tally()

WHOLE: Final = ("", "")
"""The place of the whole among the tallies of groups, each under (column, label)."""

_COUNTED: Final = 'count(DISTINCT "key") FILTER (WHERE "counted"), count(DISTINCT "person") FILTER (WHERE "counted")'
_BASE: Final = 'count(DISTINCT "key") FILTER (WHERE "base"), count(DISTINCT "person") FILTER (WHERE "base")'


def tallies(
    measure: Measure, rows: nw.LazyFrame[Any], groups: Sequence[Group], connection: duckdb.DuckDBPyConnection
) -> Mapping[tuple[str, str], Tally]:
    """The tally of the whole, under WHOLE, and of every label that occurs, under (column, label)."""
    columns = [group.column for group in groups]
    # One text, executed once: the relation's own `query` lays a view and asks three times, at three times the cost.
    text = f"WITH measured AS ({query_of(measure, rows, groups)}) {_counting(columns, base=has_base(measure))}"
    found = connection.execute(text).fetchall()
    return {_place(columns, line): Tally(*line[2 * len(columns) :]) for line in found}


def query_of(measure: Measure, rows: nw.LazyFrame[Any], groups: Sequence[Group]) -> str:
    """The rows as DuckDB will be asked for them."""
    text: str = labelled(measure, rows, groups).to_native().sql_query()
    return text


def labelled(measure: Measure, rows: nw.LazyFrame[Any], groups: Sequence[Group]) -> nw.LazyFrame[Any]:
    """The rows with only key, person, counted, base and the labels; a missing label reads as its group's `unknown`."""
    base = nw.col("base") if measure.separate_base else nw.lit(True)
    labels = [nw.col(group.column).cast(nw.String).fill_null(group.unknown) for group in groups]
    return rows.select("key", "person", "counted", base.alias("base"), *labels)


def has_base(measure: Measure) -> bool:
    """Whether any of the measure's figures is set over rows, and not over nothing or over the population."""
    over_rows = measure.unit is not Unit.COUNT and not measure.against_population
    return over_rows or any(group.share for group in measure.groups)


def _counting(columns: Sequence[str], *, base: bool) -> str:
    named = [f'"{column}"' for column in columns]
    chosen = ", ".join([*(f"GROUPING({name})" for name in named), *named, _COUNTED, *([_BASE] if base else [])])
    return f"SELECT {chosen} FROM measured GROUP BY GROUPING SETS ({', '.join(['()', *(f'({n})' for n in named)])})"


def _place(columns: Sequence[str], line: Sequence[Any]) -> tuple[str, str]:
    # GROUPING(column) is 0 in the set that is split by that column.
    for position, column in enumerate(columns):
        if line[position] == 0:
            return column, line[len(columns) + position]
    return WHOLE
