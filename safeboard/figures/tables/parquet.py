"""Standard tables as Parquet files: the same rows in the same order always give the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from safeboard.figures.tables.declaration import LINE_COLUMN, Kind, Table
from safeboard.figures.tables.schema import arrow_schema

ROWS_A_GROUP: Final = 65_536
"""Rows in one group of a file: they are buffered until so many are there, however they arrive."""


class TableWriter:
    """One table's file in `folder`, named as the table. Nothing is made for a table that gets no row."""

    def __init__(self, table: Table, folder: Path) -> None:
        self.path = folder / f"{table.name}.parquet"
        self.rows = 0
        self._table = table
        self._schema = arrow_schema(table)
        self._buffered: list[pa.Table] = []
        self._waiting = 0
        self._writer: pq.ParquetWriter | None = None

    def write(self, rows: pa.Table) -> None:
        """Adds rows of the table's schema. OSError where the disk is full."""
        self.rows += rows.num_rows
        self._waiting += rows.num_rows
        self._buffered.append(rows)
        if self._waiting >= ROWS_A_GROUP:
            self._flush(whole_groups_only=True)

    def close(self) -> None:
        """Writes what waits and finishes the file."""
        if self._waiting:
            self._flush(whole_groups_only=False)
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _flush(self, *, whole_groups_only: bool) -> None:
        joined = pa.concat_tables(self._buffered)
        size = joined.num_rows // ROWS_A_GROUP * ROWS_A_GROUP if whole_groups_only else joined.num_rows
        if self._writer is None:
            self._writer = self._open()
        self._writer.write_table(joined.slice(0, size), row_group_size=ROWS_A_GROUP)
        left = joined.slice(size)
        self._buffered, self._waiting = [left], left.num_rows

    def _open(self) -> pq.ParquetWriter:
        repeating = [column.name for column in self._table.columns if column.kind is not Kind.IDENTIFIER]
        return pq.ParquetWriter(
            str(self.path),
            self._schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name in repeating if self._schema.field(name).type != pa.bool_()],
            write_statistics=[*repeating, LINE_COLUMN],
            version="2.6",
            data_page_version="1.0",
        )


class Staging:
    """A folder being filled with one Parquet file for each table that has rows."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        self.folder = folder
        self._writers = {name: TableWriter(table, folder) for name, table in tables.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, table: str, rows: pa.Table) -> None:
        """Adds rows to a table. OSError where the disk is full."""
        if rows.num_rows:
            self._writers[table].write(rows)

    def close(self) -> None:
        """Finishes every file."""
        for writer in self._writers.values():
            writer.close()

    @property
    def row_counts(self) -> dict[str, int]:
        """How many rows each table has been given; 0 for one that has no file."""
        return {name: writer.rows for name, writer in self._writers.items()}
