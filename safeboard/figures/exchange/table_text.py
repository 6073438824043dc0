"""Tables in files as text: whatever the format, a header, then columns of text with the line of every row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from safeboard.foundation.kernel.errors import BadInput, Problem

ROWS_A_BATCH: Final = 50_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as text. `columns` are in the header's order; `lines` are the rows' lines (int32), from 1."""

    columns: tuple[pa.Array, ...]
    lines: pa.Array


@dataclass(frozen=True, slots=True)
class TableText:
    """One table as a file gives it. `place` names it in messages: the file, and the worksheet where it has several.

    `header_line` is the line of the header; `batches` reads again each time it is iterated. `faults` are problems of
    the form, which stop a load if the table is one that is wanted.
    """

    place: str
    name: str
    header: tuple[str, ...]
    header_line: int
    batches: Iterable[Batch]
    faults: tuple[Problem, ...] = ()


def batches_of(rows: Iterable[tuple[int, Sequence[str]]], width: int) -> Iterator[Batch]:
    """Batches from (line, cells) rows, each of `width` cells."""
    waiting = iter(rows)
    while taken := list(islice(waiting, ROWS_A_BATCH)):
        lines, cells = zip(*taken, strict=True)
        columns = tuple(pa.array(column, pa.string()) for column in zip(*cells, strict=True)) if width else ()
        yield Batch(columns, pa.array(lines, pa.int32()))


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a CSV file under its header. Iterated again, it reads again."""

    path: Path
    place: str
    width: int

    def __iter__(self) -> Iterator[Batch]:
        return batches_of(self._rows(), self.width)

    def _rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            next(reader)
            try:
                line = reader.line_num + 1
                for cells in reader:
                    if any(cells):
                        yield line, self._checked(cells, line)
                    line = reader.line_num + 1
            except csv.Error as error:
                raise BadInput(self._broken(reader.line_num, str(error))) from error

    def _checked(self, cells: Sequence[str], line: int) -> Sequence[str]:
        if len(cells) != self.width:
            raise BadInput(
                Problem(
                    message="The row has more or fewer cells than the header.",
                    file=self.place,
                    line=line,
                    found=f"{len(cells)} cells",
                    expected=f"{self.width} cells",
                    remedy="Put a text that holds a comma between double quotes, and give every row all cells.",
                )
            )
        return cells

    def _broken(self, line: int, said: str) -> Problem:
        return Problem(
            message="The file is not well-formed CSV.",
            file=self.place,
            line=line,
            found=said,
            expected="comma-separated values, texts between double quotes where they hold a comma",
            remedy="Save the table again as CSV UTF-8.",
        )


def csv_table(path: Path, place: str) -> TableText:
    """The CSV file as a table named as the file. BadInput where it is not UTF-8, is empty or has no header."""
    _refuse_other_encoding(path, place)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        raise BadInput(
            Problem(
                message="The columns are not separated by commas.",
                file=place,
                line=1,
                found=header[0][:60],
                expected="column names separated by commas",
                remedy="Save the table again as CSV UTF-8 (comma delimited).",
            )
        )
    names = tuple(name.strip() for name in header)
    return TableText(place, path.stem, names, 1, CsvRows(path, place, len(names)))


def _refuse_other_encoding(path: Path, place: str) -> None:
    line = 1
    with path.open("rb") as file:
        for content in file:
            try:
                content.decode("utf-8")
            except UnicodeDecodeError as error:
                raise BadInput(_encoding_problem(place, line, content, error)) from error
            line += 1


def _encoding_problem(place: str, line: int, content: bytes, error: UnicodeDecodeError) -> Problem:
    guess = "UTF-16" if b"\x00" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff") else "Windows-1252"
    return Problem(
        message="The file is not in the encoding UTF-8.",
        file=place,
        line=line,
        found=f"the byte {content[error.start]:#04x}, so probably {guess}",
        expected="UTF-8",
        remedy="In Excel choose “Save as”, “CSV UTF-8 (comma delimited)”.",
    )


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """The rows of a Parquet file as text. A row's line is its number, from 1."""

    path: Path

    def __iter__(self) -> Iterator[Batch]:
        line = 1
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=ROWS_A_BATCH):
                lines = pa.array(range(line, line + batch.num_rows), pa.int32())
                yield Batch(tuple(as_text(column) for column in batch.columns), lines)
                line += batch.num_rows


def as_text(column: pa.Array) -> pa.Array:
    """Any column of simple values as the text that a CSV file would hold."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        whole = pc.cast(column, pa.int64(), safe=False)
        return pc.if_else(pc.equal(column, whole), pc.cast(whole, pa.string()), pc.cast(column, pa.string()))
    return pc.cast(column, pa.string())


def parquet_table(path: Path, place: str) -> TableText:
    """The Parquet file as a table named as the file. BadInput where it is none, or holds lists or structures."""
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput(_no_parquet(place, "This is not a whole Parquet file.")) from error
    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    if nested:
        raise BadInput(_no_parquet(place, f"The column {nested[0]} holds lists or structures, not single values."))
    return TableText(place, path.stem, tuple(schema.names), 0, ParquetRows(path))


def _no_parquet(place: str, message: str) -> Problem:
    return Problem(message=message, file=place, remedy="Export the table again, or give it as CSV.")
