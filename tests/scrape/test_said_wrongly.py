"""What a server says wrongly costs that word alone: its page, its sitemap, its host and the terminal go on."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest

from bantin.cli.scrape import _print_site
from bantin.scrape import Report
from bantin.scrape.discovery import Discovery
from bantin.scrape.exchange import Exchange, inflated
from bantin.scrape.guard import Network
from bantin.scrape.harvest import _retry_after, _text, _utc
from bantin.scrape.links import read_links
from bantin.scrape.refusal import Refused
from bantin.scrape.urls import joined

URL = "http://xa.example.vn/tin/"
GOOD = "http://xa.example.vn/bai-123.html"


@pytest.mark.parametrize(
    "page",
    [
        f"<urlset><url><loc>http://[</loc></url><url><loc>{GOOD}</loc></url></urlset>",
        f"<rss><item><link>http://[</link></item><item><link>{GOOD}</link></item></rss>",
        f"<html><base href='http://['><a href='{GOOD}'>bài</a></html>",
        f"<html><base href='http://a.vn:99999/'><a href='{GOOD}'>bài</a></html>",
    ],
)
def test_one_bad_address_does_not_lose_the_others(page: str) -> None:
    assert read_links(page.encode(), page, URL, Discovery((URL,), detect=True), 0).articles == ((GOOD, ""),)


def test_what_is_no_address_leads_nowhere() -> None:
    assert joined(URL, "http://[") == joined(URL, "") == ""
    assert joined(URL, "/a#b") == "http://xa.example.vn/a"


@pytest.mark.parametrize("charset", ["base64", "idna", "undefined", "rot13", "punycode", "khong-co"])
def test_a_charset_that_reads_no_pages(charset: str) -> None:
    for header, body in ((f"text/html; charset={charset}", "<p>xã"), ("text/html", f"<meta charset={charset}><p>xã")):
        answer = Exchange(
            URL, "GET", (), b"", 200, (("Content-Type", header),), body.encode() + b"\xff", datetime.now(UTC)
        )
        assert "<p>" in _text(answer) or charset == "punycode"


def test_times_that_are_none() -> None:
    assert _utc("0001-01-01T00:00:00+14:00") == ""
    assert _retry_after("Mon, 01 Jan 99999999999999999999 00:00:00 GMT") == 0
    assert _retry_after("Mon, 01 Jan 2020 00:00:00 +99999999999999999999") == 0


def test_port_nought_is_no_port_of_the_web() -> None:
    with pytest.raises(Refused, match="port 0"):
        Network().check("http://xa.example.vn:0/")


def test_members_without_number_are_read_in_time_that_grows_with_them() -> None:
    begun = time.process_time()
    assert inflated(gzip.compress(b"") * 200_000 + gzip.compress(b"xa")) == b"xa"
    assert time.process_time() - begun < 5  # 8 s and more where each member copies the rest


def test_what_a_server_says_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    said = "http://a.vn/\x1b]0;x\x07\x9b2J\n"
    _print_site(Report("xa", 0, 0, 0, 0, {"address": 1}, 0, {"address": (said, said)}))
    printed = capsys.readouterr().out
    assert all(c.isprintable() or c == "\n" for c in printed)
    assert len(printed.splitlines()) == 3
