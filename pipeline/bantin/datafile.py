"""Data files a maintainer edits: TOML and CSV, UTF-8 and NFC, with errors that name file and record."""

from __future__ import annotations

import csv
import io
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bantin.errors import DataFileError


def packaged(*parts: str) -> Traversable:
    """A data file inside the package, for example `packaged("lexicons", "units.csv")`."""
    return files("bantin").joinpath(*parts)


def _text(file: Traversable | Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataFileError(file, "-", "no such file") from None
    except UnicodeDecodeError as e:
        raise DataFileError(file, f"byte {e.start}", "not UTF-8; save it as UTF-8 without a byte order mark") from None
    if not unicodedata.is_normalized("NFC", text):
        line = next(i for i, ln in enumerate(text.splitlines(), 1) if not unicodedata.is_normalized("NFC", ln))
        raise DataFileError(file, f"line {line}", "not NFC; compose the letters (Unicode normal form C)")
    return text


def read_toml(file: Traversable | Path) -> dict[str, Any]:
    """A TOML file as a dict. Raises DataFileError on bad encoding, decomposed letters or bad syntax."""
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as e:
        raise DataFileError(file, "-", f"not TOML: {e}") from None


def read_csv(file: Traversable | Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a CSV file with exactly these columns, values trimmed. Raises DataFileError with the line."""
    reader = csv.reader(io.StringIO(_text(file)))
    rows = [(reader.line_num, row) for row in reader if row and not row[0].lstrip().startswith("#")]
    if not rows:
        raise DataFileError(file, "line 1", f"no header; expected {','.join(columns)}")
    (line, header), body = rows[0], rows[1:]
    if tuple(c.strip() for c in header) != columns:
        raise DataFileError(file, f"line {line}", f"header is {','.join(header)}; expected {','.join(columns)}")
    out = []
    for line, row in body:
        if len(row) != len(columns):
            raise DataFileError(
                file, f"line {line}", f"{len(row)} fields; expected {len(columns)} ({','.join(columns)})"
            )
        out.append(dict(zip(columns, (c.strip() for c in row), strict=True)))
    return out


def check_keys(
    file: object, record: object, table: Mapping[str, Any], required: Iterable[str], optional: Iterable[str] = ()
) -> None:
    """Raises DataFileError if a required key is missing or an unknown one stands there."""
    need, may = set(required), set(required) | set(optional)
    if missing := sorted(need - table.keys()):
        raise DataFileError(file, record, f"missing {', '.join(missing)}")
    if unknown := sorted(table.keys() - may):
        raise DataFileError(file, record, f"unknown key {', '.join(unknown)}; known: {', '.join(sorted(may))}")
