"""`datapackage.json`: the Frictionless descriptor of a dataset, which is its data dictionary and its manifest.

Nothing in it depends on the clock, the machine or the number of workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from bantin.dataset import sqlite
from bantin.dataset.folder import DESCRIPTOR, GENERATOR, sync
from bantin.dataset.schema import TABLES, Column, Table

SQLITE_RESOURCE = "bantin-sqlite"


def write_descriptor(folder: Path, rows: Mapping[str, int], made: Mapping[str, Any]) -> None:
    """Writes the descriptor of the tables that stand in `folder`.

    `rows` counts the rows of each table; `made` says what they were made from and with, and stands under "bantin".
    """
    resources = [
        {
            "name": t.name,
            "type": "table",
            "title": t.name.replace("_", " "),
            "description": t.description,
            **_file(folder / f"{t.name}.parquet"),
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "rows": rows[t.name],
            "schema": table_schema(t),
        }
        for t in TABLES
    ]
    resources.append(
        {
            "name": SQLITE_RESOURCE,
            "type": "file",
            "title": "the tables in SQLite",
            "description": "A copy of every table with indexes; full-text indexes "
            f"{sqlite.EXACT} (diacritics kept) and {sqlite.FOLDED} (no diacritics, đ as d).",
            **_file(folder / sqlite.FILE),
            "format": "sqlite",
            "mediatype": "application/vnd.sqlite3",
        }
    )
    descriptor = {
        "name": "bantin",
        "profile": "data-package",
        "title": "Vietnamese committee bulletins: directives, dates, people, roles, indicators",
        "description": "Every row points to the characters it was read from: articles.text[char_start:char_end].",
        "resources": resources,
        GENERATOR: made,
    }
    file = folder / DESCRIPTOR
    temporary = file.with_suffix(".tmp")
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(descriptor), indent=1) + b"\n")
    sync(temporary)
    temporary.rename(file)


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a table: fields with constraints, primary and foreign keys."""
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns], "missingValues": [""]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": [k.column],
                "reference": {"resource": "" if k.table == table.name else k.table, "fields": [k.target]},
            }
            for k in table.foreign_keys
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    for key in ("pattern", "minimum", "maximum"):
        if (value := getattr(column, key)) is not None:
            constraints[key] = value
    if column.enum:
        constraints["enum"] = list(column.enum)
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    return field | ({"constraints": constraints} if constraints else {})


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    # No "bytes": the frictionless library cannot count those of a Parquet file and would call it invalid.
    return {"path": path.name, "hash": f"sha256:{digest}"}
