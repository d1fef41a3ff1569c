"""`bantin.sqlite`: a copy of the Parquet tables with keys, indexes and two full-text indexes.

`articles_exact` holds title and text in canonical spelling, diacritics kept; `articles_folded` the same without
diacritics and with `đ` as `d`. Both point to `articles` by rowid, so `snippet()` and `highlight()` print the text as it
stands. What is searched for is folded likewise: `exact_form` and `folded_form`, also SQL functions in `bantin query`.
"""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bantin.dataset.schema import TABLES, ColumnType, Table
from bantin.text import fold, lower

if TYPE_CHECKING:
    import pyarrow as pa

FILE = "bantin.sqlite"
EXACT, FOLDED = "articles_exact", "articles_folded"
ROWS_A_BATCH = 500

_TYPES: dict[ColumnType, str] = {
    "string": "TEXT",
    "array": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
}
_MARKS = re.compile("[\u0300-\u036f]")
# Whatever is neither a Latin letter, whose marks SQLite takes off itself, nor a sign.
_FOREIGN = re.compile("[^\0-\u01df\u0200-\u024f\u1e00-\u1eff\u2000-\u2bff]")


def exact_form(text: str) -> str:
    """The spelling under which the exact index finds a text: one placement of tone marks, `Ð` as `Đ`."""
    return fold(unicodedata.normalize("NFC", text))


def folded_form(text: str) -> str:
    """The spelling under which the folded index finds a text: lower case, no diacritics, `đ` as `d`."""
    return _without_diacritics(exact_form(text))


def _without_diacritics(exact: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", lower(exact))).replace("đ", "d")


def _to_fold(exact: str) -> str:
    """A text in the spelling whose marks the folded index takes off: quicker than `folded_form`, and found by it."""
    return _without_diacritics(exact) if _FOREIGN.search(exact) else exact.replace("đ", "d").replace("Đ", "D")


def ddl(table: Table) -> str:
    """The CREATE TABLE statement of a table: types, nulls, primary and foreign keys."""
    lines = [f"{quoted(c.name)} {_TYPES[c.type]}{' NOT NULL' if c.required else ''}" for c in table.columns]
    if table.primary_key:
        lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.primary_key))})")
    lines += [
        f"FOREIGN KEY ({quoted(k.column)}) REFERENCES {quoted(k.table)} ({quoted(k.target)})"
        for k in table.foreign_keys
    ]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def opened(file: Path | str, *settings: str) -> sqlite3.Connection:
    """A database without a journal: a fault leaves a file that is thrown away. `settings` are further pragmas."""
    db = sqlite3.connect(file, isolation_level=None)
    for setting in (*settings, "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
        db.execute(f"PRAGMA {setting}")
    return db


def build(file: Path, tables: Path) -> None:
    """Makes `file` from the Parquet files in `tables`. Raises OSError or sqlite3.Error; same tables, same bytes."""
    with closing(opened(file, "page_size = 4096")) as db:  # the page size is the same everywhere
        db.execute("BEGIN")
        for table in TABLES:
            db.execute(ddl(table))
            slots = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO {quoted(table.name)} VALUES ({slots})"  # noqa: S608 -- the schema's own names
            for one in _batches(tables / f"{table.name}.parquet"):
                db.executemany(insert, zip(*map(_cells, one.columns), strict=True))
        for table in TABLES:
            for column in table.indexes:
                name = quoted(f"{table.name}_{column}")
                db.execute(f"CREATE INDEX {name} ON {quoted(table.name)} ({quoted(column)})")
        _index_text(db)
        db.execute("COMMIT")


def _batches(file: Path) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pa.OSFile(str(file)) as opened, pq.ParquetFile(opened, pre_buffer=False) as source:
        yield from source.iter_batches(ROWS_A_BATCH, use_threads=False)


def _cells(column: pa.Array[Any]) -> list[Any]:
    """The cells of a column as they are bound: NaN, which SQLite keeps as NULL, is bound far quicker than None."""
    cells: list[Any] = column.to_pylist()
    return [math.nan if c is None else c for c in cells] if column.null_count else cells


def _index_text(db: sqlite3.Connection) -> None:
    for index, removed in ((EXACT, 0), (FOLDED, 2)):  # 2: of letters with two marks too, "ệ"; `đ` is none of these
        options = f"content='articles', tokenize=\"unicode61 remove_diacritics {removed}\""
        db.execute(f"CREATE VIRTUAL TABLE {index} USING fts5(title, text, {options})")
    insert = "INSERT INTO {} (rowid, title, text) VALUES (?, ?, ?)"
    into_exact, into_folded = insert.format(EXACT), insert.format(FOLDED)
    for n, title, text in db.execute("SELECT rowid, title, text FROM articles ORDER BY rowid"):
        exact = exact_form(title or ""), exact_form(text)
        db.execute(into_exact, (n, *exact))
        db.execute(into_folded, (n, *map(_to_fold, exact)))
    for index in (EXACT, FOLDED):
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 -- our own names
