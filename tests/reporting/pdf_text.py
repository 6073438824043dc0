"""Reads the words out of a PDF, by each font's own map from glyphs to characters."""

from itertools import islice
from typing import Any

import pikepdf

Words = dict[bytes, str]


def text_of(page: pikepdf.Page) -> str:
    """The page's text in the order in which it is drawn, a space between pieces."""
    return " ".join(_pieces(page, dict(page.resources.get("/Font", {}).items())))


def _pieces(source: Any, fonts: dict[str, Any]) -> list[str]:
    words: Words = {}
    found = []
    for operands, operator in pikepdf.parse_content_stream(source):
        if str(operator) == "Tf":
            words = _map_of(fonts[str(operands[0])])
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            found.append("".join(_decoded(bytes(part), words) for part in parts if isinstance(part, pikepdf.String)))
    return found


def _decoded(glyphs: bytes, words: Words) -> str:
    pairs = iter(glyphs)
    return "".join(words.get(bytes(pair), "") for pair in iter(lambda: tuple(islice(pairs, 2)), ()))


def _map_of(font: Any) -> Words:
    words: Words = {}
    for operands, operator in pikepdf.parse_content_stream(font["/ToUnicode"]):
        if str(operator) == "endbfchar":
            for glyph, characters in zip(operands[::2], operands[1::2], strict=True):
                words[bytes(glyph)] = bytes(characters).decode("utf-16-be")
        if str(operator) == "endbfrange":
            for first, last, characters in zip(operands[::3], operands[1::3], operands[2::3], strict=True):
                start = int.from_bytes(bytes(first), "big")
                for n in range(int.from_bytes(bytes(last), "big") - start + 1):
                    text = bytes(characters).decode("utf-16-be")
                    words[(start + n).to_bytes(2, "big")] = text[:-1] + chr(ord(text[-1]) + n)
    return words
