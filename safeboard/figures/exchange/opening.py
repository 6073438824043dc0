"""Every source opened before any is read through: headers, extracts and tables, and what they say of themselves.

What is wrong with a name, a header or a year is found here, in no time, before the long reading begins.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from safeboard.figures.exchange.census_header import CensusHeader, read_header
from safeboard.figures.exchange.extract import Extract, read_extract
from safeboard.figures.exchange.sources import Form, Given
from safeboard.figures.exchange.table_sources import Opened, last_day, open_tables
from safeboard.foundation.agencies.areas import find_area
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that was given, opened. `extracts` are by the folder they speak for."""

    returns: tuple[tuple[Given, CensusHeader], ...]
    tables: tuple[Opened, ...]
    extracts: dict[str, Extract]
    reference_date: date
    areas: tuple[str, ...]
    noted: tuple[Problem, ...]


def open_all(files: Sequence[Given], area: str | None) -> Opening:
    """Opens every file. BadInput with every problem of every file, and where the files do not belong together."""
    opener = _Opener()
    returns = tuple(opener.each(files, {Form.CENSUS}, lambda given: read_header(given.path)))
    extracts = {given.folder: said for given, said in opener.each(files, {Form.EXTRACT}, read_extract)}
    tables = tuple(said for _, said in opener.each(files, {Form.CSV, Form.PARQUET, Form.WORKBOOK}, open_tables))
    opener.problems += [*_given_twice(returns), *_different_areas(returns, extracts)]
    opener.stop()
    reference, noted = _reference_date(returns, extracts, tables)
    said = [header.area for _, header in returns] + [extract.area for extract in extracts.values()]
    areas = tuple(dict.fromkeys(name for name in said if name)) or ((area,) if area else ())
    return Opening(returns, tables, extracts, reference, areas, noted)


@dataclass(slots=True)
class _Opener:
    problems: list[Problem] = field(default_factory=list)

    def each(
        self, files: Sequence[Given], forms: set[Form], open_one: Callable[[Given], Result]
    ) -> Iterator[tuple[Given, Result]]:
        """Every file of these forms, opened; the problems of those that cannot be opened are kept."""
        for given in files:
            if given.form in forms:
                try:
                    yield given, open_one(given)
                except BadInput as bad:
                    self.problems += bad.problems

    def stop(self) -> None:
        """BadInput if anything could not be opened."""
        if self.problems:
            raise BadInput(self.problems)


def _given_twice(returns: Sequence[tuple[Given, CensusHeader]]) -> Iterator[Problem]:
    named: dict[tuple[str, int, date], str] = {}
    for given, header in returns:
        first = named.setdefault((header.area, header.year, header.reference_date), given.name)
        if first != given.name:
            yield Problem(
                message=f"Two returns of one authority for the same census year: {first} is for it as well.",
                file=given.name,
                line=header.line,
                element="Year",
                found=f"year {header.year}, reference date {header.reference_date.isoformat()}",
                expected="one return a year",
                remedy="Give only the one that was accepted.",
            )


def _different_areas(returns: Sequence[tuple[Given, CensusHeader]], extracts: dict[str, Extract]) -> Iterator[Problem]:
    named = [(header.area, given.name, "LEA") for given, header in returns if header.area]
    named += [(extract.area, folder, "area") for folder, extract in extracts.items() if extract.area]
    others = [each for each in named if _one_name(each[0]) != _one_name(named[0][0])]
    if others:
        places: dict[str, list[str]] = defaultdict(list)
        for area, place, _ in named:
            places[_said_and_meant(area)].append(place)
        _, file, element = others[0]
        yield Problem(
            message="The sources are of different authorities; a snapshot holds one.",
            file=file,
            element=element,
            found="; ".join(f"{area} in {', '.join(names)}" for area, names in places.items()),
            expected="one authority",
            remedy="Make one snapshot for each authority.",
        )


def _one_name(area: str) -> str:
    """One name for an authority, however it is called; an unknown one keeps its own."""
    try:
        return find_area(area).code
    except BadInput:
        return area


def _said_and_meant(area: str) -> str:
    """What the source says, and the code of the area that it means where that is another."""
    code = _one_name(area)
    return area if code == area else f"{area} ({code})"


def _reference_date(
    returns: Sequence[tuple[Given, CensusHeader]], extracts: dict[str, Extract], tables: Sequence[Opened]
) -> tuple[date, tuple[Problem, ...]]:
    """The last day any source says it knows of; where none does, the last day on which anything happened."""
    said = [header.reference_date for _, header in returns]
    said += [extract.reference_date for extract in extracts.values() if extract.reference_date]
    if said:
        return max(said), ()
    day = last_day(tables)
    names = ", ".join(file.given.name for file in tables)[:200]
    if day is None:
        raise BadInput(
            Problem(
                message="The tables hold no day at all, so the day up to which they are is unknown.",
                file=names,
                expected="a file extract.csv with the column reference_date",
                remedy="Put such a file beside the tables.",
            )
        )
    return day, (
        Problem(
            message="No source says up to which day it is; the day of the last event is taken.",
            file=names,
            found=day.isoformat(),
            expected="a file extract.csv with the column reference_date",
            remedy="Put such a file beside the tables if they are complete up to a later day.",
            gravity=Gravity.NOTED,
        ),
    )
