"""Whether a file may be kept and read at all: its name, size and contents, before anything in it is believed."""

import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from safeboard.figures.exchange.sources import EXTRACT
from safeboard.figures.performance.codes import FileKind
from safeboard.figures.tables.snapshot_file import MANIFEST, SUFFIX
from safeboard.foundation.kernel.errors import Problem

KINDS: Final = (".xml", ".csv", ".xlsx", ".parquet", SUFFIX)
ACCEPTED: Final = "a census return (.xml), tables or sheets (.csv, .xlsx, .parquet) or a snapshot (.snapshot)"
MOST_FILES: Final = 40
LARGEST_BYTES: Final = 1 << 30
"""A national return of a large county is some 200 MB."""

LARGEST_UNPACKED_BYTES: Final = 4 << 30
MOST_TIMES_PACKED: Final = 200
"""Sheets of codes pack to a fiftieth; a bomb to a thousandth."""

SMALL_UNPACKED_BYTES: Final = 32 << 20
"""However well it is packed, so much does no harm."""

MOST_MEMBERS: Final = 2_000
LONGEST_NAME: Final = 150
LOOKED_AT: Final = 64 << 10
PARQUET_MARK: Final = b"PAR1"


def kind_of(name: str) -> FileKind:
    """What the road will take a file of this name for."""
    path = PurePath(name.lower())
    if path.name == EXTRACT:
        return FileKind.EXTRACT
    if path.suffix == ".xml":
        return FileKind.CENSUS
    if path.suffix == SUFFIX:
        return FileKind.SNAPSHOT
    return FileKind.SSD if path.name.startswith("ssd_") else FileKind.SHEET


def faults(name: str, size: int, file: IO[bytes]) -> Iterator[Problem]:
    """What keeps the file from being taken. It is read from its beginning, and left there."""
    yield from _of_name(name)
    suffix = PurePath(name.lower()).suffix
    if size == 0:
        yield Problem("The file is empty.", "Export it again from the system it comes from.", file=name)
    elif size > LARGEST_BYTES:
        yield Problem(
            "The file is too large to be taken here.",
            "Give it by the command line, on the server.",
            file=name,
            found=_megabytes(size),
            expected=f"up to {_megabytes(LARGEST_BYTES)}",
        )
    elif suffix not in KINDS:
        yield Problem(
            "This is no kind of file that can be read.",
            "Save a table as .xlsx or as CSV UTF-8, or export the census as XML.",
            file=name,
            found=suffix or "a name without ending",
            expected=ACCEPTED,
        )
    else:
        file.seek(0)
        yield from _of_contents(name, suffix, file)
        file.seek(0)


def _of_name(name: str) -> Iterator[Problem]:
    if len(name) > LONGEST_NAME or not name.isprintable() or name.startswith("."):
        yield Problem(
            "The name of the file cannot be used.",
            f"Give it a name of at most {LONGEST_NAME} signs that can be printed, not beginning with a full stop.",
            file=name[:60] if name.isprintable() else "a file",
        )


def _of_contents(name: str, suffix: str, file: IO[bytes]) -> Iterator[Problem]:
    start = file.read(LOOKED_AT)
    match suffix:
        case ".xml":
            if b"<!DOCTYPE" in start:
                yield _wrong(name, "The file declares a document type, which no census return does.")
            elif not _text_of(start).startswith("<"):
                yield _wrong(name, "The file is named as XML, but is not.")
        case ".csv":
            if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
                yield _wrong(name, "The file is named as CSV, but holds no text.")
        case ".parquet":
            yield from _of_parquet(name, start, file)
        case _:
            yield from _of_archive(name, suffix, file)


def _of_archive(name: str, suffix: str, file: IO[bytes]) -> Iterator[Problem]:
    inside = MANIFEST if suffix == SUFFIX else "[Content_Types].xml"
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        yield _wrong(name, f"The file is named as {suffix}, but is not, or was cut off.")
        return
    if inside not in {member.filename for member in members}:
        yield _wrong(name, f"The file is named as {suffix}, but is not.")
    if len(members) > MOST_MEMBERS or _unpacks_too_far(
        sum(member.file_size for member in members), sum(member.compress_size for member in members)
    ):
        yield _bomb(name)


def _of_parquet(name: str, start: bytes, file: IO[bytes]) -> Iterator[Problem]:
    if not start.startswith(PARQUET_MARK):
        yield _wrong(name, "The file is named as Parquet, but is not.")
        return
    try:
        file.seek(0)
        said = pq.ParquetFile(file).metadata
        groups = [said.row_group(number) for number in range(said.num_row_groups)]
    except (pa.ArrowException, OSError):
        yield _wrong(name, "The file is named as Parquet, but cannot be read as it.")
        return
    packed = sum(group.column(n).total_compressed_size for group in groups for n in range(group.num_columns))
    if _unpacks_too_far(sum(group.total_byte_size for group in groups), packed):
        yield _bomb(name)


def _unpacks_too_far(unpacked: int, packed: int) -> bool:
    if unpacked > LARGEST_UNPACKED_BYTES:
        return True
    return unpacked > SMALL_UNPACKED_BYTES and unpacked > packed * MOST_TIMES_PACKED


def _text_of(start: bytes) -> str:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return start.decode(encoding, errors="ignore").lstrip()


def _wrong(name: str, message: str) -> Problem:
    return Problem(message, "Export it again and give that file unchanged.", file=name, expected=ACCEPTED)


def _bomb(name: str) -> Problem:
    return Problem(
        "The file unpacks to far more than it could hold if it were a table.",
        "Export the table again. If it is real, give it by the command line, on the server.",
        file=name,
    )


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"
