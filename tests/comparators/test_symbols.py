"""A symbol in a published cell is a reason for having no number, never a zero."""

from fractions import Fraction

import pytest

from safeboard.figures.comparators.symbols import Symbol, read_cell


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0", Fraction(0)),
        ("621880", Fraction(621880)),
        ("22.4", Fraction(224, 10)),
        ("-1", Fraction(-1)),
        ("c", Symbol.CONFIDENTIAL),
        ("k", Symbol.ROUNDS_TO_ZERO),
        ("u", Symbol.LOW_RELIABILITY),
        ("x", Symbol.UNAVAILABLE),
        ("z", Symbol.NOT_APPLICABLE),
        ("Z", Symbol.NOT_APPLICABLE),
        (":", Symbol.FORMERLY_UNAVAILABLE),
        ("", Symbol.BLANK),
    ],
)
def test_numbers_and_symbols(text: str, read: Fraction | Symbol) -> None:
    assert read_cell(text) == read


@pytest.mark.parametrize("text", ["n/a", "1,000", "1e3", "12.", "٣", "1/2", "~"])
def test_other_text_is_neither(text: str) -> None:
    assert read_cell(text) is None


def test_every_symbol_has_words() -> None:
    assert len({symbol.words for symbol in Symbol}) == len(Symbol)
