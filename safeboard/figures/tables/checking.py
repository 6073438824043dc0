"""Text columns to typed columns, whole batches at a time, with every text that cannot be read named by its row.

Census, folders and sheets all come through here, so a column is read by its declaration and in one way only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN, Column, Kind, Table
from safeboard.figures.tables.reading import MISSING, Bounds, Fault, Style, Value, reader_of
from safeboard.figures.tables.schema import ARROW_TYPES, arrow_schema
from safeboard.foundation.kernel.errors import Gravity


@dataclass(frozen=True, slots=True)
class Finding:
    """One value wrong in one row. `row` counts from 0 in the batch, `line` is the row's line in its source."""

    column: Column
    row: int
    line: int
    text: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Checked:
    """A batch as the table's schema has it, and what was wrong. Where something was, the value is null."""

    rows: pa.Table
    findings: tuple[Finding, ...]


class Checker:
    """Reads batches of one table from one source. Each different text is read once, however often it stands there."""

    def __init__(self, table: Table, *, style: Style, bounds: Bounds, source_number: int) -> None:
        self.table = table
        self.bounds = bounds
        self.schema = arrow_schema(table)
        self._source_number = source_number
        self._readers = {column.name: _ColumnReader(column, style, bounds) for column in table.columns}

    def check(self, texts: Mapping[str, pa.Array], lines: pa.Array) -> Checked:
        """The batch typed. `texts` are string columns of equal length, a column left out is empty; `lines` int32."""
        findings: list[Finding] = []
        columns = {}
        for column in self.table.columns:
            if column.name not in texts:
                columns[column.name] = pa.nulls(len(lines), ARROW_TYPES[column.kind])
                continue
            columns[column.name], faults = self._readers[column.name].read(texts[column.name])
            findings += [
                Finding(column, row, lines[row].as_py(), (texts[column.name][row].as_py() or "").strip(), fault)
                for row, fault in faults
            ]
        findings += self._backwards(columns, lines)
        source = pa.repeat(pa.scalar(self._source_number, pa.int16()), len(lines))
        rows = pa.table({**columns, SOURCE_COLUMN: source, LINE_COLUMN: lines}, schema=self.schema)
        return Checked(rows, tuple(findings))

    def _backwards(self, columns: Mapping[str, pa.Array], lines: pa.Array) -> Iterator[Finding]:
        for start, end in self.table.periods:
            for row in _rows_where(pc.less(columns[end], columns[start])):
                began: date = columns[start][row].as_py()
                fault = Fault(
                    f"{self.table.title}: it ends before it starts.",
                    f"a day on or after its start, {began.isoformat()}",
                    "Correct whichever of the two dates is wrong and export again.",
                )
                found = columns[end][row].as_py().isoformat()
                yield Finding(self.table.column(end), row, lines[row].as_py(), found, fault)


class _ColumnReader:
    """One column of one source: the values and the faults of every text met so far."""

    def __init__(self, column: Column, style: Style, bounds: Bounds) -> None:
        self._column = column
        self._type = ARROW_TYPES[column.kind]
        self._read = reader_of(column, style, bounds)
        self._last = bounds.last(column) if column.kind is Kind.DATE and not bounds.firm else None
        self._values: dict[str | None, Value | None] = {None: None}
        self._faults: dict[str | None, Fault] = {}
        self._no_row = style is not Style.CENSUS and column.refers_to != ""

    def read(self, texts: pa.Array) -> tuple[pa.Array, list[tuple[int, Fault]]]:
        if self._read is None:
            return self._identifiers(texts)
        encoded = texts.dictionary_encode()
        unique = encoded.dictionary.to_pylist()
        values = pa.array([self._value(text) for text in unique], self._type).take(encoded.indices)
        faults: list[tuple[int, Fault]] = []
        if self._faults:
            at = pa.array([text in self._faults for text in unique], pa.bool_()).take(encoded.indices)
            faults = [(row, self._faults[texts[row].as_py()]) for row in _rows_where(at)]
        return values, faults + self._missing(values, {row for row, _ in faults}) + self._late(values)

    def _identifiers(self, texts: pa.Array) -> tuple[pa.Array, list[tuple[int, Fault]]]:
        trimmed = pc.utf8_trim_whitespace(texts)
        empty = pc.equal(trimmed, "")
        if self._no_row:
            empty = pc.or_(empty, pc.equal(trimmed, NO_ROW))
        values = pc.if_else(empty, pa.scalar(None, pa.string()), trimmed)
        return values, self._missing(values, set())

    def _value(self, text: str | None) -> Value | None:
        if text not in self._values and text not in self._faults:
            stripped = (text or "").strip()
            value = self._read(stripped) if stripped and self._read else None
            if isinstance(value, Fault):
                self._faults[text] = value
            else:
                self._values[text] = value
        return self._values.get(text)

    def _missing(self, values: pa.Array, faulty: set[int]) -> list[tuple[int, Fault]]:
        if not self._column.required or values.null_count == len(faulty):
            return []
        return [(row, MISSING) for row in _rows_where(values.is_null()) if row not in faulty]

    def _late(self, values: pa.Array) -> list[tuple[int, Fault]]:
        if self._last is None:
            return []
        fault = Fault(
            "This date lies after the reference date; it is kept as given.",
            f"a day up to {self._last.isoformat()}",
            "Correct the date, or the reference date.",
            Gravity.NOTED,
        )
        return [(row, fault) for row in _rows_where(pc.greater(values, pa.scalar(self._last, self._type)))]


NO_ROW = "-1"
"""What Standard Safeguarding Dataset extracts write for a key that refers to nothing."""


def _rows_where(mask: pa.Array) -> list[int]:
    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return found
