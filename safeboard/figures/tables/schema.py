"""The declaration as a machine reads it: Arrow types for every standard table."""

from typing import Final

import pyarrow as pa

from safeboard.figures.tables.declaration import LINE_COLUMN, SOURCE_COLUMN, Kind, Table

ARROW_TYPES: Final = {
    Kind.IDENTIFIER: pa.string(),
    Kind.CODE: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.WHOLE_NUMBER: pa.int32(),
    Kind.YES_NO: pa.bool_(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The table's columns in declared order, then the two that say where each row came from."""
    fields = [pa.field(column.name, ARROW_TYPES[column.kind]) for column in table.columns]
    return pa.schema([*fields, pa.field(SOURCE_COLUMN, pa.int16()), pa.field(LINE_COLUMN, pa.int32())])
