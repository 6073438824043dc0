"""What the header of a census return says: which census, which year, whose, and up to which day."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from safeboard.figures.exchange.xml import EXPORT_AGAIN, Element, elements, open_root, plain_errors
from safeboard.figures.tables.reading import Fault, read_iso_date
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem
from safeboard.foundation.kernel.periods import Period

COLLECTION: Final = "CIN"


@dataclass(frozen=True, slots=True)
class CensusHeader:
    """The header as used. `year` is the one in which the census year ends and decides the layout.

    `reference_date` is the last day the return speaks of. `firm` is true where it is a 31 March, as every return to the
    department has it: a later date in the return is then an error; in an extract cut on another day it is only noted.
    `area` is the authority's three digits as given.
    """

    year: int
    reference_date: date
    firm: bool
    area: str
    line: int | None
    noted: tuple[Problem, ...] = ()

    @property
    def first_day(self) -> date:
        """1 April of the year the return is for."""
        return Period.year_ending(self.year).start


def read_header(path: Path) -> CensusHeader:
    """The header of the census return at `path`. BadInput where it is no census return, or cannot say its year."""
    root = open_root(path)
    if root.tag != "Message":
        raise BadInput(
            Problem(
                message="This is not a census return.",
                file=path.name,
                line=root.sourceline,
                element=str(root.tag),
                found=f"<{root.tag}>",
                expected="<Message>",
                remedy="Give the XML file of the children in need census.",
            )
        )
    with plain_errors(path), path.open("rb") as file:
        for element in elements(file, tags=("Header", "Child")):
            if element.tag == "Header":
                return _header(path, element)
            break
    raise BadInput(
        Problem(
            message="The file has no header before its children, so its year and authority are unknown.",
            file=path.name,
            line=1,
            element="Header",
            expected="Header with Collection, Year, ReferenceDate and LEA",
            remedy=EXPORT_AGAIN,
        )
    )


def _header(path: Path, header: Element) -> CensusHeader:
    said = {str(leaf.tag): (leaf.text or "").strip() for leaf in header.iter() if not len(leaf)}
    lines = {str(leaf.tag): leaf.sourceline for leaf in header.iter()}

    def problem(element: str, message: str, expected: str, remedy: str, gravity: Gravity) -> Problem:
        line = lines.get(element, header.sourceline)
        return Problem(message, remedy, path.name, line, "", element, said.get(element, ""), expected, gravity)

    if said.get("Collection") != COLLECTION:
        raise BadInput(
            problem(
                "Collection",
                "This is another collection, not the children in need census.",
                COLLECTION,
                "Give the file of the children in need census.",
                Gravity.STOPS,
            )
        )
    day = read_iso_date(said.get("ReferenceDate", ""))
    stated = int(said["Year"]) if re.fullmatch(r"(19|20)\d\d", said.get("Year", "")) else None
    reference = day if isinstance(day, date) else None
    if stated is None and reference is None:
        raise BadInput(
            problem(
                "Year",
                "Neither Year nor ReferenceDate can be read, so the return's year is unknown.",
                "the year in which the census year ends, such as 2025",
                "Correct the header.",
                Gravity.STOPS,
            )
        )
    used = _settled(stated, reference)
    noted = []
    if reference is None or (used.firm and stated != used.year) or not used.firm:
        noted.append(
            problem(
                "ReferenceDate",
                f"The reference date is not 31 March of the census year; the return is read up to "
                f"{used.reference_date.isoformat()} as census year {used.year}.",
                f"{stated or used.year}-03-31",
                "Correct the header if the return is for another year.",
                Gravity.NOTED,
            )
        )
    if isinstance(day, Fault) and said.get("ReferenceDate"):
        noted.append(problem("ReferenceDate", day.message, day.expected, day.remedy, Gravity.NOTED))
    if not said.get("LEA"):
        noted.append(
            problem(
                "LEA",
                "The return does not name its authority.",
                "three digits",
                "Name the area when you ask for figures.",
                Gravity.NOTED,
            )
        )
    return replace(used, area=said.get("LEA", ""), line=header.sourceline, noted=tuple(noted))


def _settled(stated: int | None, reference: date | None) -> CensusHeader:
    """Year and reference date from what was readable. A 31 March is believed over a year that differs from it."""
    if reference is None:
        year = stated or 0
        return CensusHeader(year, Period.year_ending(year).end, True, "", None)
    if (reference.month, reference.day) == (3, 31):
        return CensusHeader(reference.year, reference, True, "", None)
    own = reference.year if reference < date(reference.year, 4, 1) else reference.year + 1
    year = stated if stated is not None and Period.year_ending(stated).start <= reference else own
    return CensusHeader(year, reference, False, "", None)
