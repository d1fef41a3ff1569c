"""The archive on disk: WARC 1.1 files, each record group written in one go and synced before anybody relies on it.

Articles stand in the archive's own folder, where `bantin run` reads them; what led to them (listings, feeds,
sitemaps) stand below `.bantin`, which it leaves out. A group is three gzip members: the response (or a revisit), the
request, and metadata that says which page of the frontier it was. File names are a time and a random number, never part
of a URL.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import IO, Any, Literal

from bantin.errors import OutputError
from bantin.scrape.exchange import MAX_BODY, Exchange, Headers
from bantin.scrape.frontier import Record

Shelf = Literal["articles", "discovery"]

STATE = ".bantin"
"""Folder of the frontier, the lock and the discovery records, inside the archive."""

MAX_FILE = 128 * 1024 * 1024
_MAX_MEMBER = 2 * MAX_BODY
_BREAKS = dict.fromkeys(map(ord, "\r\n\0"), " ")
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class Group:
    """A record group read back: the exchange, its place, and the fields of its metadata."""

    exchange: Exchange
    record: Record
    fields: dict[str, str]


class Archive:
    """The files of one archive folder, open for appending. Raises OutputError when the folder cannot be written."""

    def __init__(self, folder: Path, software: str) -> None:
        self.folder, self._software = folder, software
        self._ends: dict[Shelf, tuple[str, int]] = {}
        try:
            (folder / STATE).mkdir(parents=True, exist_ok=True)
            self._lock = (folder / STATE / "lock").open("ab")
        except OSError as e:
            raise OutputError(
                f"{folder}: cannot be written ({e.strerror}); check the path and its permissions"
            ) from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise OutputError(f"{folder}: another run is writing this archive; wait for it or stop it") from None

    def close(self) -> None:
        """Gives the folder free."""
        self._lock.close()

    def files(self) -> list[str]:
        """The archive's own files, relative to its folder, oldest first."""
        found = [*self.folder.glob("bantin-*.warc.gz"), *(self.folder / STATE).glob("bantin-*.warc.gz")]
        return [str(p.relative_to(self.folder)) for p in sorted(found, key=lambda p: p.name)]

    def append(self, exchange: Exchange, shelf: Shelf, fields: dict[str, str], previous: Record | None) -> Record:
        """Writes a record group and syncs it. `previous` is the last whole answer of the same page: the same payload,
        or status 304, becomes a revisit of it. Raises OutputError when the disk is full; nothing is left of the group.
        """
        kind, digest, data = _encode(exchange, fields, previous)
        name, size = self._end(shelf)
        self._write(name, size, data)
        self._ends[shelf] = (name, size + len(data))
        return _record(exchange, kind, digest, file=name, position=size, length=len(data))

    def resume(self, name: str, size: int) -> None:
        """Cuts a file to the bytes that are whole; appending goes on there while it is not full."""
        with (self.folder / name).open("r+b") as file:
            file.truncate(size)
            os.fsync(file.fileno())
        shelf: Shelf = "discovery" if name.startswith(STATE) else "articles"
        if 0 < size < MAX_FILE:
            self._ends[shelf] = (name, size)

    def groups(self, name: str, start: int) -> Iterator[Group]:
        """Whole record groups of a file from a byte on; ends before the first that is torn or not one of ours."""
        members: list[tuple[int, int, bytes]] = []
        with (self.folder / name).open("rb") as file:
            for position, length, data in _members(file, start):
                if data.startswith(b"WARC/1.1\r\nWARC-Type: warcinfo") or b"\r\nWARC-Type: warcinfo\r\n" in data[:500]:
                    continue
                members.append((position, length, data))
                if len(members) == 3:
                    group = _decode(name, members)
                    if group is None:
                        return
                    yield group
                    members = []

    def whole(self, name: str, start: int) -> int:
        """Where the last whole group from `start` on ends (a file's opening warcinfo record counts as whole)."""
        end = start
        if start == 0:
            with (self.folder / name).open("rb") as file:
                first = next(_members(file, 0), None)
            end = first[1] if first else 0
        for group in self.groups(name, start):
            end = group.record.position + group.record.length
        return end

    def _end(self, shelf: Shelf) -> tuple[str, int]:
        name, size = self._ends.get(shelf, ("", MAX_FILE))
        if size < MAX_FILE:
            return name, size
        name = f"bantin-{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(6)}.warc.gz"
        name = f"{STATE}/{name}" if shelf == "discovery" else name
        buffer = io.BytesIO()
        writer = _writer(buffer)
        info = {"software": self._software, "format": "WARC File Format 1.1"}
        writer.write_record(writer.create_warcinfo_record(Path(name).name, info))
        data = buffer.getvalue()
        self._write(name, 0, data)
        with _opened((self.folder / name).parent) as directory:
            os.fsync(directory)
        self._ends[shelf] = (name, len(data))
        return self._ends[shelf]

    def _write(self, name: str, position: int, data: bytes) -> None:
        path = self.folder / name
        try:
            with path.open("r+b" if position else "wb", buffering=0) as file:
                file.seek(position)
                left = memoryview(data)
                while left:
                    left = left[file.write(left) or 0 :]
                os.fsync(file.fileno())
        except OSError as e:
            with contextlib.suppress(OSError):
                os.truncate(path, position)
            why = e.strerror or str(e)
            raise OutputError(f"{self.folder}: cannot be written ({why}); make room and run again") from None


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _writer(buffer: io.BytesIO) -> Any:
    from warcio.utils import Digester
    from warcio.warcwriter import WARCWriter

    class Writer(WARCWriter):  # type: ignore[misc] # warcio carries no types
        @staticmethod
        def _create_digester() -> Any:
            return Digester("sha256")

    return Writer(buffer, gzip=True, warc_version="1.1")


def _encode(exchange: Exchange, fields: dict[str, str], previous: Record | None) -> tuple[str, str, bytes]:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.utils import Digester

    buffer = io.BytesIO()
    writer = _writer(buffer)
    date = f"{exchange.fetched:%Y-%m-%dT%H:%M:%S.%fZ}"
    common = {"WARC-Date": date} | ({"WARC-IP-Address": exchange.address} if exchange.address else {})
    line = f"{exchange.status} {responses.get(exchange.status, 'Unknown')}"
    answer = StatusAndHeaders(line, _lines(exchange.headers), protocol="HTTP/1.1")
    digester = Digester("sha256")
    digester.update(exchange.body)
    digest = str(digester)
    unmodified = exchange.status == 304
    if previous is not None and (unmodified or (exchange.status == 200 and digest == previous.digest)):
        kind, digest = "revisit", previous.digest
        first = writer.create_revisit_record(
            exchange.url, digest, previous.url, previous.fetched, http_headers=answer, warc_headers_dict=dict(common)
        )
        if unmodified:
            first.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
    else:
        kind = "response"
        first = writer.create_warc_record(
            exchange.url, "response", payload=io.BytesIO(exchange.body), length=len(exchange.body), http_headers=answer,
            warc_headers_dict=dict(common),
        )  # fmt: skip
    path = exchange.url.split("/", 3)[3] if exchange.url.count("/") > 2 else ""
    asked = StatusAndHeaders(
        f"{exchange.method} /{path} HTTP/1.1", _lines(exchange.request_headers), is_http_request=True
    )
    request = writer.create_warc_record(
        exchange.url, "request", payload=io.BytesIO(exchange.request_body), length=len(exchange.request_body),
        http_headers=asked, warc_headers_dict=dict(common),
    )  # fmt: skip
    writer.write_request_response_pair(request, first)
    about = "".join(f"{name}: {value}\r\n" for name, value in _lines(tuple(fields.items()))).encode()
    concurrent = first.rec_headers.get_header("WARC-Record-ID")
    writer.write_record(
        writer.create_warc_record(
            exchange.url, "metadata", payload=io.BytesIO(about), length=len(about),
            warc_content_type="application/warc-fields", warc_headers_dict=common | {"WARC-Concurrent-To": concurrent},
        )
    )  # fmt: skip
    return kind, digest, buffer.getvalue()


def _record(exchange: Exchange, kind: str, digest: str, *, file: str, position: int, length: int) -> Record:
    return Record(
        exchange.url, f"{exchange.fetched:%Y-%m-%dT%H:%M:%S.%fZ}", exchange.status, kind, digest,
        exchange.header("ETag"), exchange.header("Last-Modified"), file, position, length,
    )  # fmt: skip


def _members(file: IO[bytes], start: int) -> Iterator[tuple[int, int, bytes]]:
    """Position, length and content of the whole gzip members of a file; ends at the first torn or oversized one."""
    file.seek(start)
    position, rest = start, b""
    while True:
        stream, out, used = zlib.decompressobj(16 + zlib.MAX_WBITS), bytearray(), 0
        while not stream.eof:
            data = rest or file.read(65536)
            rest = b""
            if not data:
                return
            try:
                out += stream.decompress(data)
            except zlib.error:
                return
            used += len(data)
            if len(out) > _MAX_MEMBER:
                return
        rest = stream.unused_data
        yield position, used - len(rest), bytes(out)
        position += used - len(rest)


def _decode(name: str, members: list[tuple[int, int, bytes]]) -> Group | None:
    from warcio.archiveiterator import ArchiveIterator

    records = []
    for _, _, data in members:
        for record in ArchiveIterator(io.BytesIO(data), no_record_parse=False):
            records.append((record.rec_type, record.rec_headers, record.http_headers, record.raw_stream.read()))
    kinds = [kind for kind, *_ in records]
    if len(records) != 3 or kinds[0] not in ("response", "revisit") or kinds[1:] != ["request", "metadata"]:
        return None
    (kind, head, answer, body), (_, _, asked, asked_body), (_, _, _, about) = records
    exchange = Exchange(
        head.get_header("WARC-Target-URI"), asked.protocol, _pairs(asked), asked_body, int(answer.get_statuscode()),
        _pairs(answer), body, datetime.fromisoformat(head.get_header("WARC-Date")), head.get_header("WARC-IP-Address"),
    )  # fmt: skip
    fields = dict(line.split(": ", 1) for line in about.decode().splitlines() if ": " in line)
    position = members[0][0]
    length = sum(length for _, length, _ in members)
    return Group(
        exchange,
        _record(exchange, kind, head.get_header("WARC-Payload-Digest"), file=name, position=position, length=length),
        fields,
    )


def _lines(headers: Headers) -> list[tuple[str, str]]:
    """Headers that keep to their line, whatever a server has put into them."""
    return [(name.translate(_BREAKS), value.translate(_BREAKS)) for name, value in headers]


def _pairs(headers: Any) -> Headers:
    return tuple((name, value) for name, value in headers.headers)
