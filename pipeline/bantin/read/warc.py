"""WARC files of any origin (Common Crawl, wget, browsers, our own) to articles: which records hold pages.

Read are `response` and `resource` records of an http(s) address whose body is HTML or plain text, and `conversion`
records (the plain text of a page). Answers other than 200 and 203 and bodies of other types are no articles; a
`revisit` says that a page is what an earlier record holds. Both are counted in one row of `rejects` a file. Records
about the crawl itself (`warcinfo`, `request`, `metadata`, addresses that are not http) are passed over.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import brotli
from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from bantin.errors import ReadError
from bantin.read.archive import Loss, Record, records
from bantin.read.build import Fields, Origin
from bantin.read.decode import decode
from bantin.read.fault import attempt
from bantin.read.html import read_html
from bantin.read.plain import read_plain
from bantin.read.source import Source
from bantin.types import Article, Reject

BODY_LIMIT = 20_000_000  # bytes of one page when it is unpacked
PAGES = ("text/html", "application/xhtml+xml")
UNTOLD = ("", "application/octet-stream", "application/unknown", "unk")  # the type has to be seen from the bytes
_CHUNK = 1 << 16
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*|<\?xml.{0,200}?>\s*)?<(?:!doctype html|html|head|body)\b",
    re.I | re.S,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_HTTP = StatusAndHeadersParser(["HTTP/"], verify=False)
_LISTED = 12  # kinds of records named in the row that counts them


def read_warc(source: Source) -> Iterator[Article | Reject]:
    """Every page of a WARC file as an article or a reject (`source_record` is the record's id), every damaged place as
    a reject `unreadable` (its record is `offset:` and the byte), last the count of the records that are no pages.
    """
    other: Counter[str] = Counter()
    with source.path.open("rb") as file:
        for record in records(file):
            if isinstance(record, Loss):
                reason = "too_large" if record.too_large else "unreadable"
                yield Reject(source.label, f"offset:{record.offset}", "read", reason, record.detail)
                continue
            kind = _not_a_page(record)
            if kind is not None:
                other.update([kind] if kind else [])
                continue
            origin = Origin(source.path, source.label, _identity(record))
            yield attempt(partial(_page, record, origin), origin)
    if other:
        listed = ", ".join(f"{n:,} {kind}" for kind, n in other.most_common(_LISTED))
        rest = len(other) - _LISTED
        detail = f"records that are no pages: {listed}" + (f" and {rest} other kinds" if rest > 0 else "")
        yield Reject(source.label, None, "read", "not_article", detail)


def _identity(record: Record) -> str:
    return (record.get("WARC-Record-ID") or "").strip("<>") or f"offset:{record.offset}"


def _address(record: Record) -> str:
    return (record.get("WARC-Target-URI") or "").strip("<>")


def _not_a_page(record: Record) -> str | None:
    """What a record is counted as that holds no page ("" where it is not counted); None for a page."""
    kind = (record.get("WARC-Type") or "").lower()
    if not _address(record).lower().startswith(("http://", "https://")):
        return ""
    if kind == "revisit":
        return "revisit"
    if kind not in ("response", "resource", "conversion"):
        return ""
    status, media, _, body = _opened(record)
    if status not in (None, "200", "203"):
        return f"status {status}"[:40]
    if media in PAGES or media == "text/plain" or (media in UNTOLD and _PAGE.match(body[:4000])):
        return None
    return media[:60] or "of unknown type"


def _opened(record: Record) -> tuple[str | None, str, StatusAndHeaders | None, bytes]:
    """(HTTP status, media type, HTTP header, body as it was sent) of a record; no status outside of HTTP."""
    said = record.get("Content-Type") or ""
    if (record.get("WARC-Type") or "").lower() == "response":
        stream = BytesIO(record.block)
        try:
            http = _HTTP.parse(stream)
        except EOFError:
            return "missing", "", None, b""
        status = (http.statusline.split() or ["missing"])[0]
        return status, _media(http.get_header("Content-Type") or ""), http, record.block[stream.tell() :]
    return None, _media(said), None, record.block


def _media(content_type: str) -> str:
    return content_type.split(";", maxsplit=1)[0].strip().lower()


def _page(record: Record, origin: Origin) -> Article:
    """The article of a record. Raises ReadError."""
    _, media, http, body = _opened(record)
    declared = record.get("Content-Type") or ""
    if http is not None:
        declared = http.get_header("Content-Type") or ""
        body = _unpacked(body, http)
    if len(body) > BODY_LIMIT:
        raise ReadError("too_large", f"a page of more than {BODY_LIMIT:,} bytes")
    if not body.strip():
        raise ReadError("empty", "a response without a body")
    charset = _CHARSET.search(declared)
    text = decode(body, charset.group(1) if charset else None)
    fields = Fields(url=_address(record), fetched=_moment(record.get("WARC-Date")))
    if media == "text/plain" and not _PAGE.match(body[:4000]):
        return read_plain(text, origin, fields)
    return read_html(text, origin, fields)


def _moment(value: str | None) -> str | None:
    """A WARC-Date as ISO to the second in UTC, None where it is not one."""
    try:
        moment = datetime.fromisoformat(value or "")
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the first day of the year 1 has no earlier one in UTC
        return None
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


# --- bodies


def _unpacked(body: bytes, http: StatusAndHeaders) -> bytes:
    """A body without transfer and content encoding, cut off behind BODY_LIMIT.

    Archives keep encoded bodies, or plain ones under headers that still speak of an encoding. Raises ReadError.
    """
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        body = _joined(body)
    for encoding in reversed((http.get_header("Content-Encoding") or "").lower().replace(" ", "").split(",")):
        if (decoder := _DECODERS.get(encoding)) is not None:
            try:
                body = decoder(body)
            except (zlib.error, brotli.error) as e:
                if not _is_text(body):
                    raise ReadError("malformed", f"the {encoding} body of the page is broken ({e})") from None
        elif encoding not in ("", "identity") and not _is_text(body):
            raise ReadError("unsupported", f"a body in the encoding {encoding[:40]!r}")
    return body


def _joined(body: bytes) -> bytes:
    """A chunked body in one piece; one that is no longer chunked as it is."""
    reader = ChunkedDataReader(BytesIO(body))
    parts = []
    while part := reader.read(_CHUNK):
        parts.append(part)
    return b"".join(parts)


def _is_text(body: bytes) -> bool:
    return b"<" in body[:1000] and b"\0" not in body[:1000]


def _gunzip(body: bytes) -> bytes:
    return zlib.decompressobj(47).decompress(body, BODY_LIMIT + 1)


def _inflate(body: bytes) -> bytes:
    try:
        return _gunzip(body)
    except zlib.error:  # without the header that the standard asks for
        return zlib.decompressobj(-15).decompress(body, BODY_LIMIT + 1)


def _unbrotli(body: bytes) -> bytes:
    decoder = brotli.Decompressor()
    parts = [decoder.process(body, output_buffer_limit=_CHUNK)]
    size = len(parts[0])
    while not decoder.is_finished() and size <= BODY_LIMIT:
        part = decoder.process(b"", output_buffer_limit=_CHUNK)
        if not part:  # cut in the archive
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


_DECODERS = {"gzip": _gunzip, "x-gzip": _gunzip, "deflate": _inflate, "br": _unbrotli}
