"""Staged Parquet files asked by query, and the answer written as a table's file again."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN, Table
from safeboard.figures.tables.parquet import ROWS_A_GROUP, TableWriter
from safeboard.figures.tables.schema import arrow_schema

MEMORY: Final = "256MB"


@contextmanager
def database(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that keeps within `MEMORY` and puts what does not fit into the folder `scratch`."""
    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(scratch / "spill")})
    try:
        yield connection
    finally:
        connection.close()


def files_relation(files: Iterable[Path]) -> str:
    """The rows of all these files, as a query can name them."""
    names = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{names}])"


def write_rows(connection: duckdb.DuckDBPyConnection, table: Table, query: str, to: Path) -> int:
    """Writes the query's rows, in the order of their sources and lines, as the table's file in `to`; their number."""
    ordered = f"SELECT * FROM ({query}) ORDER BY {SOURCE_COLUMN}, {LINE_COLUMN}, {table.key}"
    writer = TableWriter(table, to)
    for batch in connection.sql(ordered).to_arrow_reader(ROWS_A_GROUP):
        writer.write(pa.Table.from_batches([batch]).cast(arrow_schema(table)))
    writer.close()
    return writer.rows
