"""The tables in Arrow: their schemas, rows to batches, and Parquet files whose bytes depend on nothing but the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bantin.dataset.rows import Row
from bantin.dataset.schema import TABLE, Column

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_GROUP = 131_072
BYTES_A_GROUP = 16 * 1024 * 1024
"""A row group is written once it holds this many rows or bytes: bounds memory, and is the same on every run."""


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table; each field carries its description."""
    return _schema(TABLE[table].columns)


@cache
def schema_with(table: str, column: Column) -> pa.Schema:
    """The schema of a table with one more column behind it."""
    return _schema((*TABLE[table].columns, column))


def _schema(columns: Iterable[Column]) -> pa.Schema:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "array": pa.string(),
    }
    return pa.schema(
        [
            pa.field(c.name, types[c.type], nullable=not c.required, metadata={"description": c.description})
            for c in columns
        ]
    )


def batch(schema: pa.Schema, rows: Sequence[Row]) -> pa.RecordBatch:
    """Rows as one record batch. Raises ValueError or TypeError for a cell that its column cannot hold."""
    import pyarrow as pa

    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = []
    for field, cells in zip(schema, columns, strict=True):
        array = pa.array(cells, field.type)
        if not field.nullable and array.null_count:
            raise ValueError(f"column {field.name} is never null, but a row has nothing there")
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def write_parquet(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Writes batches into one Parquet file and returns the number of rows. Same rows, same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Texts are most of the bytes and shrink well; beside other columns, zstd takes longer to begin than to work.
    compression = {name: "zstd" if name == "text" else "snappy" for name in schema.names}
    total = 0
    with (
        pa.OSFile(str(path), "wb") as file,  # a path is looked up among the file systems of Arrow first
        pq.ParquetWriter(file, schema, version="2.6", compression=compression) as writer,
    ):
        for table in _groups(schema, batches):
            writer.write_table(table, row_group_size=max(1, table.num_rows))
            total += table.num_rows
    return total


def _groups(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    rows = size = 0
    for one in batches:
        held.append(one)
        rows += one.num_rows
        size += one.nbytes
        if rows >= ROWS_A_GROUP or size >= BYTES_A_GROUP:
            yield pa.Table.from_batches(held, schema).combine_chunks()
            held, rows, size = [], 0, 0
    if held:
        yield pa.Table.from_batches(held, schema).combine_chunks()
