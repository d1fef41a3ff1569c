"""The `[scrape]` table of a profile: what it becomes, and what is wrong with it, said with file, key and fix."""

from __future__ import annotations

from typing import Any

import pytest

from bantin.errors import DataFileError
from bantin.scrape.discovery import Discovery, detected, from_profile

HOSTS = ("tinhuy.example.vn", "*.tinhuy.example.vn")


def test_without_a_table_the_home_page_is_looked_through() -> None:
    assert from_profile({}, "sites/a.toml", HOSTS) == Discovery(
        start=("https://tinhuy.example.vn/",), hosts=HOSTS, detect=True
    )


def test_addresses_of_a_family_are_those_of_the_first_host() -> None:
    table = {
        "feeds": ["/rss/"],
        "sitemaps": ["https://x.vn/s.xml"],
        "pages": "/tin?p={n}",
        "start": ["/tin"],
        "delay": 5,
    }
    made = from_profile(table, "sites/a.toml", HOSTS, "/tin/")
    assert made == Discovery(
        start=("https://tinhuy.example.vn/tin",), feeds=("https://tinhuy.example.vn/rss/",),
        sitemaps=("https://x.vn/s.xml",), pages="https://tinhuy.example.vn/tin?p={n}", delay=5, hosts=HOSTS,
        article="/tin/",
    )  # fmt: skip


def test_what_belongs_to_a_site() -> None:
    made = from_profile({}, "sites/a.toml", HOSTS)
    for host in ("tinhuy.example.vn", "www.tinhuy.example.vn", "a.b.tinhuy.example.vn", "TinHuy.Example.VN."):
        assert made.covers(host)
    for host in ("example.vn", "xtinhuy.example.vn", "tinhuy.example.vn.x.vn", ""):
        assert not made.covers(host)
    assert detected("http://a.vn:8080/").ports == {80, 443, 8080}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"rss": []}, "unknown key rss"),
        ({"start": "https://a.vn/"}, "[scrape] start: is 'https://a.vn/'; write a list of strings"),
        ({"start": [1]}, "[scrape] start: is [1]; write a list of strings"),
        ({"start": ["http://127.0.0.1/"]}, "127.0.0.1 is not a public address"),
        ({"feeds": ["ftp://a.vn/rss"]}, "scheme ftp; only http and https are fetched"),
        ({"sitemaps": ["//a.vn/s.xml"]}, "[scrape] sitemaps: '//a.vn/s.xml' cannot be fetched"),
        ({"pages": "/tin?p=2"}, "write {n} once, for the number"),
        ({"delay": 0.2}, "[scrape] delay: is 0.2; at least 1 second"),
        ({"delay": "3"}, "[scrape] delay: is '3'; write a number of seconds"),
        ({"delay": True}, "write a number of seconds"),
        ({"max_pages": 0}, "[scrape] max_pages: is 0; at least 1"),
        ({"max_pages": 2.5}, "[scrape] max_pages: is 2.5; write a whole number"),
        ({"detect": "yes"}, "[scrape] detect: is 'yes'; write true or false"),
        ({"listing": "ul > > a"}, "[scrape] listing: not a CSS selector"),
        ({"next": "a["}, "[scrape] next: not a CSS selector"),
    ],
)
def test_a_wrong_table_says_what_to_do(table: dict[str, Any], message: str) -> None:
    with pytest.raises(DataFileError) as e:
        from_profile(table, "sites/a.toml", HOSTS)
    assert str(e.value).startswith("sites/a.toml: [scrape]")
    assert message in str(e.value)


def test_a_profile_without_any_address_is_wrong() -> None:
    with pytest.raises(DataFileError, match="no address to begin with"):
        from_profile({"listing": "a"}, "sites/a.toml", ("*.example.vn",))
