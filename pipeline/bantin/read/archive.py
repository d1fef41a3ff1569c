"""The records of a WARC file in order, each whole or named as lost: framing that goes on behind a damaged place.

A gzipped file is read member by member, whether each record is a member of its own (as the standard asks), one member
holds the whole file, or the members end anywhere. Behind broken bytes reading goes on at the next member, or in a plain
file at the next line that begins a record. What was passed over is a `Loss`. Memory stays below some `RECORD_LIMIT`s,
whatever a file claims or unpacks to. Offsets are bytes of the file as it lies on disk.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

RECORD_LIMIT = 24_000_000  # bytes of one record; a longer one is passed over
HEADER_LIMIT = 256_000  # bytes of the header of a record
LOSSES_AT_MOST = 1_000  # in one file; behind them it is given up

_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b\x08"
_VERSIONS = ("WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17")
_BEGIN = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_MARK = re.compile(rb"\r?\n(?=WARC/\d\.\d+[ \t]*\r?\n[A-Za-z][\w-]{0,80}:)")
_BLANK = re.compile(rb"\r?\n\r?\n")
_PARSER = StatusAndHeadersParser(_VERSIONS)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it begins, its own header, and its block (for a response: HTTP header and body)."""

    offset: int
    headers: StatusAndHeaders
    block: bytes

    def get(self, name: str) -> str | None:
        """A field of the header without regard to case, None where it is not there."""
        value = self.headers.get_header(name)
        return value.strip() if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Loss:
    """A stretch of the file that gave no record; `too_large` for a whole record that is longer than the limit."""

    offset: int
    detail: str
    too_large: bool = False


def records(file: IO[bytes]) -> Iterator[Record | Loss]:
    """Every record of an open WARC file, plain or gzipped, and every loss, in order. Raises OSError."""
    stream = _Inflated(file) if file.read(3) == _MAGIC else _Plain(file)
    file.seek(0)
    losses = 0
    while (found := _next(stream)) is not None:
        yield found
        if isinstance(found, Loss) and not found.too_large:
            losses += 1
            if losses >= LOSSES_AT_MOST:
                yield Loss(found.offset, f"more than {LOSSES_AT_MOST:,} damaged places; the rest was not read")
                return
            if not stream.resume():
                return


class _BrokenError(Exception):
    """The bytes of a file cannot be unpacked any further."""


class _Stream:
    """Bytes that records are cut from: a buffer that is filled from the file, and where it stands in it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.buffer = bytearray()
        self.at = 0  # how far the buffer is used up
        self.begun = 0  # where the record that is being cut begins in the file

    def more(self) -> bool:
        """Unpacks a little more into the buffer; False at the end. Raises _BrokenError."""
        raise NotImplementedError

    def offset(self) -> int:
        """Where in the file the unused part of the buffer begins, or the member that holds it."""
        raise NotImplementedError

    def resume(self) -> bool:
        """Behind a loss: goes to the next place where a record may begin; False where there is none."""
        raise NotImplementedError

    def has(self, length: int) -> bool:
        """Are so many bytes there?"""
        while len(self.buffer) - self.at < length:
            if not self.more():
                return False
        return True

    def drop(self, length: int) -> None:
        self.at += length
        if self.at > _CHUNK and self.at * 2 > len(self.buffer):
            del self.buffer[: self.at]
            self.at = 0

    def skip(self, length: int) -> bool:
        """Passes over bytes without keeping them; False if the file ends before."""
        while length > 0:
            if self.at == len(self.buffer) and not self.more():
                return False
            step = min(length, len(self.buffer) - self.at)
            self.drop(step)
            length -= step
        return True


class _Plain(_Stream):
    def more(self) -> bool:
        data = self.file.read(_CHUNK)
        self.buffer += data
        return bool(data)

    def offset(self) -> int:
        return self.file.tell() - len(self.buffer) + self.at

    def resume(self) -> bool:
        self.file.seek(self.begun + 1)
        self.buffer.clear()
        self.at = 0
        while True:
            if mark := _MARK.search(self.buffer):
                self.drop(mark.end())
                return True
            del self.buffer[:-200]  # no mark is longer
            if not self.more():
                return False


class _Inflated(_Stream):
    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self.raw = b""  # packed bytes that are not unpacked yet
        self.member = 0  # where the member that is being unpacked begins
        self.starts: list[tuple[int, int]] = []  # (place in the buffer, place in the file) of the members in it
        self.inflate: zlib._Decompress | None = None

    def more(self) -> bool:
        while True:
            if self.inflate is None:
                self.raw = self.raw.lstrip(b"\0")  # padding between members
            if self.raw:
                break
            self.raw = self.file.read(_CHUNK)
            if not self.raw:
                if self.inflate is not None:
                    raise _BrokenError("the file ends inside a gzip member")
                return False
        if self.inflate is None:
            self.member = self.file.tell() - len(self.raw)
            self.inflate = zlib.decompressobj(wbits=31)
            self.starts.append((len(self.buffer), self.member))
        try:
            self.buffer += self.inflate.decompress(self.raw, _CHUNK * 4)
        except zlib.error as e:
            raise _BrokenError(f"broken gzip data ({e})") from None
        if self.inflate.eof:
            self.raw, self.inflate = self.inflate.unused_data, None
        else:
            self.raw = self.inflate.unconsumed_tail
        return True

    def drop(self, length: int) -> None:
        before = self.at + length
        super().drop(length)
        cut = before - self.at
        kept = [(place - cut, start) for place, start in self.starts if place - cut > self.at]
        held = [(place - cut, start) for place, start in self.starts if place - cut <= self.at]
        self.starts = held[-1:] + kept

    def offset(self) -> int:
        return self.starts[0][1] if self.starts else self.member

    def resume(self) -> bool:
        begin = self.begun + 1
        self.buffer.clear()
        self.starts.clear()
        self.at, self.raw, self.inflate = 0, b"", None
        window = b""
        self.file.seek(begin)
        while data := self.file.read(_CHUNK):
            window = window[-2:] + data
            base = self.file.tell() - len(window)
            place = window.find(_MAGIC)
            while place >= 0:
                if self._begins(base + place):
                    self.file.seek(base + place)
                    return True
                place = window.find(_MAGIC, place + 1)
            self.file.seek(base + len(window))
        return False

    def _begins(self, offset: int) -> bool:
        """Does a member with a record begin here? Three bytes alone may stand anywhere."""
        self.file.seek(offset)
        try:
            return _BEGIN.match(zlib.decompressobj(wbits=31).decompress(self.file.read(2048), 64)) is not None
        except zlib.error:
            return False


def _next(stream: _Stream) -> Record | Loss | None:
    """The next record, or what was lost in its place; None at the end."""
    try:
        while stream.has(1) and stream.buffer[stream.at] in b"\r\n":
            stream.drop(1)
        if not stream.has(1):
            return None
        stream.begun = stream.offset()
        return _cut(stream)
    except _BrokenError as e:
        if stream.at == len(stream.buffer):
            stream.begun = max(stream.begun, stream.member if isinstance(stream, _Inflated) else 0)
        return Loss(stream.begun, str(e))


def _cut(stream: _Stream) -> Record | Loss:
    stream.has(16)
    if _BEGIN.match(stream.buffer, stream.at) is None:
        return Loss(stream.begun, "no record begins here")
    end = None
    while (end := _BLANK.search(stream.buffer, stream.at)) is None:
        if len(stream.buffer) - stream.at > HEADER_LIMIT or not stream.more():
            return Loss(stream.begun, "the header of a record does not end")
    if end.end() - stream.at > HEADER_LIMIT:
        return Loss(stream.begun, "the header of a record does not end")
    head = bytes(stream.buffer[stream.at : end.end()])
    try:
        headers = _PARSER.parse(BytesIO(head))
        length = int(headers.get_header("Content-Length") or "")
    except (ValueError, EOFError, StatusAndHeadersParserException) as e:
        return Loss(stream.begun, f"the header of a record cannot be read ({type(e).__name__})")
    if length < 0:
        return Loss(stream.begun, "a record of negative length")
    size = len(head)
    if length > RECORD_LIMIT:
        if not stream.skip(size + length):
            return Loss(stream.begun, f"a record says it has {length:,} bytes, more than the file holds")
        return Loss(stream.begun, f"a record of {length:,} bytes; one may have {RECORD_LIMIT:,}", too_large=True)
    if not stream.has(size + length):
        return Loss(stream.begun, f"the file ends inside a record of {length:,} bytes")
    try:
        more = stream.has(size + length + 16)
    except _BrokenError:  # behind this record; it is met again where the next should begin
        more = False
    first = stream.at + size
    after = bytes(stream.buffer[first + length : first + length + 16])
    if (after or more) and after[:1] not in (b"\r", b"\n") and _BEGIN.match(after) is None:
        return Loss(stream.begun, f"a record of {length:,} bytes does not end where it says")
    block = bytes(stream.buffer[first : first + length])
    stream.drop(size + length)
    return Record(stream.begun, headers, block)
