"""What a fetched listing, feed or sitemap leads to. Pure: bytes in, addresses out; hostile markup is refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bantin.scrape.discovery import Discovery
from bantin.scrape.exchange import inflated
from bantin.scrape.refusal import Refused
from bantin.scrape.urls import joined

if TYPE_CHECKING:
    from lxml.etree import _Element
    from parsel import Selector

MAX_HTML = 2 * 1024 * 1024
"""Bytes of a listing that is parsed for links; longer ones are refused."""

_HUGE_TAG = re.compile(r"<[a-zA-Z][^<>]{16000}")
_MAX_TAGS = 60_000
_MAX_BETWEEN = 10_000
_NEXT = re.compile(
    r"(?:(?:trang )?(?:sau|tiếp|kế|tiếp theo|kế tiếp)|next(?: page)?|older posts?)?\s?(?:»|>{1,2}|›|→)?", re.I
)
_POSTBACK = re.compile(r"__doPostBack\(\s*['\"]([^'\"]{0,500})['\"]\s*,\s*['\"]([^'\"]{0,500})['\"]\s*\)")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_HEAD_PART = re.compile(r"<!--|<noscript\b|<script\b|<meta\b([^<>]{1,2000})>", re.I)
_CLOSING = {"<!--": "-->", "<nos": "</noscript", "<scr": "</script"}
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_REFRESH = re.compile(r"\s{0,9}[\d.]{0,9}\s{0,9}[;,]?\s{0,9}(?:url\s{0,9}=)?\s{0,9}['\"]?([^'\"\s]+)", re.I)
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute addresses in the order of the page. `articles` and `sitemaps` carry the time of the last change where
    one is given (as written). `next` is an address and the form to send there, None for a plain link."""

    articles: tuple[tuple[str, str], ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[tuple[str, str], ...] = ()
    next: tuple[str, bytes | None] | None = None
    scripted: int = 0

    @property
    def fingerprint(self) -> str:
        """The same for two listings with the same entries."""
        return hashlib.sha256("\n".join(sorted(url for url, _ in self.articles)).encode()).hexdigest()


def read_links(content: bytes, text: str, url: str, discovery: Discovery, depth: int) -> Links:
    """Feed, sitemap (gzip too) or HTML listing, told apart by what stands in it. `text` is the decoded content.

    `depth` counts the listing pages before this one. Raises Refused("hostile"), ("too_large") or ("encoding").
    """
    if content.startswith(b"\x1f\x8b"):
        content = inflated(content)
        text = content.decode("utf-8", "replace")
    root = re.search(rb"<\s*(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex|html|body|div)\b", content[:_HEAD])
    name = root[1].decode() if root else ""
    if name in ("rss", "feed", "RDF"):
        return Links(articles=tuple(_feed(content, url)))
    if name in ("urlset", "sitemapindex"):
        entries = tuple(_sitemap(content, url))
        return Links(sitemaps=entries) if name == "sitemapindex" else Links(articles=entries)
    return _listing(text, url, discovery, depth)


def metas(text: str) -> list[dict[str, str]]:
    """The attributes of the `<meta>` elements at the top of a page, outside comments, scripts and `<noscript>`."""
    head, out, position = text[:_HEAD], [], 0
    while part := _HEAD_PART.search(head, position):
        position = part.end()
        if part[1] is not None:
            out.append({a[1].lower(): unescape(a[2] or a[3] or a[4] or "") for a in _ATTRIBUTE.finditer(part[1])})
            continue
        position = head.lower().find(_CLOSING[part[0][:4].lower()], position)
        if position < 0:
            break
    return out


def refresh_of(text: str, url: str) -> str:
    """The address a `<meta http-equiv=refresh>` sends the reader to, "" where there is none."""
    for meta in metas(text):
        target = _REFRESH.match(meta.get("content", ""))
        if meta.get("http-equiv", "").lower() == "refresh" and target and not target[1].isdecimal():
            return joined(url, target[1])
    return ""


def is_article_page(text: str) -> bool:
    """Whether a page says of itself that it is an article (OpenGraph)."""
    return any(m.get("property") == "og:type" and m.get("content", "").lower() == "article" for m in metas(text))


def opted_out(text: str, robots_header: str, tdm_header: str) -> str:
    """Why a page may not be kept, by its own words: X-Robots-Tag or meta robots, text-and-data-mining reservation."""
    found = metas(text)
    named = [m.get("content", "") for m in found if m.get("name", "").lower() in ("robots", "bantin")]
    said = {word.rpartition(":")[2].strip().lower() for word in ",".join([robots_header, *named]).split(",")}
    if no := said & {"noindex", "noarchive", "none"}:
        return f"robots: {', '.join(sorted(no))}"
    reserved = any(m.get("name", "").lower() == "tdm-reservation" and m.get("content") == "1" for m in found)
    return "tdm-reservation: 1" if reserved or tdm_header.strip() == "1" else ""


def _elements(content: bytes) -> Iterator[tuple[str, _Element]]:
    """Ends of elements with their local names. No entity, DTD or address is ever loaded."""
    from lxml.etree import XMLSyntaxError, iterparse

    events = iterparse(
        BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    since = 0
    try:
        for _, element in events:
            name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
            since = 0 if name in ("url", "sitemap", "item", "entry") else since + 1
            if since > _MAX_BETWEEN:
                raise Refused("hostile", f"more than {_MAX_BETWEEN:,} elements without an entry")
            yield name, element
    except XMLSyntaxError:  # a broken feed gives what stands before the fault
        return


def _sitemap(content: bytes, url: str) -> Iterator[tuple[str, str]]:
    for name, element in _elements(content):
        if name in ("url", "sitemap"):
            values = {
                child.tag.rpartition("}")[2].lower(): (child.text or "").strip()
                for child in element
                if isinstance(child.tag, str)
            }
            if address := joined(url, values.get("loc", "")):
                yield address, values.get("lastmod", "")
            element.clear()
            _drop_before(element)


def _feed(content: bytes, url: str) -> Iterator[tuple[str, str]]:
    for name, element in _elements(content):
        if name in ("item", "entry"):
            address, updated = "", ""
            for child in element:
                tag = child.tag.rpartition("}")[2].lower() if isinstance(child.tag, str) else ""
                if tag == "link" and not address:
                    if child.get("href") and child.get("rel", "alternate") == "alternate":
                        address = child.get("href", "")
                    elif child.text:
                        address = child.text
                elif tag == "guid" and not address and (child.text or "").startswith("http"):
                    address = child.text or ""
                elif tag in ("updated", "modified"):
                    updated = (child.text or "").strip()
            if target := joined(url, address.strip()):
                yield target, updated
            element.clear()
            _drop_before(element)


def _drop_before(element: _Element) -> None:
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _listing(text: str, url: str, discovery: Discovery, depth: int) -> Links:
    from parsel import Selector
    from w3lib.html import get_base_url

    if len(text) > MAX_HTML:
        raise Refused("too_large", f"a listing of more than {MAX_HTML:,} characters")
    if _HUGE_TAG.search(text) or text.count("<") > _MAX_TAGS:
        raise Refused("hostile", "a tag of endless length, or too many tags")
    page = Selector(text)
    try:
        base = get_base_url(text[:_HEAD], url)
    except ValueError:  # a <base> that is no address
        base = url
    seen: dict[str, str] = {}
    scripted = 0
    for link in _anchors(page, discovery.listing):
        href = (link.root.get("href") or "").strip()
        if href.lower().startswith("javascript:"):
            scripted += bool(discovery.listing)
            continue
        target = joined(base, href)
        if target and (discovery.is_article(target) if discovery.article or not discovery.listing else True):
            seen.setdefault(target, "")
    feeds = [
        joined(base, link.root.get("href", ""))
        for link in page.css("link[rel~=alternate]")
        if discovery.detect and link.root.get("type", "").lower() in _FEED_TYPES
    ]
    following = _next(page, base, url, discovery, depth)
    return Links(tuple(seen.items()), tuple(f for f in feeds if f), (), following, scripted)


def _anchors(page: Selector, selector: str) -> Iterator[Selector]:
    for found in page.css(selector or "a"):
        yield from [found] if found.root.tag == "a" else found.css("a")


def _next(page: Selector, base: str, url: str, discovery: Discovery, depth: int) -> tuple[str, bytes | None] | None:
    if discovery.pages:
        return discovery.pages.replace("{n}", str(discovery.pages_from + depth)), None
    if discovery.next:
        candidates: list[Selector] = list(page.css(discovery.next))
    elif discovery.detect:
        candidates = [*page.css("a[rel~=next], link[rel~=next]"), *(a for a in page.css("a") if _says_next(a))]
    else:
        return None
    for element in candidates:
        if following := _step(element, base, url):
            return following
    return None


def _says_next(link: Selector) -> bool:
    words = " ".join("".join(link.root.itertext()).split())
    return 0 < len(words) <= 20 and _NEXT.fullmatch(words) is not None


def _step(element: Selector, base: str, url: str) -> tuple[str, bytes | None] | None:
    """Where a link, a postback or a submit button leads to."""
    href = (element.root.get("href") or "").strip()
    call = _POSTBACK.search(href) or _POSTBACK.search(element.root.get("onclick") or "")
    if call:
        return _submit(element, base, url, {"__EVENTTARGET": call[1], "__EVENTARGUMENT": call[2]})
    if element.root.tag in ("input", "button") and element.root.get("name"):
        return _submit(element, base, url, {element.root.get("name"): element.root.get("value") or ""})
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        target = joined(base, href)
        return (target, None) if target else None
    return None


def _submit(element: Selector, base: str, url: str, extra: dict[str, str]) -> tuple[str, bytes | None] | None:
    forms: Any = element.xpath("ancestor::form[1]") or element.xpath("//form[.//input[@name='__VIEWSTATE']][1]")
    if not forms:
        return None
    values = {
        field.root.get("name"): field.root.get("value") or "" for field in forms[0].css("input[type=hidden][name]")
    }
    return joined(base, forms[0].root.get("action") or url), urlencode(values | extra).encode()
