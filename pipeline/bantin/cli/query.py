"""`bantin query`: SQL over a dataset, as a table on the terminal or as CSV, JSON or Parquet."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from bantin.cli.terminal import plain

if TYPE_CHECKING:
    from bantin.query import Result

ROWS_OF_A_TABLE = 100
WIDTH_OF_A_COLUMN = 9
"""A terminal with less room a column shows a row as a list of its cells."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def query(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A dataset of `bantin run`.", show_default=False)],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT statement.", show_default=False)],
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", min=1, metavar="N", help=f"At most N rows; a table has {ROWS_OF_A_TABLE}."),
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="How to print the rows; a FILE tells by its name.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, not to stdout.")
    ] = None,
) -> None:
    """Run SQL over a dataset. It is only read: nothing that a statement does can change it.

    Tables and columns are described in DIR/datapackage.json. Full-text search: articles_exact keeps diacritics,
    articles_folded has none. exact_form('...') and folded_form('...') fold what is searched for likewise. CSV cells
    that a spreadsheet would take for a formula have an apostrophe before them. Exit 2 for a statement that is refused.

    \b
    Example: bantin query dataset "SELECT symbol, articles FROM directives ORDER BY articles DESC"
             bantin query dataset "SELECT * FROM indicators" --output indicators.csv
             bantin query dataset "SELECT title FROM articles_folded WHERE articles_folded MATCH 'chuyen doi so'"
    """
    from bantin.errors import QueryError
    from bantin.query import query as run_query

    if form is None:
        form = Format.table if output is None else _told_by(output)
    if form is Format.parquet and output is None and sys.stdout.isatty():
        raise QueryError("Parquet is no text for a terminal; add --output FILE")
    result = run_query(folder, sql, limit or (ROWS_OF_A_TABLE if form is Format.table else None))
    if form is Format.parquet:
        _write(result.parquet(), output)
    elif form is Format.table and output is not None:
        with output.open("w", encoding="utf-8") as file:
            _table(result, file)
    elif form is Format.table:
        _table(result, sys.stdout)
    else:
        _write((_csv if form is Format.csv else _json)(result).encode(), output)
    if result.truncated:
        print(f"bantin: the first {len(result.rows):,} rows; --limit N shows more", file=sys.stderr)


def _told_by(output: Path) -> Format:
    """The format that the name of a file tells; a table where it tells none."""
    end = output.suffix.removeprefix(".").lower()
    return Format(end) if end in {form.value for form in Format} else Format.table


def _table(result: Result, file: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # What is piped on is not folded to the width of a terminal.
    whole = max(80, 1 + sum(_width(result, i) for i in range(len(result.columns))))
    console = Console(file=file, width=None if file.isatty() else whole)
    if len(result.columns) * WIDTH_OF_A_COLUMN > console.width:
        _records(result, file)
        return
    table = Table()
    for i, name in enumerate(result.columns):
        cells = [row[i] for row in result.rows]
        numeric = any(c is not None for c in cells) and all(c is None or isinstance(c, int | float) for c in cells)
        table.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(_shown(c)) for c in row))
    console.print(table)


def _width(result: Result, column: int) -> int:
    return 3 + max(len(result.columns[column]), *(len(_shown(row[column])) for row in result.rows), 0)


def _records(result: Result, file: TextIO) -> None:
    """One line a cell, for rows that are too wide to stand side by side."""
    width = max(map(len, result.columns))
    for row in result.rows:
        for name, cell in zip(result.columns, row, strict=True):
            if cell is not None:
                print(f"{name:{width}}  {_shown(cell)}", file=file)
        print(file=file)


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:,.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else plain(str(cell))


def _csv(result: Result) -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_harmless, result.columns))
    writer.writerows([_harmless(c) for c in row] for row in result.rows)
    return text.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _json(result: Result) -> str:
    import json

    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=repr) + "\n"


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
