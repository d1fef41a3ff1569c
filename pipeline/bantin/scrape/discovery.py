"""How the articles of one site are found: start pages, feeds, sitemaps, the form of article links, paging."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from bantin.datafile import check_keys
from bantin.errors import DataFileError
from bantin.scrape.guard import PORTS, Network, port_of
from bantin.scrape.refusal import Refused
from bantin.scrape.urls import ascii_url

MIN_DELAY = 1.0
MAX_LISTINGS = 500
"""Pages of one listing that are followed in a round."""

_ID = re.compile(r"\d{3,}")
_WORDS = 7
_SECTIONS = re.compile(
    r"/(?:tags?|tu-khoa|category|categories|chuyen-muc|chuyen-de|author|tac-gia|search|tim-kiem|page)/", re.I
)
_FILES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|webp|svg|ico|mp[34]|avi|wmv|css|js|xml|rss)$", re.I
)


@dataclass(frozen=True)
class Discovery:
    """How one site is walked: its profile's `[scrape]` table with its hosts. `delay` is in seconds, addresses absolute.

    `listing` selects the links to articles (or what holds them) on a listing, `next` the link or button of the next
    page, an ASP.NET postback included; `pages` is an address with `{n}` instead, counted up from `pages_from`.
    `article` is a regular expression that an article's path and query match somewhere. `hosts` are further hosts of the
    site. With `detect` feeds, sitemaps and the next page are looked for where none is named.
    """

    start: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    listing: str = ""
    next: str = ""
    article: str = ""
    pages: str = ""
    pages_from: int = 2
    max_pages: int = MAX_LISTINGS
    delay: float = 0.0
    detect: bool = False
    needs_browser: bool = False

    def covers(self, host: str) -> bool:
        """Whether a host belongs to the site: one of its addresses' or `hosts`, with or without `www.`, `*.` for any
        part in front."""
        host = host.lower().rstrip(".").removeprefix("www.")
        return host in self._named or any(host.endswith(f".{name[2:]}") for name in self._named if name[:2] == "*.")

    @cached_property
    def _named(self) -> frozenset[str]:
        urls = (
            *self.start,
            *self.feeds,
            *self.sitemaps,
            *(f"http://[{h}]/" if ":" in h else f"http://{h}/" for h in self.hosts),
        )
        hosts = (urlsplit(ascii_url(url)).hostname or "" for url in urls)
        return frozenset(host.rstrip(".").removeprefix("www.") for host in hosts)

    @cached_property
    def ports(self) -> frozenset[int]:
        """The web's ports and those that the profile's own addresses name."""
        return PORTS | {port_of(urlsplit(url)) for url in (*self.start, *self.feeds, *self.sitemaps)}

    def is_article(self, url: str) -> bool:
        """Whether an address has the form of an article's: the profile's, or that of content systems at large."""
        if not self.article:
            return looks_like_article(url)
        parts = urlsplit(url)
        return re.search(self.article, f"{parts.path}?{parts.query}" if parts.query else parts.path) is not None


def looks_like_article(url: str) -> bool:
    """Whether an address ends in an id of three digits or a slug of many words, or names an id in its query."""
    parts = urlsplit(url)
    if _FILES.search(parts.path) or _SECTIONS.search(parts.path):
        return False
    last = parts.path.rstrip("/").rpartition("/")[2]
    if _ID.search(last) or len([word for word in last.split("-") if word]) >= _WORDS:
        return True
    pairs = (pair.partition("=") for pair in parts.query.split("&"))
    return any(name.lower().endswith("id") and value.isdecimal() for name, _, value in pairs)


_LISTS = ("start", "feeds", "sitemaps")
_NAMED = ("feeds", "sitemaps", "listing", "next", "pages")
"""Keys that say how a site is walked; where none is given, it is found out."""

_TYPES: dict[str, Any] = {
    "listing": str, "next": str, "pages": str, "detect": bool, "needs_browser": bool,
    "pages_from": int, "max_pages": int, "delay": (int, float),
}  # fmt: skip


def detected(url: str, delay: float = 0.0) -> Discovery:
    """Discovery for a bare URL: the page itself, and the feeds and sitemaps that it and robots.txt name."""
    return Discovery(start=(url,), detect=True, delay=delay)


def from_profile(table: Mapping[str, Any], file: object, hosts: Sequence[str] = (), article: str = "") -> Discovery:
    """The `[scrape]` table of the profile `file`, whose `hosts` and `article` pattern stand above it.

    An address that begins with `/` is one of the first host, so that a family can name its feeds. Without any address
    the walk begins at the first host's home page and looks for feeds and sitemaps itself. Raises DataFileError naming
    file, key and fix.
    """
    record = "[scrape]"
    check_keys(file, record, table, (), (*_LISTS, *_TYPES))
    for key, want in _TYPES.items():
        value = table.get(key, Discovery.__dataclass_fields__[key].default)
        if not isinstance(value, want) or (isinstance(value, bool) and want is not bool):
            raise DataFileError(file, f"{record} {key}", f"is {value!r}; write {_written(want)}")
    home = next((f"https://{host}" for host in hosts if "*" not in host), "")

    def absolute(address: str) -> str:
        return home + address if address.startswith("/") and not address.startswith("//") else address

    values: dict[str, Any] = dict(table)
    for key in _LISTS:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise DataFileError(file, f"{record} {key}", f"is {value!r}; write a list of strings")
        values[key] = tuple(absolute(v) for v in value)
    values["pages"] = absolute(table.get("pages", ""))
    if not any(values[key] for key in _LISTS) and home:
        values["start"] = (f"{home}/",)
    discovery = Discovery(
        **{"detect": not any(table.get(key) for key in _NAMED)} | values, hosts=tuple(hosts), article=article
    )
    _check(discovery, file, record)
    return discovery


def _written(want: Any) -> str:
    return {str: "a string", bool: "true or false", int: "a whole number"}.get(want, "a number of seconds")


def _check(discovery: Discovery, file: object, record: str) -> None:
    if not (discovery.start or discovery.feeds or discovery.sitemaps):
        raise DataFileError(file, record, "no address to begin with; name one under start, feeds or sitemaps")
    for key in _LISTS:
        for url in getattr(discovery, key):
            _check_url(url, file, f"{record} {key}", discovery.ports)
    if discovery.pages:
        if discovery.pages.count("{n}") != 1:
            raise DataFileError(file, f"{record} pages", f"is {discovery.pages!r}; write {{n}} once, for the number")
        _check_url(discovery.pages.replace("{n}", "2"), file, f"{record} pages", discovery.ports)
    if discovery.delay and discovery.delay < MIN_DELAY:
        raise DataFileError(file, f"{record} delay", f"is {discovery.delay}; at least {MIN_DELAY:g} second")
    if discovery.max_pages < 1:
        raise DataFileError(file, f"{record} max_pages", f"is {discovery.max_pages}; at least 1")
    from cssselect import SelectorError

    for key in ("listing", "next"):
        try:
            _compiled(getattr(discovery, key))
        except SelectorError as e:
            raise DataFileError(file, f"{record} {key}", f"not a CSS selector: {e}") from None


def _compiled(selector: str) -> None:
    from cssselect import GenericTranslator

    if selector:
        GenericTranslator().css_to_xpath(selector)


def _check_url(url: str, file: object, record: str, ports: frozenset[int]) -> None:
    try:
        Network().check(url, ports)
    except Refused as e:
        raise DataFileError(file, record, f"{url!r} cannot be fetched: {e.detail}") from None
