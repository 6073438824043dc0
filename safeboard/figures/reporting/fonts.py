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


def woff(font: bytes) -> bytes:
    """A TrueType font packed as WOFF 1.0 (W3C Recommendation, 13 December 2012): every table compressed by itself."""
    flavour, count = struct.unpack_from(">4sH", font)
    entries = [struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(count)]
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
