"""The report's typeface, Source Sans Pro (Open Font Licence), for paper, page and charts alike."""

import base64
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import font_source_sans_pro

FAMILY: Final = "Source Sans Pro"

STYLES: Final = ("Regular", "It", "Semibold", "Bold")
"""The cuts that the report uses."""

WEB_STYLES: Final = {"Regular": 400, "Semibold": 600}
"""The cuts embedded in the page, with their weights; each adds about 170 KB."""


def file_of(style: str) -> Path:
    return Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{style}.ttf"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder with the TrueType files alone: the package also holds the same cuts as OpenType, which would clash."""
    with TemporaryDirectory(prefix="safeboard-fonts-") as temporary:
        for style in STYLES:
            shutil.copy(file_of(style), temporary)
        yield Path(temporary)


@cache
def web_font(style: str) -> str:
    """The cut as a data address for a style sheet: the unmodified font, losslessly packed as WOFF."""
    return f"data:font/woff;base64,{base64.b64encode(woff(file_of(style).read_bytes())).decode('ascii')}"


@cache
def characters(style: str) -> frozenset[int]:
    """The code points that the cut has a glyph for, from its map of the Basic Multilingual Plane (format 4)."""
    return frozenset(dict(_mapped(_unicode_map(_contents(style)[b"cmap"]))))


@cache
def _advances(style: str) -> dict[str, float]:
    """How wide each character of the cut is, in parts of its size."""
    tables = _contents(style)
    (units,) = struct.unpack_from(">H", tables[b"head"], 18)
    (listed,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    widths = [struct.unpack_from(">H", tables[b"hmtx"], 4 * n)[0] / units for n in range(listed)]
    # Glyphs beyond the listed ones are as wide as the last.
    return {chr(code): widths[min(glyph, listed - 1)] for code, glyph in _mapped(_unicode_map(tables[b"cmap"]))}


def width_of(text: str, size: float, style: str = "Regular") -> float:
    """How wide a line of text is in this typeface, in the units of its size; kerning is left out."""
    advances = _advances(style)
    return size * sum(advances.get(character, 0.5) for character in text)


def _contents(style: str) -> dict[bytes, bytes]:
    font = file_of(style).read_bytes()
    return {tag: font[offset : offset + length] for tag, _, offset, length in _tables(font)}


def _unicode_map(maps: bytes) -> bytes:
    """The subtable for Windows, Unicode (platform 3, encoding 1)."""
    (count,) = struct.unpack_from(">H", maps, 2)
    listed = [struct.unpack_from(">HHL", maps, 4 + 8 * n) for n in range(count)]
    return next(maps[offset:] for platform, encoding, offset in listed if (platform, encoding) == (3, 1))


def _mapped(subtable: bytes) -> Iterator[tuple[int, int]]:
    """Each code point with the number of its glyph."""
    (twice_segments,) = struct.unpack_from(">H", subtable, 6)
    for n in range(twice_segments // 2):
        (end,) = struct.unpack_from(">H", subtable, 14 + 2 * n)
        (start,) = struct.unpack_from(">H", subtable, 16 + twice_segments + 2 * n)
        (delta,) = struct.unpack_from(">H", subtable, 16 + 2 * twice_segments + 2 * n)
        place = 16 + 3 * twice_segments + 2 * n
        (offset,) = struct.unpack_from(">H", subtable, place)
        # The last segment only closes the list.
        for code in range(start, end + 1) if start != 0xFFFF else ():
            glyph = struct.unpack_from(">H", subtable, place + offset + 2 * (code - start))[0] if offset else code
            yield code, (glyph + delta) & 0xFFFF if glyph or not offset else 0


def _tables(font: bytes) -> list[tuple[bytes, int, int, int]]:
    """Tag, checksum, offset and length of every table."""
    (count,) = struct.unpack_from(">H", font, 4)
    return [struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(count)]


def woff(font: bytes) -> bytes:
    """A TrueType font packed as WOFF 1.0 (W3C Recommendation, 13 December 2012): every table compressed by itself."""
    flavour, count = struct.unpack_from(">4sH", font)
    entries = _tables(font)
    packed = [_packed(font[offset : offset + length]) for _, _, offset, length in entries]
    place = 44 + 20 * count
    directory, body = b"", b""
    for (tag, checksum, _, length), data in zip(entries, packed, strict=True):
        directory += struct.pack(">4sLLLL", tag, place + len(body), len(data), length, checksum)
        body += data + b"\0" * (-len(data) % 4)
    whole_font = 12 + 16 * count + sum(length + -length % 4 for _, _, _, length in entries)
    header = struct.pack(">4s4sLHHL", b"wOFF", flavour, place + len(body), count, 0, whole_font)
    return header + struct.pack(">HHLLLLL", 1, 0, 0, 0, 0, 0, 0) + directory + body


def _packed(table: bytes) -> bytes:
    smaller = zlib.compress(table, 9)
    return smaller if len(smaller) < len(table) else table
