"""Children aged 0 to 17 by area and mid-year, in each vintage published.

Estimates are revised after every census, so the same count of plans gives another rate a year later: 511 plans in
Coventry on 31 March 2024 were 63.5 per 10,000 in the release of 2024 and 63.1 in that of 2025
(domain/published-figures.md). A rate therefore always names its vintage.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from safeboard.foundation.agencies.areas import same_authority
from safeboard.foundation.agencies.published_layout import PublishedTable, read_published
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period

COLUMN: Final = "population_estimate"
"""The column of a population table that holds the number of children."""

_FIRST_MONTH_OF_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class Population:
    """The children aged 0 to 17 who lived in an area at 30 June of `mid_year`, as estimated in one vintage."""

    area_code: str
    mid_year: int
    count: int
    vintage: str
    source: str


@dataclass(frozen=True, slots=True)
class Vintage:
    """One publication of estimates. `counts` has them by area code and mid-year, without those hidden or missing."""

    name: str
    source: str
    counts: Mapping[tuple[str, int], int]

    def count(self, area_code: str, mid_year: int) -> int | None:
        """The estimate under this code, else under another code of the same authority, else None."""
        found = (self.counts.get((code, mid_year)) for code in same_authority(area_code))
        return next((count for count in found if count is not None), None)


def population(area_code: str, mid_year: int, vintage: str | None = None) -> Population | None:
    """The population of an area (nine-character code) at mid-year, of that vintage, or of the newest that has it.

    None where there is no estimate. BadInput where no vintage has that name.
    """
    if vintage is not None and vintage not in vintages():
        raise BadInput(
            Problem(
                message="No population estimates of this vintage are known.",
                remedy="Name one of the vintages listed.",
                found=vintage,
                expected=" or ".join(vintages()),
            )
        )
    for each in _shipped():
        count = each.count(area_code, mid_year) if vintage in (None, each.name) else None
        if count is not None:
            return Population(area_code, mid_year, count, each.name, each.source)
    return None


def vintages() -> tuple[str, ...]:
    """The names of the vintages known, newest first."""
    return tuple(each.name for each in _shipped())


def mid_year_for(period: Period) -> int:
    """The mid-year a rate of this period is set over: that in which its reporting year begins.

    For the year ending 31 March 2024 mid-2023 (domain/published-figures.md, point 2).
    """
    return period.end.year if period.end.month >= _FIRST_MONTH_OF_YEAR else period.end.year - 1


def read_vintage(path: Path, name: str, source: str) -> Vintage:
    """The estimates in a population table of the department's layout.

    BadInput if it has no column of populations, two rows for one area and year, or a value that is neither a whole
    number nor a symbol for none.
    """
    table = read_published(path)
    if COLUMN not in table.indicators:
        raise BadInput(
            Problem(
                message="This is not a table of populations.",
                remedy="Give the mid-year population estimates the department publishes beside its tables.",
                file=table.file,
                line=1,
                found=", ".join(table.indicators)[:80],
                expected=f"a column {COLUMN}",
            )
        )
    problems: list[Problem] = []
    counts = dict(_counts(table, problems))
    if problems:
        raise BadInput(problems)
    return Vintage(name, source, counts)


def _counts(table: PublishedTable, problems: list[Problem]) -> Iterator[tuple[tuple[str, int], int]]:
    lines: dict[tuple[str, int], int] = {}
    for row in table.rows:
        text, place = row.cells[COLUMN], (row.code, row.year)
        if place in lines:
            problems.append(
                _wrong(table, row.line, f"Line {lines[place]} already gives {row.name} in {row.year}.", text)
            )
        lines.setdefault(place, row.line)
        if text.isascii() and text.isdigit():
            yield place, int(text)
        elif text not in {"x", "c", "u", "z", ":", ""}:
            problems.append(_wrong(table, row.line, "This is not a number of children.", text))


def _wrong(table: PublishedTable, line: int, message: str, found: str) -> Problem:
    return Problem(
        message=message,
        remedy="Keep one row for each area and year: all children aged 0 to 17.",
        file=table.file,
        line=line,
        element=COLUMN,
        found=found,
        expected="one whole number",
    )


@cache
def _shipped() -> tuple[Vintage, ...]:
    data = files(__package__).joinpath("data")
    declared = tomllib.loads(data.joinpath("vintages.toml").read_text(encoding="utf-8"))
    return tuple(_declared_vintage(entry) for entry in declared["vintage"])


def _declared_vintage(entry: Mapping[str, Any]) -> Vintage:
    if "file" in entry:
        with as_file(files(__package__).joinpath("data", entry["file"])) as path:
            return read_vintage(path, entry["name"], entry["source"])
    counts = {(each["area"], each["mid_year"]): each["count"] for each in entry["estimate"]}
    return Vintage(entry["name"], entry["source"], counts)
