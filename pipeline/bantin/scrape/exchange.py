"""One request and its answer, as they went over the wire (without the transfer coding)."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from bantin.scrape.refusal import Refused

MAX_BODY = 8 * 1024 * 1024
"""Bytes of an answer, as sent and decompressed. A bulletin has some hundred kilobytes; a sitemap may have millions."""

_MAX_CODINGS = 3
_PIECE = 4096
ACCEPT_ENCODING = "gzip, deflate"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """`body` is as sent: still compressed where `Content-Encoding` says so. `fetched` is UTC."""

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    headers: Headers
    body: bytes
    fetched: datetime
    address: str | None = None

    def header(self, name: str) -> str:
        """The value of a header of the answer, several joined by commas, "" where there is none."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    def content(self) -> bytes:
        """The body decompressed. Raises Refused("too_large") over MAX_BODY and Refused("encoding")."""
        body = self.body
        codings = [c.strip().lower() for c in self.header("Content-Encoding").split(",") if c.strip()]
        if len(codings) > _MAX_CODINGS:
            raise Refused("encoding", f"{len(codings)} codings over one another")
        for coding in reversed(codings):
            if coding in ("gzip", "x-gzip", "deflate"):
                body = inflated(body)
            elif coding != "identity":
                raise Refused("encoding", f"Content-Encoding {coding[:40]}")
        return body


def inflated(data: bytes) -> bytes:
    """gzip, zlib or raw deflate data in the open, at most MAX_BODY bytes of it in memory. A torn end is cut off."""
    if not data:
        return data
    try:
        return _inflate(data, 32 + zlib.MAX_WBITS)
    except zlib.error:
        try:
            return _inflate(data, -zlib.MAX_WBITS)
        except zlib.error as e:
            raise Refused("encoding", f"damaged: {e}") from None


def _inflate(data: bytes, window: int) -> bytes:
    out, position = bytearray(), 0
    while True:
        stream = zlib.decompressobj(window)
        while position < len(data) and not stream.eof:
            piece = data[position : position + _PIECE]  # zlib copies what it leaves: many members would cost its square
            out += stream.decompress(piece, 65536)
            position += len(piece) - len(stream.unconsumed_tail) - len(stream.unused_data)
            if len(out) > MAX_BODY:
                raise Refused("too_large", f"more than {MAX_BODY:,} bytes decompressed")
        if not data.startswith(b"\x1f\x8b", position):  # members of one gzip file
            return bytes(out)
