"""One source to its articles: opens the file, asks the reader of its type, turns every fault into a `Reject`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from bantin.errors import ReadError
from bantin.read.build import Fields, Origin
from bantin.read.decode import decode
from bantin.read.fonts import plain_entities_read
from bantin.read.plain import read_plain
from bantin.read.rows import read_rows
from bantin.read.source import KINDS, Source
from bantin.read.table import read_csv, read_parquet
from bantin.types import Article, Reject

_PAGE = re.compile(r"\s*(?:<!doctype html|<html)\b", re.I)  # a page saved as text
TEXT_LIMIT = 20_000_000  # bytes of one file that is one article


def read(source: Source) -> Iterator[Article | Reject]:
    """The articles of one source: one of a text or a page, one a row or record. Never raises for what a file holds."""
    try:
        if source.kind in ("jsonl", "jsonl.gz"):
            yield from read_rows(source)
        elif source.kind == "csv":
            yield from read_csv(source)
        elif source.kind == "parquet":
            yield from read_parquet(source)
        elif source.kind == "warc":
            from bantin.read.warc import read_warc  # lxml is slow to import

            yield from read_warc(source)
        else:
            yield _read_one(source)
    except ReadError as e:
        yield Reject(source.label, None, "read", e.reason, e.detail)
    except OSError as e:
        yield Reject(source.label, None, "read", "unreadable", e.strerror or str(e))


def _read_one(source: Source) -> Article:
    if source.kind == "unsupported":
        raise ReadError("unsupported", f"not a file that bantin reads ({', '.join(KINDS)})")
    data = _bytes(source, TEXT_LIMIT)
    if not data.strip():
        raise ReadError("empty", "an empty file")
    text, origin = decode(data), Origin(source.path, source.label)
    if source.kind != "html" and not _PAGE.match(text):
        return read_plain(plain_entities_read(text), origin)
    from bantin.read.html import read_html  # lxml is slow to import

    return read_html(text, origin, Fields())


def _bytes(source: Source, limit: int) -> bytes:
    with source.path.open("rb") as file:
        # `read(limit)` makes room for so much before it reads, which costs more than all else here.
        data = file.read() if os.fstat(file.fileno()).st_size <= limit else None
    if data is None or len(data) > limit:
        raise ReadError("too_large", f"more than {limit:,} bytes in one article")
    return data
