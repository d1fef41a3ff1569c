"""Looking at a dataset: its tables as pandas frames, and read-only SQL over `bantin.sqlite`."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bantin.dataset import sqlite
from bantin.dataset.folder import DESCRIPTOR, dataset_files
from bantin.dataset.schema import TABLE, TABLES
from bantin.errors import QueryError

if TYPE_CHECKING:
    import pandas as pd

SECONDS = 60.0
"""Time limit of one query."""

_MOST_BYTES = 256 * 1024 * 1024  # of one value that a query makes up
_STEPS_BETWEEN_LOOKS = 20_000
_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)  # fmt: skip
_PRAGMAS = frozenset({"data_version", "foreign_key_list", "index_list", "table_info", "table_list", "table_xinfo"})
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"})


class Dataset(Mapping[str, "pd.DataFrame"]):
    """The tables of a dataset as pandas frames, by name (`data["articles"]`) or attribute (`data.articles`).

    A table is read when it is first asked for. Nulls stay nulls: whole numbers and booleans have nullable types.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in TABLE:
            raise KeyError(f"{name}: no such table; there are {', '.join(TABLE)}")
        if name not in self._frames:
            self._frames[name] = _frame(self.folder / f"{name}.parquet")
        return self._frames[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as e:
            raise AttributeError(e.args[0]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(TABLE)

    def __len__(self) -> int:
        return len(TABLE)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLE]

    def __repr__(self) -> str:
        return f"<dataset {self.folder}: {', '.join(TABLE)}>"


def load_dataset(folder: str | Path) -> Dataset:
    """The dataset in `folder`. Raises QueryError if there is no whole dataset there."""
    return Dataset(_whole(Path(folder)))


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave: column names (made distinct) and rows; `truncated` if `limit` cut it off."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool

    def frame(self) -> pd.DataFrame:
        """The same as a pandas frame."""
        import pandas as pd

        return pd.DataFrame.from_records(list(self.rows), columns=list(self.columns))

    def parquet(self) -> bytes:
        """The same as a Parquet file. Raises QueryError for a column that mixes types."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            arrays = [pa.array([row[i] for row in self.rows]) for i in range(len(self.columns))]
        except (pa.ArrowInvalid, pa.ArrowTypeError) as e:
            raise QueryError(f"a column mixes types, which Parquet cannot hold ({e}); CAST it") from None
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table(arrays, names=list(self.columns)), sink, compression="zstd")
        return bytes(sink.getvalue())


def query(folder: str | Path, sql: str, limit: int | None = None, seconds: float = SECONDS) -> Result:
    """Runs one SELECT over the dataset in `folder`; nothing it does can change a file or reach another one.

    `exact_form('...')` and `folded_form('...')` fold what is searched for in the full-text indexes. Raises QueryError
    for a statement that SQLite refuses or that would write, for one over `seconds`, and where there is no dataset.
    """
    whole = _whole(Path(folder))
    with closing(_open(whole / sqlite.FILE)) as db:
        end = time.monotonic() + seconds
        db.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
        try:
            cursor = db.execute(sql)
            if cursor.description is None:
                raise QueryError("nothing to show: give one SELECT statement")
            columns = _distinct(c[0] for c in cursor.description)
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError) as e:
            raise QueryError(_said(str(e), seconds)) from None
    cut = limit is not None and len(rows) > limit
    return Result(columns, tuple(rows[:limit] if cut else rows), cut)


def _whole(folder: Path) -> Path:
    files = dataset_files(folder)
    if files is None:
        what = "no such folder" if not folder.exists() else f"no dataset of bantin (no {DESCRIPTOR} of it)"
        raise QueryError(f"{folder}: {what}; write one with `bantin run INPUT --out {folder}`")
    if missing := sorted(f for f in files if not (folder / f).is_file()):
        raise QueryError(f"{folder}: {', '.join(missing)} is missing; write the dataset again with `bantin run`")
    return folder


def _frame(file: Path) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    nullable = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = pq.read_table(file).to_pandas(types_mapper=nullable.get)
    return frame


def _open(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"file:{quote(str(file.resolve()))}?mode=ro", uri=True)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
    db.execute("PRAGMA query_only = ON")
    for form in (sqlite.exact_form, sqlite.folded_form):
        db.create_function(form.__name__, 1, form, deterministic=True)
    db.set_authorizer(_authorize)
    return db


def _authorize(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    if action == sqlite3.SQLITE_PRAGMA:
        allowed = first in _PRAGMAS
    elif action == sqlite3.SQLITE_UPDATE:
        allowed = first == "sqlite_master"  # how a virtual table declares its columns; the file stays read-only
    elif action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() not in _FORBIDDEN_FUNCTIONS
    else:
        allowed = action in _ALLOWED
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    taken: list[str] = []
    for name in names:
        fresh, count = name, 2
        while fresh in taken:
            fresh, count = f"{name}_{count}", count + 1
        taken.append(fresh)
    return tuple(taken)


def _said(message: str, seconds: float) -> str:
    """SQLite's message in the words of the user's task."""
    if message == "interrupted":
        return f"the query took over {seconds:g} s and was stopped; narrow it with WHERE or LIMIT"
    if message.startswith(("not authorized", "attempt to write", "authorization denied")):
        return f"{message}: a dataset is only read; give one SELECT statement"
    if "one statement at a time" in message:
        return "give one statement, not several"
    if message.startswith("no such table"):
        return f"{message}; there are {', '.join(t.name for t in TABLES)}, {sqlite.EXACT}, {sqlite.FOLDED}"
    if message.startswith("no such column"):
        return f"{message}; {_columns_hint(message.rpartition(' ')[2])}"
    return message


def _columns_hint(name: str) -> str:
    column = name.rpartition(".")[2].lower()
    tables = [t.name for t in TABLES if column in t.names]
    if tables:
        return f"{column} stands in {', '.join(tables)}"
    return "`SELECT name FROM pragma_table_info('articles')` lists the columns of a table"
