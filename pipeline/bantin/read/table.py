"""CSV and Parquet files whose rows are articles, with the same columns as the fields of a JSONL row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from bantin.errors import ReadError
from bantin.read.build import Origin
from bantin.read.fault import attempt
from bantin.read.rows import ROW_LIMIT, article_of
from bantin.read.source import Source
from bantin.types import Article, Reject

COLUMNS = ("text", "html", "url", "title", "published", "author")
_BATCH = 16  # rows of a Parquet file that are held at a time


def read_csv(source: Source) -> Iterator[Article | Reject]:
    """Every row of a CSV file (UTF-8, a header with `text` or `html`), or a reject that names it, counted from 1.

    Raises ReadError where the file has no such header.
    """
    csv.field_size_limit(ROW_LIMIT)
    number = 0
    try:
        with source.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check(reader.fieldnames or ())
            for number, row in enumerate(reader, 1):
                origin = Origin(source.path, source.label, str(number))
                yield attempt(partial(article_of, row, origin), origin)
    except csv.Error as e:
        yield Reject(source.label, str(number + 1), "read", "malformed", f"not CSV after row {number}: {e}")
    except UnicodeDecodeError as e:
        detail = f"not UTF-8 after row {number} (byte {e.object[e.start]:#04x}); save the file as UTF-8"
        yield Reject(source.label, str(number + 1), "read", "undecodable", detail)


def read_parquet(source: Source) -> Iterator[Article | Reject]:
    """Every row of a Parquet file, or a reject that names it, counted from 1.

    Raises ReadError where the file is no Parquet or has no column `text` or `html`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(source.path) as file:
            names = file.schema_arrow.names
            _check(names)
            for batch in file.iter_batches(_BATCH, columns=[c for c in COLUMNS if c in names]):
                for row in batch.to_pylist():
                    number += 1
                    origin = Origin(source.path, source.label, str(number))
                    yield attempt(partial(article_of, _dated(row), origin), origin)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as e:
        if number == 0:
            raise ReadError("malformed", f"not a Parquet file: {str(e)[:200]}") from None
        yield Reject(source.label, str(number + 1), "read", "unreadable", f"after row {number}: {str(e)[:200]}")


def _check(columns: Any) -> None:
    if not {"text", "html"} & set(columns):
        named = ", ".join(map(str, columns))[:200] or "none"
        raise ReadError("malformed", f"a table of articles needs a column text or html; this one has {named}")


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose dates are written out, as they stand in the other kinds of files."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
