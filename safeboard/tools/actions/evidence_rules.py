"""Which files are taken as evidence: by what they are inside, not by what they are called."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from safeboard.foundation.spreadsheets.reading import holds_program

LARGEST: Final = 10 * 1024 * 1024
LARGEST_INSIDE: Final = 100 * 1024 * 1024
"""What an Office file may unpack to, in bytes."""
MOST_PARTS: Final = 2_000
REMEDY: Final = "Save it as PDF, Word, Excel, PowerPoint, a picture or plain text."


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is called on the wire, how it begins, and for Office files a part it must hold."""

    media_type: str
    begins: tuple[bytes, ...] = ()
    part: str = ""


OFFICE: Final = "application/vnd.openxmlformats-officedocument."
ZIP: Final = (b"PK\x03\x04",)
KINDS: Final[Mapping[str, FileKind]] = {
    ".pdf": FileKind("application/pdf", (b"%PDF-",)),
    ".docx": FileKind(f"{OFFICE}wordprocessingml.document", ZIP, "word/document.xml"),
    ".xlsx": FileKind(f"{OFFICE}spreadsheetml.sheet", ZIP, "xl/workbook.xml"),
    ".pptx": FileKind(f"{OFFICE}presentationml.presentation", ZIP, "ppt/presentation.xml"),
    ".png": FileKind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    ".txt": FileKind("text/plain"),
    ".csv": FileKind("text/csv"),
}


def media_type_of(name: str, content: bytes) -> str:
    """What the file is. Empty where it is none of ours, or not what its name says."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        return ""
    if kind.part:
        return kind.media_type if content.startswith(ZIP) and _is_safe_office(content, kind.part) else ""
    if kind.begins:
        return kind.media_type if content.startswith(kind.begins) else ""
    return kind.media_type if _is_text(content) else ""


def why_not_file(name: str, content: bytes) -> str:
    """Why the file is not taken; empty when it is."""
    if not content:
        return "The file is empty."
    if len(content) > LARGEST:
        return "The file is larger than 10 MB."
    if not media_type_of(name, content):
        return "This kind of file is not taken, it is damaged, or it holds a program (macros)."
    return ""


def _is_safe_office(content: bytes, part: str) -> bool:
    """Whole, without macros, and not packed to burst whoever opens it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError):
        return False
    names = {each.filename.lower() for each in parts}
    fits = len(parts) <= MOST_PARTS and sum(each.file_size for each in parts) <= LARGEST_INSIDE
    return part in names and not holds_program(names) and fits


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
