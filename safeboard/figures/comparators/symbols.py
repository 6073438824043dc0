"""What a published cell says: an exact number, or a symbol that stands for the reason there is none."""

import re
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Symbol(StrEnum):
    """The department's symbols (domain/indicators.md 1.1). None of them is a zero: a count of 0 is printed as 0."""

    CONFIDENTIAL = "c"
    ROUNDS_TO_ZERO = "k"
    LOW_RELIABILITY = "u"
    UNAVAILABLE = "x"
    NOT_APPLICABLE = "z"
    FORMERLY_UNAVAILABLE = ":"
    BLANK = ""

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS: Final = {
    Symbol.CONFIDENTIAL: "hidden (c)",
    Symbol.ROUNDS_TO_ZERO: "rounds to 0 (k)",
    Symbol.LOW_RELIABILITY: "of low reliability (u)",
    Symbol.UNAVAILABLE: "unavailable (x)",
    Symbol.NOT_APPLICABLE: "not applicable (z)",
    Symbol.FORMERLY_UNAVAILABLE: "unavailable (:)",
    Symbol.BLANK: "left empty",
}

_BY_TEXT: Final = {symbol.value: symbol for symbol in Symbol}


def read_cell(text: str) -> Fraction | Symbol | None:
    """The number or symbol printed in a cell; None for any other text. Symbols are taken in either case."""
    if text.isascii() and text.isdigit():
        return Fraction(int(text))
    symbol = _BY_TEXT.get(text.lower())
    if symbol is not None:
        return symbol
    return Fraction(text) if re.fullmatch(r"-?\d+\.\d+|-\d+", text, re.ASCII) else None
