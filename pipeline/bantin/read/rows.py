"""JSONL, plain or gzipped: a row is an article, read one line at a time in bounded memory."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import IO, Any

from bantin.errors import ReadError
from bantin.read.build import Fields, Origin
from bantin.read.decode import decode, mended
from bantin.read.fault import attempt
from bantin.read.fonts import plain_entities_read
from bantin.read.plain import read_row_text
from bantin.read.source import Source
from bantin.types import Article, Reject

ROW_LIMIT = 24_000_000  # bytes of one line
_CHUNK = 1 << 20
_TEXTS = ("title", "author", "text", "html")
_BETWEEN = "\n\x1d\n"  # a control character that no encoding has as a letter


def read_rows(source: Source) -> Iterator[Article | Reject]:
    """Every row of a JSONL file as an article, or as a reject that names the row (`source_record`, counted from 1)."""
    number = 0
    try:
        with open_rows(source) as file:
            for number, line in _lines(file):
                origin = Origin(source.path, source.label, str(number))
                if line is None:
                    yield Reject(
                        source.label, str(number), "read", "too_large", f"a line of {ROW_LIMIT:,} bytes or more"
                    )
                elif line.strip():
                    yield attempt(partial(read_row, line, origin), origin)
    except (OSError, EOFError, zlib.error) as e:
        detail = f"after row {number}: {getattr(e, 'strerror', None) or e or 'the file ends too early'}"
        yield Reject(source.label, str(number + 1), "read", "unreadable", detail)


def open_rows(source: Source) -> gzip.GzipFile | IO[bytes]:
    """The file of a source as bytes, unpacked if it is gzipped. Raises OSError."""
    return gzip.open(source.path, "rb") if source.kind == "jsonl.gz" else source.path.open("rb")


def _lines(file: gzip.GzipFile | IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their number, from 1; None for one that is too long, of which nothing is kept."""
    number = 0
    while line := file.readline(ROW_LIMIT + 1):
        number += 1
        if len(line) <= ROW_LIMIT or line.endswith(b"\n"):
            yield number, line
            continue
        yield number, None
        while line and not line.endswith(b"\n"):
            line = file.readline(_CHUNK)


def read_row(line: bytes, origin: Origin) -> Article:
    """The article of one line of JSON. Raises ReadError."""
    return article_of(_parse(line), origin)


def article_of(row: Mapping[str, Any], origin: Origin) -> Article:
    """The article of one row. Raises ReadError."""
    row = _mended(row)
    fields = Fields(
        title=_text(row, "title"),
        published=_text(row, "published"),
        author=_text(row, "author"),
        url=_text(row, "url"),
    )
    text, html = _text(row, "text"), _text(row, "html")
    if text is not None and (text.strip() or not html):
        return read_row_text(plain_entities_read(text), origin, fields)
    if html is not None:
        from bantin.read.html import read_html  # lxml is slow to import

        return read_html(html, origin, fields)
    held = ", ".join(f"{key} ({type(row[key]).__name__})" for key in sorted(map(str, row))[:8] if key in row)
    raise ReadError("malformed", f"a row needs text or html as a string; this one has {held or 'nothing'}")


def _parse(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(decode(line, markup=False).strip("\ufeff \t\r\n"))
    except ValueError as e:
        raise ReadError("malformed", f"not JSON: {e}") from None
    except RecursionError:
        raise ReadError("malformed", "JSON nested too deeply") from None
    if not isinstance(row, dict):
        raise ReadError("malformed", f"a row must be an object with text or html, not {type(row).__name__}")
    return row


def _mended(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row with what is damaged in its text made right: all fields weighed together, since a title says little."""
    names = [name for name in _TEXTS if isinstance(row.get(name), str) and _BETWEEN not in row[name]]
    fields = mended(_BETWEEN.join(row[name] for name in names)).split(_BETWEEN)
    return {**row, **dict(zip(names, fields, strict=True))} if names else row


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if not isinstance(value, str):
        return None
    # Half of a surrogate pair is no character and could not be written: the length stays.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_surrogates(value) else value


def _has_surrogates(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
