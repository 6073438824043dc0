"""Text that no spreadsheet takes for a formula: what everything that writes a table for one goes by."""

from typing import Any, Final

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With these, the wide ones of Asian keyboards included, a cell begins that a program may work out or run."""

GUARD: Final = "'"
"""Before such a text it says, in Excel and LibreOffice alike, that text follows."""

LONGEST_CELL: Final = 32_767
"""Characters: what Excel holds in one cell."""


def neutral(text: str) -> str:
    """The text for a CSV file: with the guard before it where it begins as a formula does."""
    return f"{GUARD}{text}" if text.startswith(STARTS_A_FORMULA) else text


def without_guard(text: str) -> str:
    """The text as it was before `neutral`: what one of our files says when it is given back to us."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(STARTS_A_FORMULA) else text


def put_text(cell: Any, text: str) -> None:
    """The text into a cell of a workbook, said to be text whatever it begins with, and to stay so when it is edited."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(STARTS_A_FORMULA)
