"""A city of any size and as many years as asked for, written as a stream: census returns and sheets.

Children are drawn in blocks, each from a generator of its own, so that a child is the same in a city of a thousand and
of a million, and what is kept in memory is one block.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Final

from safeboard.figures.city.casework import year_end
from safeboard.figures.city.draws import seeded
from safeboard.figures.city.records import Child
from safeboard.figures.city.rows import rows_of
from safeboard.figures.city.scaled_child import Span, draw_child
from safeboard.figures.city.scaled_sheets import programme_rows, sheet_rows
from safeboard.figures.city.sheets import open_sheet, whole_folder
from safeboard.figures.exchange.census_writer import Sender, open_return
from safeboard.figures.tables.catalogue import TABLES
from safeboard.foundation.kernel.errors import BadInput, Problem

AREA: Final = "990"
"""The authority number of the synthetic area, as in the reference city."""

SHEETS: Final = (
    "ssd_contacts",
    "ssd_cla_episodes",
    "conference_attendance",
    "conference_issue",
    "police_protection",
    "domestic_violence_screening",
    "mappa_case",
    "caf",
)
"""The tables written as sheets beside the returns."""

FIRST_YEAR: Final = 2015
"""The earliest year, by its end, that a city can have: before, assessments were not all single ones."""

LAST_YEAR: Final = 2026
"""The latest: the layout of 2026-27 asks for pre-proceedings, which no child here has."""

_BLOCK: Final = 1_000
_FAMILY: Final = 3


def write_city(
    out: Path, *, children: int, years: int, seed: int, last_year: int = 2025, area: str = AREA
) -> tuple[Path, ...]:
    """Write a synthetic city's census return for each of `years`, the last ending in `last_year`, and its sheets.

    The same numbers give the same files. Each of the `children` is in at least one return. BadInput for years that
    have no layout or a folder that cannot be written.
    """
    span = _span(years, last_year)
    returns = {year: f"CIN_Census_{year}.xml" for year in range(last_year - years + 1, last_year + 1)}
    sheets = {table: f"{table}.csv" for table in SHEETS}
    names = (*returns.values(), *sheets.values())
    with whole_folder(out, names) as part, ExitStack() as stack:
        add = {
            year: stack.enter_context(open_return(part / name, year=year, sender=Sender(area)))
            for year, name in returns.items()
        }
        put = {
            table: stack.enter_context(open_sheet(part / name, TABLES[table].names)) for table, name in sheets.items()
        }
        for rng, child, family in _children(children, seed, span):
            rows = rows_of(child)
            for year in _years(child, span):
                add[year](rows)
            for table, row in sheet_rows(rng, child, rows, family, span):
                put[table](row)
        for table, row in programme_rows(_rng(seed, "programmes"), children, span):
            put[table](row)
    return tuple(out / name for name in names)


def _children(children: int, seed: int, span: Span) -> Iterator[tuple[Random, Child, str]]:
    """Every child with its generator and its family, in families of up to three."""
    for first in range(1, children + 1, _BLOCK):
        rng = _rng(seed, f"block {first}")
        for number in range(first, min(first + _BLOCK, children + 1)):
            yield rng, draw_child(rng, number, span), f"F{(number - 1) // _FAMILY + 1:08d}"


def _years(child: Child, span: Span) -> list[int]:
    """The years whose returns may hold the child: those that an episode of it touches."""
    touched: set[int] = set()
    for episode in child.episodes:
        last = episode.referred if episode.no_further_action else episode.closed or span.last
        touched.update(range(year_end(max(episode.referred, span.first)).year, year_end(last).year + 1))
    return sorted(touched)


def _rng(seed: int, part: str) -> Random:
    return seeded(f"city {seed}: {part}")


def _span(years: int, last_year: int) -> Span:
    first_year = last_year - years + 1
    if years < 1 or first_year < FIRST_YEAR or last_year > LAST_YEAR:
        raise BadInput(
            Problem(
                message="A synthetic city cannot have these years.",
                element="--years",
                found=f"{years}, to {last_year}",
                expected=f"years ending in {FIRST_YEAR} to {LAST_YEAR}",
                remedy=f"Ask for at most {max(last_year - FIRST_YEAR + 1, 1)} years.",
            )
        )
    return Span.ending(last_year, years)
