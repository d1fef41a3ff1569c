"""Answers that are made to fill the memory or the day: every one refused or read within bounds, all in one process."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.scrape.exchange import MAX_BODY, inflated
from bantin.scrape.refusal import Refused

from .fixture_site import MIB, Ask, Reply, Server, html, xml, zeros

BOMB = zeros(600 * MIB)
TWICE = gzip.compress(BOMB)
ZLIB, RAW = zeros(100 * MIB, 15), zeros(100 * MIB, -15)
LAUGHS = "".join(f"<!ENTITY a{k} '{f'&a{k - 1};' * 10}'>" for k in range(1, 10))
XXE = "<!ENTITY x SYSTEM 'file:///etc/hosts'>"
GZIP = {"Content-Encoding": "gzip", "Content-Type": "text/html"}


def always(piece: bytes) -> Any:
    return itertools.repeat(piece)


def head(first: bytes, piece: bytes) -> Reply:
    """Status line and headers that never end."""
    return Reply(itertools.chain([b"HTTP/1.1 200 OK\r\n" + first], always(piece)), raw=True)


BOMBS: dict[str, tuple[str, Callable[[], Reply]]] = {
    "gzip": ("too_large", lambda: Reply(BOMB, headers=GZIP)),
    "deflate": ("too_large", lambda: Reply(ZLIB, headers={"Content-Encoding": "deflate"})),
    "raw-deflate": ("too_large", lambda: Reply(RAW, headers={"Content-Encoding": "deflate"})),
    "gzip-gzip": ("too_large", lambda: Reply(TWICE, headers={"Content-Encoding": "gzip, gzip"})),
    "gzip-tep": ("too_large", lambda: Reply(BOMB, headers={"Content-Type": "application/gzip"})),
    "nhieu-lop": ("encoding", lambda: Reply(b"x", headers={"Content-Encoding": ", ".join(["gzip"] * 50)})),
    "br": ("encoding", lambda: Reply(b"\x00" * 50, headers={"Content-Encoding": "br"})),
    "vo-tan": ("too_large", lambda: Reply(always(b"x" * 65_536))),
    "noi-doi": ("too_large", lambda: Reply(always(b"x" * 65_536), headers={"Content-Length": str(10**12)})),
    "nho-giot": ("timeout", lambda: Reply(always(b"x"), drip=0.1)),
    "dau-vo-tan": ("connection", lambda: head(b"", b"X-A: b\r\n" * 999)),
    "dau-mot-dong": ("connection", lambda: head(b"X: ", b"x" * 9_999)),
    "100-mai": ("connection", lambda: Reply(always(b"HTTP/1.1 100 Continue\r\n\r\n" * 99), raw=True)),
    "cuoi": ("", lambda: xml(f"<!DOCTYPE u [<!ENTITY a0 'ha'>{LAUGHS}]><urlset><url><loc>&a9;</loc></url></urlset>")),
    "xxe": ("", lambda: xml(f"<!DOCTYPE u [{XXE}]><urlset><url><loc>&x;</loc></url></urlset>")),
    "the-rong": ("hostile", lambda: xml("<urlset>" + "<a/>" * (2 * MIB - 10) + "</urlset>")),
    "sau": ("", lambda: xml("<urlset>" + "<url>" * 100_000)),
    "nhieu-muc": ("", lambda: xml("<urlset>" + "<url><loc>x:y</loc></url>" * 100_000)),
    "thuoc-tinh": ("hostile", lambda: html("<div " + " ".join(f"a{k}=1" for k in range(200_000)) + ">")),
    "the-mo": ("hostile", lambda: html("<p>" * 300_000)),
    "div-sau": ("", lambda: html("<div>" * 20_000)),
    "dai": ("too_large", lambda: html("<p>" + "x" * (7 * MIB))),
    "meta": ("", lambda: html("", "<meta " * 10_000)),
    "lien-ket": ("", lambda: html("".join(f"<a href='http://b.vn/{k}'>x</a>" for k in range(29_000)))),
}  # fmt: skip
"""Name, the reason it must be refused for ("" where it is read), and the answer."""


class Bombs(Server):
    def __init__(self) -> None:
        self._made: dict[str, Reply] = {}
        super().__init__(self._bomb)

    def _bomb(self, ask: Ask) -> Reply:
        if ask.path == "/robots.txt":
            return Reply(b"", 404)
        reply = BOMBS[ask.host.removesuffix(".test")][1]
        return reply()


def test_memory_stays_below_200_megabytes(servers: list[Any], run: Callable[..., dict[str, Any]]) -> None:
    servers.append(bombs := Bombs())
    tables = {f"{name}.test": {"start": [f"http://{name}.test:{bombs.port}/"], "detect": True} for name in BOMBS}
    outcome = run(
        sites=tables, exempt=[(bombs.address, bombs.port)], names={name: [[bombs.address]] for name in tables},
        settings={"connections": 4, "timeout": 3},
    )  # fmt: skip
    said = {name: list(outcome["reports"][f"{name}.test"]["refused"]) for name in BOMBS}
    assert said == {name: [reason] if reason else [] for name, (reason, _) in BOMBS.items()}
    assert outcome["peak_mb"] <= 200


@given(st.binary(max_size=5_000), st.integers(0, 40))
def test_a_torn_stream_gives_its_beginning(data: bytes, cut: int) -> None:
    packed = gzip.compress(data)
    assert data.startswith(inflated(packed[: len(packed) - cut])) if cut < len(packed) else True
    assert inflated(packed) == data
    assert inflated(packed + packed) == data + data


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert len(inflated(data)) <= MAX_BODY
    except Refused as e:
        assert e.reason == "encoding"


def test_the_limit_is_exact() -> None:
    assert len(inflated(zeros(MAX_BODY))) == MAX_BODY
    with pytest.raises(Refused, match="too_large"):
        inflated(zeros(MAX_BODY + MIB))
