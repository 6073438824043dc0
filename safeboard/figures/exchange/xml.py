"""XML read as a stream from files nobody trusts: no document type, no entity, no network, UTF-8 only."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree

from safeboard.foundation.kernel.errors import BadInput, Problem

UTF_8_NAMES: Final = ("UTF-8", "ASCII", "US-ASCII")
"""What a file may declare: ASCII is UTF-8 with nothing beyond the first 128 signs."""

OPENING: Final = 200
"""Bytes in which an XML declaration stands."""

BLOCK: Final = 1 << 20

ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")

BEFORE_DOCTYPE: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*+(?=<!DOCTYPE)", re.DOTALL)
"""What may stand before a document type: the mark of UTF-8, the XML declaration, instructions, comments."""

Element = Any
"""An element of lxml, whose type stubs give a source line no usable type."""

EXPORT_AGAIN: Final = "Export the file again from the case-management system and give that file unchanged."


def elements(file: IO[bytes], *, event: str = "end", tags: Sequence[str] | None = None) -> Iterator[Element]:
    """Each element of `tags` (None: every one) at its "end" or "start", by a hardened parser.

    An element's `sourceline` is exact, but the parser keeps none above 65,535 for an element that holds elements; it
    then gives the line of the first one inside.
    """
    for _, element in etree.iterparse(
        file,
        events=(event,),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        collect_ids=False,
    ):
        yield element


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns what the parser or the disk says into a BadInput that names the line and what to do."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise BadInput(_syntax_problem(path, error)) from error
    except OSError as error:
        raise BadInput(
            Problem(
                message=f"The file cannot be read: {error.strerror or error}.",
                file=str(path),
                remedy="Check that it exists and that you may read it.",
            )
        ) from error


def open_root(path: Path) -> Element:
    """The file's first element, after what may not be there is refused.

    BadInput for a document type, an encoding other than UTF-8, or a namespace.
    """
    with plain_errors(path), path.open("rb") as file:
        declared = _declared_encoding(file.peek(OPENING)[:OPENING])
        if declared.upper() not in UTF_8_NAMES:
            raise BadInput(_encoding_problem(path, 1, declared))
        for root in elements(file, event="start"):
            _refuse(path, root)
            return root
    raise AssertionError("a document without an element is a syntax error")


def _declared_encoding(opening: bytes) -> str:
    """The encoding that the file's first bytes name, as the parser does not tell it until the end; else UTF-8."""
    if opening.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16"
    match = ENCODING.match(opening.removeprefix(BOM_UTF8))
    return match[1].decode() if match else "UTF-8"


def _refuse(path: Path, root: Element) -> None:
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise BadInput(
            Problem(
                message="The file declares a document type (DOCTYPE), which can smuggle text in and is never needed.",
                file=path.name,
                line=_doctype_line(path),
                element="DOCTYPE",
                remedy=f"Remove the line that begins <!DOCTYPE. {EXPORT_AGAIN}",
            )
        )
    if etree.QName(root).namespace:
        raise BadInput(
            Problem(
                message="The file uses an XML namespace; a census return has none.",
                file=path.name,
                line=root.sourceline,
                element=etree.QName(root).localname,
                found=f'xmlns="{etree.QName(root).namespace}"',
                expected="no xmlns",
                remedy=f"Remove the xmlns attribute. {EXPORT_AGAIN}",
            )
        )


def _doctype_line(path: Path) -> int | None:
    """The line of the document type, which the parser does not keep; None where a megabyte of comments is before it."""
    with path.open("rb") as file:
        opening = file.read(BLOCK)
    before = BEFORE_DOCTYPE.match(opening)
    return before[0].count(b"\n") + 1 if before else None


def _encoding_problem(path: Path, line: int | None, found: str) -> Problem:
    return Problem(
        message="The file is not in the encoding UTF-8.",
        file=path.name,
        line=line,
        found=found or "bytes that are not UTF-8",
        expected="UTF-8",
        remedy="Save or export the file again with the encoding UTF-8.",
    )


def _syntax_problem(path: Path, error: etree.XMLSyntaxError) -> Problem:
    said, line = (error.msg or "").split(", line ")[0], error.lineno or 1
    if path.stat().st_size == 0:
        return Problem(message="The file is empty.", file=path.name, line=1, remedy=EXPORT_AGAIN)
    if "ncoding" in said or "not proper UTF-8" in said or "Invalid bytes" in said:
        return _encoding_problem(path, line, "")
    message = "The file is not well-formed XML."
    if _cut_off(path, line):
        message = "The file breaks off before its end: it was cut in the middle."
    return Problem(
        message=message,
        file=path.name,
        line=line,
        found=said,
        expected="well-formed XML in which every element is closed",
        remedy=EXPORT_AGAIN,
    )


def _cut_off(path: Path, line: int) -> bool:
    """Whether the error stands on the file's last line and its first element is never closed."""
    with path.open("rb") as file:
        opening = file.read(OPENING)
        first = re.search(rb"<([A-Za-z_][\w.-]*)", opening)
        ends, tail = opening.count(b"\n"), opening
        while block := file.read(BLOCK):
            ends, tail = ends + block.count(b"\n"), tail[-OPENING:] + block
    closing = b"</" + first[1] if first else b""
    return closing not in tail[-OPENING:] and line >= ends + (not tail.endswith(b"\n"))
