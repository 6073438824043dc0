"""Reads what somebody typed into the one box: dates and parts of them, numbers, postcodes; the rest are words."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from safeboard.foundation.kernel.errors import BadInput, Problem

LONGEST: Final = 300
MOST_TERMS: Final = 24


class Kind(StrEnum):
    """What a term was read as. A word may turn out to be part of a name or of an address."""

    WORD = "word"
    INITIAL = "initial"
    DAY = "date"
    MONTH = "month"
    DAY_AND_MONTH = "day and month"
    YEAR = "year"
    POSTCODE = "postcode"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing typed. `text` is as it is compared: digits of a date year first, a postcode without its blank."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Terms with a form of their own, and what was left over: words, still as written."""

    terms: tuple[Term, ...]
    rest: str


_MONTHS_WRITTEN: Final = (
    *("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july"),
    *("aug august", "sep sept september", "oct october", "nov november", "dec december"),
)
MONTHS: Final = {name: number for number, names in enumerate(_MONTHS_WRITTEN, start=1) for name in names.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NOT_A_STREET = r"(?!\s+(?:street|st|road|rd|avenue|lane|close|drive|place|court|crescent|way|grove|terrace|gardens)\b)"
_WRITTEN_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b(?:\s*,?\s*(\d{{4}}))?{_NOT_A_STREET}", re.I
)
_WRITTEN_MONTH = re.compile(rf"\b({_MONTH})\s+(\d{{4}})\b", re.I)
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_MONTH_AND_YEAR = re.compile(r"\b(\d{1,2})[-/.](\d{4})\b")
_DAY_AND_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})[/.](\d{1,2})(?![\d/.-])")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.I)
_NHS = re.compile(r"\b(\d{3})[ -](\d{3})[ -](\d{4})\b")
_NUMBER = re.compile(r"(?<![\w/-])(?=[\w/-]*\d)\w+(?:[/-]\w+)*(?![\w/-])")


Reading = Callable[[re.Match[str]], Term | None]


def read(typed: str) -> Typed:
    """What was typed, taken apart. BadInput where nothing can be searched for, or where it is too long."""
    text = unicodedata.normalize("NFKC", typed).replace("\x00", " ").strip()
    if len(text) > LONGEST:
        raise BadInput(refusal("That is too long to search for.", "Type a name, and one or two other things."))
    terms: list[Term] = []
    for pattern, reading in _READINGS:
        text = _taken_out(pattern, reading, text, terms)
    if not terms and not any(character.isalnum() for character in text):
        raise BadInput(
            refusal("Nothing was typed to search for.", "Type a name, a date of birth, a number or a place.")
        )
    return Typed(tuple(terms[:MOST_TERMS]), " ".join(text.split()[:MOST_TERMS]))


def refusal(message: str, remedy: str) -> Problem:
    """What is wrong with what was typed, beside the box."""
    return Problem(message, remedy, element="words")


def _taken_out(pattern: re.Pattern[str], reading: Reading, text: str, terms: list[Term]) -> str:
    """The text without what the pattern finds and can be read; that is put among the terms."""

    def take(found: re.Match[str]) -> str:
        term = reading(found)
        if term is None:
            return found.group()
        terms.append(term)
        return " "

    return pattern.sub(take, text)


def _day(year: int, month: int, day: int) -> Term | None:
    try:
        return Term(Kind.DAY, date(year, month, day).strftime("%Y%m%d"))
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    """Two digits are of this century up to 30, else of the last: the people here are alive or lately were."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year <= 30 else 1900)


def _written_day(found: re.Match[str]) -> Term | None:
    day, month = int(found[1]), MONTHS[found[2].lower()]
    return _day(int(found[3]), month, day) if found[3] else _day_and_month(day, month)


def _day_and_month(day: int, month: int) -> Term | None:
    fits = _day(2000, month, day)  # a leap year: 29 February is a birthday
    return Term(Kind.DAY_AND_MONTH, fits.text[4:]) if fits else None


def _month(year: int, month: int) -> Term | None:
    return Term(Kind.MONTH, f"{year:04}{month:02}") if 1 <= month <= 12 and _is_year(str(year)) else None


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1890 <= int(digits) <= 2099


def _number(found: re.Match[str]) -> Term | None:
    text = re.sub(r"[^a-z0-9]", "", found.group().lower())
    if text.isdecimal() and text.isascii():
        if _is_year(text):
            return Term(Kind.YEAR, text)
        if len(text) == 8:
            read_as = _day(int(text[:4]), int(text[4:6]), int(text[6:])) if _is_year(text[:4]) else None
            read_as = read_as or _day(int(text[4:]), int(text[2:4]), int(text[:2]))
            return read_as if read_as and _is_year(read_as.text[:4]) else Term(Kind.NUMBER, text)
    return Term(Kind.NUMBER, text) if text and text.isascii() and text[0].isalnum() else None


_READINGS: Final[tuple[tuple[re.Pattern[str], Reading], ...]] = (
    (_YEAR_FIRST, lambda found: _day(int(found[1]), int(found[2]), int(found[3]))),
    (_DAY_FIRST, lambda found: _day(_full_year(found[3]), int(found[2]), int(found[1]))),
    (_WRITTEN_DAY, _written_day),
    (_WRITTEN_MONTH, lambda found: _month(int(found[2]), MONTHS[found[1].lower()])),
    (_MONTH_AND_YEAR, lambda found: _month(int(found[2]), int(found[1]))),
    (_DAY_AND_MONTH, lambda found: _day_and_month(int(found[1]), int(found[2]))),
    (_NHS, lambda found: Term(Kind.NUMBER, "".join(found.groups()))),
    (_POSTCODE, lambda found: Term(Kind.POSTCODE, "".join(found.groups()).lower())),
    (_NUMBER, _number),
)
