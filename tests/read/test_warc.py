"""WARC files of other tools and broken ones: every page with its address and date, every loss named, bounded memory."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bantin.read import plan, read
from bantin.types import REJECT_REASONS, Article, Reject

SENTENCE = "Ngày 5/3, Ban Thường vụ Đảng ủy tổ chức hội nghị triển khai nhiệm vụ năm mới với 120 đại biểu tham dự."
HTML_TYPE = "Content-Type: text/html; charset=utf-8"


def page(n: int) -> str:
    return (
        f"<html><body><h1>Hội nghị giao ban lần thứ {n}</h1><p>{SENTENCE}</p><p>Lần {n}: {SENTENCE}</p></body></html>"
    )


def http(body: bytes, *headers: str, status: str = "200 OK", version: str = "HTTP/1.1") -> bytes:
    return "\r\n".join([f"{version} {status}", *(headers or [HTML_TYPE])]).encode() + b"\r\n\r\n" + body


def record(n: int, block: bytes, kind: str = "response", **fields: str) -> bytes:
    said = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{n:08}>",
        "WARC-Date": "2024-05-01T10:20:30Z",
        "WARC-Target-URI": f"https://a.example/tin-{n}",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    } | {k.replace("_", "-"): v for k, v in fields.items()}
    head = "WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in said.items() if v)
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(n: int) -> bytes:
    return record(n, http(page(n).encode()))


def found(folder: Path, data: bytes, name: str = "a.warc") -> list[Article | Reject]:
    path = folder / name
    path.write_bytes(data)
    return list(read(plan([path])[0]))


def ids(items: list[Article | Reject]) -> list[str]:
    """Records that became articles by their number, rejects by their reason."""
    return [(i.source_record or "")[-1:] if isinstance(i, Article) else i.reason for i in items]


PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip a record": lambda records: b"".join(gzip.compress(r) for r in records),
    "one gzip": lambda records: gzip.compress(b"".join(records)),
    "gzip anywhere": lambda records: b"".join(
        gzip.compress(b"".join(records)[i : i + 333]) for i in range(0, len(b"".join(records)), 333)
    ),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_page_is_an_article_with_address_and_date(packing: str, tmp_path: Path) -> None:
    items = found(tmp_path, PACKINGS[packing]([response(n) for n in range(5)]), "a.warc.gz")
    assert ids(items) == list("01234")
    for n, item in enumerate(items):
        assert isinstance(item, Article)
        assert item.url == f"https://a.example/tin-{n}"
        assert item.site == "a.example"
        assert item.fetched == "2024-05-01T10:20:30Z"
        assert item.source_record == f"urn:uuid:{n:08}"
        assert item.title == f"Hội nghị giao ban lần thứ {n}"
        assert item.published is None


def test_what_warcio_writes_is_read(tmp_path: Path) -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    for n in range(3):
        url = f"https://a.example/{n}"
        writer.write_record(writer.create_warc_record(url, "response", BytesIO(page(n).encode()), http_headers=headers))
    items = found(tmp_path, out.getvalue(), "a.warc.gz")
    assert [i.title for i in items if isinstance(i, Article)] == [f"Hội nghị giao ban lần thứ {n}" for n in range(3)]
    assert all(i.fetched and i.fetched.endswith("Z") for i in items if isinstance(i, Article))


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(body[i : i + 50]), body[i : i + 50]) for i in range(0, len(body), 50)) + (
        b"0\r\n\r\n"
    )


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


BODY = page(7).encode()
BODIES = {
    "gzip": http(gzip.compress(BODY), HTML_TYPE, "Content-Encoding: gzip"),
    "deflate": http(zlib.compress(BODY), HTML_TYPE, "Content-Encoding: deflate"),
    "raw deflate": http(raw_deflate(BODY), HTML_TYPE, "Content-Encoding: deflate"),
    "brotli": http(brotli.compress(BODY), HTML_TYPE, "Content-Encoding: br"),
    "chunked": http(chunked(BODY), HTML_TYPE, "transfer-encoding: Chunked"),
    "chunked gzip": http(
        chunked(gzip.compress(BODY)), HTML_TYPE, "Transfer-Encoding: chunked", "Content-Encoding: gzip"
    ),
    "chunked no longer": http(BODY, HTML_TYPE, "Transfer-Encoding: chunked"),
    "gzip no longer": http(BODY, HTML_TYPE, "Content-Encoding: gzip"),
    "brotli no longer": http(BODY, HTML_TYPE, "Content-Encoding: br"),
    "zstd no longer": http(BODY, HTML_TYPE, "Content-Encoding: zstd"),
    "twice": http(gzip.compress(brotli.compress(BODY)), HTML_TYPE, "Content-Encoding: br, gzip"),
    "HTTP/2": http(BODY, HTML_TYPE, version="HTTP/2", status="200"),
    "no reason": http(BODY, HTML_TYPE, status="200"),
    "line feeds": b"HTTP/1.1 200 OK\n" + HTML_TYPE.encode() + b"\n\n" + BODY,
    "no type": http(b"\n<!DOCTYPE html>" + BODY, "Server: x"),
    "a type in capitals": http(BODY, "Content-Type: TEXT/HTML"),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_as_servers_and_browsers_leave_them(name: str, tmp_path: Path) -> None:
    (item,) = found(tmp_path, record(7, BODIES[name]))
    assert isinstance(item, Article), item
    assert item.title == "Hội nghị giao ban lần thứ 7"
    assert item.text.count(SENTENCE) == 2


def test_the_charset_of_the_header_decides_where_the_bytes_do_not(tmp_path: Path) -> None:
    body = page(1).encode("utf-16-le")
    (item,) = found(tmp_path, record(1, http(body, "Content-Type: text/html; charset=utf-16-le")))
    assert isinstance(item, Article)
    assert item.title == "Hội nghị giao ban lần thứ 1"


def test_kinds_of_records(tmp_path: Path) -> None:
    text = f"Hội nghị giao ban\n{SENTENCE}\n{SENTENCE} Hết.".encode()
    items = found(
        tmp_path,
        b"".join(
            [
                record(
                    0, b"software: wget\r\n", "warcinfo", WARC_Target_URI="", Content_Type="application/warc-fields"
                ),
                record(1, b"GET / HTTP/1.1\r\n\r\n", "request", Content_Type="application/http; msgtype=request"),
                response(2),
                record(3, b"a: b\r\n", "metadata", Content_Type="application/warc-fields"),
                record(4, page(4).encode(), "resource", Content_Type="text/html"),
                record(5, text, "conversion", Content_Type="text/plain"),
                record(6, http(b""), "revisit"),
                record(7, b"log", "resource", WARC_Target_URI="metadata://gnu.org/wget.log", Content_Type="text/plain"),
                record(8, http(b"\x89PNG", "Content-Type: image/png")),
                record(9, http(page(9).encode(), status="404 Not Found")),
                record(9, http(b"", "Location: /x", status="301 Moved")),
                record(9, http(page(9).encode(), status="503 Busy")),
                record(8, http(b"\x89PNG", "Content-Type: image/png")),
                record(8, http(b"{}", "Content-Type: application/json")),
            ]
        ),
    )
    assert ids(items) == ["2", "4", "5", "not_article"]
    counted = items[-1]
    assert isinstance(counted, Reject)
    assert counted.source_record is None
    assert counted.detail == (
        "records that are no pages: 2 image/png, 1 revisit, 1 status 404, 1 status 301, 1 status 503, "
        "1 application/json"
    )


GOOD = [response(n) for n in range(6)]


def torn(records: list[bytes], packing: str) -> bytes:
    return PACKINGS[packing](records)[:-100]


DAMAGED: dict[str, tuple[str, bytes, list[str]]] = {
    "cut plain": ("a.warc", torn(GOOD, "plain"), [*"01234", "unreadable"]),
    "cut gzip": ("a.warc.gz", torn(GOOD, "gzip a record"), [*"01234", "unreadable"]),
    "stray bytes": (
        "a.warc.gz",
        b"".join(gzip.compress(r) + (b"\x01" * 64 if i == 2 else b"") for i, r in enumerate(GOOD)),
        [*"012", "unreadable", *"345"],
    ),
    "zeros at the end": ("a.warc.gz", PACKINGS["gzip a record"](GOOD) + b"\0" * 200_000, [*"012345"]),
    "lines lost": ("a.warc", b"".join(GOOD[:2]) + GOOD[2][40:] + b"".join(GOOD[3:]), [*"01", "unreadable", *"345"]),
    "length too long": (
        "a.warc",
        b"".join([*GOOD[:2], record(2, http(page(2).encode()), Content_Length="9999999"), *GOOD[3:]]),
        [*"01", "unreadable", *"345"],
    ),
    "length past the limit": (
        "a.warc",
        b"".join([*GOOD[:2], record(2, http(page(2).encode()), Content_Length="99999999999"), *GOOD[3:]]),
        [*"01", "unreadable", *"345"],
    ),
    "length too short": (
        "a.warc.gz",
        PACKINGS["gzip a record"]([*GOOD[:2], record(2, http(page(2).encode()), Content_Length="90"), *GOOD[3:]]),
        [*"01", "unreadable", *"345"],
    ),
    "length a word": (
        "a.warc",
        b"".join([GOOD[0], record(1, b"x", Content_Length="viele"), GOOD[2]]),
        ["0", "unreadable", "2"],
    ),
    "no record at all": ("a.warc", b"Kh\xc3\xb4ng ph\xe1\xba\xa3i WARC\n" * 50, ["unreadable"]),
    "an endless header": ("a.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000 + GOOD[1], ["unreadable", "1"]),
    "empty": ("a.warc", b"", []),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_whole_is_read_and_the_loss_is_listed(name: str, tmp_path: Path) -> None:
    file, data, expected = DAMAGED[name]
    items = found(tmp_path, data, file)
    assert ids(items) == expected
    for item in items:
        if isinstance(item, Reject):
            assert (item.source_record or "").startswith("offset:")
            assert int((item.source_record or "")[7:]) <= len(data)


def test_a_flipped_bit_loses_one_record_of_many(tmp_path: Path) -> None:
    members = [gzip.compress(response(n)) for n in range(8)]
    chance = random.Random(3)
    for _ in range(30):
        data = bytearray(b"".join(members))
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
        items = found(tmp_path, bytes(data), "a.warc.gz")
        kept = [i for i in items if isinstance(i, Article)]
        lost = [i for i in items if isinstance(i, Reject)]
        assert len(kept) >= 7 or (len(kept) >= 6 and lost)
        assert len(kept) == 8 or lost, "a lost record was not listed"


def test_bombs_are_refused_in_little_memory(tmp_path: Path) -> None:
    big = b" " * 300_000_000
    data = b"".join(
        [
            gzip.compress(record(0, http(gzip.compress(big, 1), HTML_TYPE, "Content-Encoding: gzip"))),
            gzip.compress(record(1, http(brotli.compress(big, quality=1), HTML_TYPE, "Content-Encoding: br"))),
            gzip.compress(record(2, http(big)), 1),
            gzip.compress(response(3)),
        ]
    )
    del big
    tracemalloc.start()
    items = found(tmp_path, data, "a.warc.gz")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ids(items) == ["too_large", "too_large", "too_large", "3"]
    assert peak < 150_000_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(cuts=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 40), st.binary(max_size=6)), max_size=4))
@pytest.mark.parametrize("packing", ["plain", "gzip a record", "one gzip"])
def test_any_damage_gives_articles_and_rejects(
    cuts: list[tuple[int, int, bytes]], packing: str, tmp_path: Path
) -> None:
    data = PACKINGS[packing](GOOD[:4])
    for at, length, new in cuts:
        data = data[:at] + new + data[at + length :]
    for item in found(tmp_path, data, "a.warc.gz"):
        assert isinstance(item, Article) or item.reason in REJECT_REASONS
        assert not (isinstance(item, Reject) and item.reason == "internal"), item
