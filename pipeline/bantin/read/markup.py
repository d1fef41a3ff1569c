"""What a page says of itself: JSON-LD, OpenGraph and other meta tags, `time`, the heading that is the title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from bantin.read.byline import parse_byline
from bantin.read.evidence import Claim
from bantin.read.tree import Element, names, text_of
from bantin.text import fold_key

_PUBLISHED = (
    "article:published_time",
    "pubdate",
    "publishdate",
    "datepublished",
    "dc.date.issued",
    "dc.date",
    "date",
    "pdate",
)
_MODIFIED = ("article:modified_time", "lastmod", "datemodified", "last-modified")
_TYPES = ("article", "newsarticle", "blogposting", "reportagenewsarticle", "webpage")
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_])(?:lbl?|td|div|txt|h1|news|article|post|entry|detail|head|bold|content)?-?(?:title|tieu-?de|headline)"
    r"-?(?:detail|news|article|bai-?viet|tin|content|post|single)?(?:$|\s)",
    re.I,
)
_SITE_CLASS = re.compile(
    r"site-?(?:title|name|header)|logo|masthead|banner|widget|portlet|(?:box|block|module|panel)-?title", re.I
)


def markup_claims(root: Element, scripts: list[str], *, headings: bool = True) -> list[Claim]:
    """What the markup says of title, dates, author and address, in the order in which it is believed.

    Without `headings` the title is not looked for among the headings (a profile knows where it stands).
    """
    linked = next(_articles(scripts), {})
    metas = _metas(root)
    claims = [
        Claim("published", linked.get("datePublished"), "json-ld"),
        *(Claim("published", metas.get(k), "opengraph" if ":" in k else "meta") for k in _PUBLISHED),
        Claim("published", _time(root), "time"),
        Claim("modified", linked.get("dateModified"), "json-ld"),
        *(Claim("modified", metas.get(k), "opengraph" if ":" in k else "meta") for k in _MODIFIED),
        Claim("author", _person(linked.get("author")), "json-ld"),
        *(Claim("author", _person(metas.get(k)), "meta") for k in ("author", "article:author", "dable:author")),
        Claim("url", _canonical(root), "canonical"),
        Claim("url", metas.get("og:url"), "opengraph"),
    ]
    if headings:
        claims.append(Claim("title", _title(root, linked, metas), "heading"))
    claims += [
        Claim("title", linked.get("headline"), "json-ld"),
        Claim("title", metas.get("og:title"), "opengraph"),
    ]
    return [c for c in claims if isinstance(c.value, str) and c.value.strip()]


def _first(*values: object) -> str | None:
    return next((" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()), None)


def _articles(scripts: list[str]) -> Iterator[dict[str, Any]]:
    for script in scripts:
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        todo = data if isinstance(data, list) else [data]
        for item in todo[:50]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                todo.extend(graph[:50] if isinstance(graph, list) and len(todo) < 100 else [])
                kinds = item.get("@type")
                names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
                if any(isinstance(n, str) and n.lower() in _TYPES and n.lower() != "webpage" for n in names):
                    yield item


def _metas(root: Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for tag in islice(root.iter("meta"), 300):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tag.get("content", "")
        if name and content.strip():
            metas.setdefault(name.strip().lower(), content)
    return metas


def _time(root: Element) -> str | None:
    """The one `time` of an article; of several, the one that is marked as the date of publication."""
    times = [t for t in islice(root.iter("time"), 30) if t.get("datetime")]
    marked = [
        t for t in times if t.get("itemprop") == "datePublished" or "pubdate" in t.attrib or "published" in names(t)
    ]
    chosen = marked[0] if marked else times[0] if len(times) == 1 else None
    return chosen.get("datetime") if chosen is not None else None


def _canonical(root: Element) -> str | None:
    links = (tag.get("href") for tag in root.iter("link") if "canonical" in tag.get("rel", "").lower().split())
    return next(links, None)


def _person(value: object) -> str | None:
    """The person whom an author field names; None for a desk, a paper, the login of an editor."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") if str(value.get("@type", "Person")).lower() != "organization" else None
    by = parse_byline(" ".join(value.split())) if isinstance(value, str) and value.strip() else None
    return by.author if by else None


def _title(root: Element, linked: dict[str, Any], metas: dict[str, str]) -> str | None:
    """The heading that agrees with what the page says its title is; else the one top heading, else the claim itself.

    A claim cut with an ellipsis gives way to the whole heading; the name of the portal alone is no title.
    """
    head = next(root.iter("title"), None)
    page = _first(text_of(head) if head is not None else None)
    claims = [c for c in (_first(linked.get("headline")), _first(metas.get("og:title")), page) if c]
    keys = [fold_key(c).rstrip(".… ") for c in claims]
    tops: list[str] = []
    classed: list[str] = []
    agreeing: list[str] = []
    for tag, text in _headings(root):
        key = fold_key(text)
        if len(key) >= 12 and any(key in k or (len(k) >= 20 and key.startswith(k)) for k in keys):
            agreeing.append(text)
        (tops if tag == "h1" else classed).append(text)
    if agreeing:  # the longest, because the name of the site stands in the title of the page too
        return max(agreeing, key=len)
    if len(tops) == 1 and len(tops[0].split()) >= 3:
        return tops[0]
    if long := [text for text in classed if len(text.split()) >= 5]:
        return long[0]
    return claims[0] if len(claims) > 1 else None


def _headings(root: Element) -> Iterator[tuple[str, str]]:
    """(name of the element, text) of everything that may be the title of the page."""
    seen = 0
    for tag in islice(root.iter("h1", "h2", "h3", "div", "span", "p", "td", "a", "strong"), 20_000):
        said = names(tag) if tag.attrib else ""
        if _SITE_CLASS.search(said):
            continue
        if tag.tag in ("h1", "h2", "h3") or _TITLE_CLASS.search(said):
            text = text_of(tag)
            seen += 1
            if seen > 60:
                return
            if 6 <= len(text) <= 400:
                yield str(tag.tag), text
