"""Reads the file to be checked: header, year, structure and check tables. Nothing in the file stops it but its being
no census return at all."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from safeboard.figures.census.filling import Filler
from safeboard.figures.census.tables import new_tables
from safeboard.figures.census.years import EARLIEST_RETURN, LAST_KNOWN, rules_year
from safeboard.figures.exchange.census_header import no_return
from safeboard.figures.exchange.census_reading import CheckReader
from safeboard.figures.exchange.census_structure import Irregularity
from safeboard.figures.exchange.xml import Element, elements, open_root, plain_errors
from safeboard.figures.tables.reading import read_iso_date
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period

_NAMESPACE: Final = re.compile(rb"""\sxmlns\s*=\s*("[^"]*"|'[^']*')""")
_OPENING: Final = 4096
"""Bytes in which the root element stands."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header as written, "" where an element is missing, with its line."""

    line: int
    texts: dict[str, str]

    @property
    def reference_date(self) -> date | None:
        day = read_iso_date(self.texts.get("ReferenceDate", ""))
        return day if isinstance(day, date) else None

    @property
    def year(self) -> int | None:
        """The year the census ends: `Year` where it can be read, else that of the reference date."""
        said = self.texts.get("Year", "")
        if re.fullmatch(r"\d{4}", said):
            return int(said)
        day = self.reference_date
        return None if day is None else day.year + (day > Period.year_ending(day.year).end)


@dataclass(slots=True)
class Reading:
    """A file as read. `year` is the census year whose rules apply, None where it is not known."""

    path: Path
    headers: Sequence[Header]
    year: Period | None
    connection: duckdb.DuckDBPyConnection
    irregularities: list[Irregularity] = field(default_factory=list)
    broken: tuple[Problem, ...] = ()
    namespace: str = ""


@contextmanager
def without_namespace(path: Path) -> Iterator[tuple[Path, str]]:
    """The file, or where its root has a default namespace a copy with that blanked out, and the namespace found.

    The copy has every line where the original has it. A prefix on element names is left for the parser to refuse.
    """
    try:
        with path.open("rb") as file:
            opening = file.read(_OPENING)
    except OSError:
        yield path, ""
        return
    found = _NAMESPACE.search(opening)
    if found is None:
        yield path, ""
        return
    blank = re.sub(rb"[^\n]", b" ", found[0])
    with TemporaryDirectory(prefix="safeboard-") as folder:
        copy = Path(folder) / path.name
        with path.open("rb") as file, copy.open("wb") as plain:
            plain.write(file.read(_OPENING).replace(found[0], blank, 1))
            while piece := file.read(1 << 20):
                plain.write(piece)
        yield copy, found[1][1:-1].decode("utf-8", "replace")


def read_headers(path: Path) -> list[Header]:
    """Every header before the first child. BadInput where the file is no census return."""
    root = open_root(path)
    if root.tag != "Message":
        raise BadInput(no_return(path, root))
    headers: list[Header] = []
    try:
        with plain_errors(path), path.open("rb") as file:
            for element in elements(file, tags=("Header", "Child")):
                if element.tag == "Child":
                    break
                headers.append(_header(element))
    except BadInput:
        return headers
    return headers


def _header(element: Element) -> Header:
    texts = {str(leaf.tag): (leaf.text or "").strip() for leaf in element.iter() if not len(leaf)}
    return Header(element.sourceline or 0, texts)


def read_return(path: Path, year: Period | None, progress: Callable[[int], None]) -> Reading:
    """Reads the return at `path` into check tables. `progress` hears how many children have been read.

    BadInput where the file cannot be read as a census return at all.
    """
    with without_namespace(path) as (plain, namespace):
        headers = read_headers(plain)
        settled = year or _year(headers)
        read_as = settled or Period.year_ending(LAST_KNOWN - 1)
        reading = Reading(path, headers, settled, new_tables(read_as), namespace=namespace)
        _fill_header(reading)
        filler = Filler(reading.connection)
        try:
            layout = rules_year(read_as.end.year)
            for batch in CheckReader(plain, layout, reading.irregularities.append).checked_batches():
                filler.add(batch)
                progress(batch.last)
        except BadInput as error:
            reading.broken = error.problems
    return reading


def _year(headers: Sequence[Header]) -> Period | None:
    ends = headers[0].year if headers else None
    return Period.year_ending(ends) if ends is not None and EARLIEST_RETURN <= ends <= LAST_KNOWN else None


def _fill_header(reading: Reading) -> None:
    for number, header in enumerate(reading.headers, 1):
        said = {name: text or None for name, text in header.texts.items()}
        year = said.get("Year")
        reading.connection.execute(
            "INSERT INTO Header BY NAME SELECT $n AS n, $line AS line, $collection AS Collection, $lea AS LEA, "
            "$year AS Year, $year_text AS Year_text, $day AS ReferenceDate, $day_text AS ReferenceDate_text",
            {
                "n": number,
                "line": header.line,
                "collection": said.get("Collection"),
                "lea": said.get("LEA"),
                "year": int(year) if year and re.fullmatch(r"\d{4}", year) else None,
                "year_text": year,
                "day": header.reference_date,
                "day_text": said.get("ReferenceDate"),
            },
        )
