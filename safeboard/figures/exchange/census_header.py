"""What the header of a census return says: which census, which year, whose, and up to which day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from safeboard.figures.exchange.census_layout import EARLIEST_YEAR, LATEST_YEAR, nearest_year
from safeboard.figures.exchange.xml import EXPORT_AGAIN, Element, elements, open_root, plain_errors
from safeboard.figures.tables.reading import Fault, read_iso_date
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem
from safeboard.foundation.kernel.periods import Period

COLLECTION: Final = "CIN"

PLAUSIBLE_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
EXPECTED_YEAR: Final = "the year in which the census year ends, such as 2025"


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
        raise BadInput(no_return(path, root))
    with plain_errors(path), path.open("rb") as file:
        for element in elements(file, tags=("Header", "Child")):
            if element.tag == "Header":
                return _Written(path.name, element).as_used()
            break
    raise BadInput(_no_header(path))


def no_return(path: Path, root: Element) -> Problem:
    """What to tell somebody whose file is XML of another kind: `root` is its first element."""
    return Problem(
        message="This is not a census return.",
        file=path.name,
        line=root.sourceline,
        element=str(root.tag),
        found=f"<{root.tag}>",
        expected="<Message>",
        remedy="Give the XML file of the children in need census.",
    )


def _no_header(path: Path) -> Problem:
    return Problem(
        message="The file has no header before its children, so its year and authority are unknown.",
        file=path.name,
        line=1,
        element="Header",
        expected="Header with Collection, Year, ReferenceDate and LEA",
        remedy=EXPORT_AGAIN,
    )


class _Written:
    """A header as written: the text and line of each of its elements."""

    def __init__(self, file: str, header: Element) -> None:
        self._file = file
        self._line: int = header.sourceline
        self._texts = {str(leaf.tag): (leaf.text or "").strip() for leaf in header.iter() if not len(leaf)}
        self._lines = {str(leaf.tag): leaf.sourceline for leaf in header.iter()}

    def as_used(self) -> CensusHeader:
        """The header as the load uses it. BadInput where it is for another collection or says no year."""
        if self._text("Collection") != COLLECTION:
            message = "This is another collection, not the children in need census."
            raise self._stop("Collection", message, COLLECTION, "Give the file of the children in need census.")
        day = read_iso_date(self._text("ReferenceDate"))
        reference = day if isinstance(day, date) else None
        stated = int(self._text("Year")) if PLAUSIBLE_YEAR.fullmatch(self._text("Year")) else None
        used = self._settled(stated, reference)
        noted = [*self._date_notes(used, stated, day), *self._layout_notes(used.year), *self._area_notes()]
        return replace(used, area=self._text("LEA"), line=self._line, noted=tuple(noted))

    def _settled(self, stated: int | None, reference: date | None) -> CensusHeader:
        """Year and reference date from what is readable. A 31 March is believed over a year one off from it."""
        if reference is None:
            if stated is None:
                message = "Neither Year nor ReferenceDate can be read, so the return's year is unknown."
                raise self._stop("Year", message, EXPECTED_YEAR, "Correct the header.")
            return CensusHeader(stated, Period.year_ending(stated).end, True, "", None)
        own = reference.year + (reference > date(reference.year, 3, 31))
        if not PLAUSIBLE_YEAR.fullmatch(str(own)) or (stated is not None and abs(own - stated) > 1):
            message = "The reference date and the year of the header are years apart."
            expected = f"{stated}-03-31" if stated else EXPECTED_YEAR
            raise self._stop("ReferenceDate", message, expected, "Correct the header.")
        if (reference.month, reference.day) == (3, 31):
            return CensusHeader(own, reference, True, "", None)
        year = stated if stated is not None and Period.year_ending(stated).start <= reference else own
        return CensusHeader(year, reference, False, "", None)

    def _date_notes(self, used: CensusHeader, stated: int | None, day: date | Fault) -> Iterator[Problem]:
        if isinstance(day, Fault) or stated != used.year or not used.firm:
            yield self._problem(
                "ReferenceDate",
                "The reference date is not 31 March of the census year; the return is read up to "
                f"{used.reference_date.isoformat()} as census year {used.year}.",
                f"{stated or used.year}-03-31",
                "Correct the header if the return is for another year.",
                Gravity.NOTED,
            )
        if isinstance(day, Fault) and self._text("ReferenceDate"):
            yield self._problem("ReferenceDate", day.message, day.expected, day.remedy, Gravity.NOTED)

    def _layout_notes(self, year: int) -> Iterator[Problem]:
        nearest = nearest_year(year)
        if nearest != year:
            yield self._problem(
                "Year",
                f"The layout of census year {Period.year_ending(year).label} is not known; the return is read by that "
                f"of {Period.year_ending(nearest).label}, the nearest that is.",
                "a census year from "
                f"{Period.year_ending(EARLIEST_YEAR).label} to {Period.year_ending(LATEST_YEAR).label}",
                "Look through the other notes on this file: what the layouts do not share may be missing or misread.",
                Gravity.NOTED,
            )

    def _area_notes(self) -> Iterator[Problem]:
        if not self._text("LEA"):
            message = "The return does not name its authority."
            remedy = "Name the area when you ask for figures."
            yield self._problem("LEA", message, "three digits", remedy, Gravity.NOTED)

    def _text(self, element: str) -> str:
        return self._texts.get(element, "")

    def _stop(self, element: str, message: str, expected: str, remedy: str) -> BadInput:
        return BadInput(self._problem(element, message, expected, remedy, Gravity.STOPS))

    def _problem(self, element: str, message: str, expected: str, remedy: str, gravity: Gravity) -> Problem:
        return Problem(
            message=message,
            remedy=remedy,
            file=self._file,
            line=self._lines.get(element, self._line),
            element=element,
            found=self._text(element),
            expected=expected,
            gravity=gravity,
        )
