"""HTML to an article: guards before the parser, fields from the markup, lines from the layout, then the labeller."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from bantin.errors import ReadError
from bantin.profiles import Profile, families_of, profile_of
from bantin.read.build import Fields, Origin, build
from bantin.read.dateline import parse_published
from bantin.read.evidence import Claim, clean
from bantin.read.label import is_prose, label
from bantin.read.language import is_vietnamese
from bantin.read.layout import page_lines
from bantin.read.line import Line
from bantin.read.listing import not_an_article
from bantin.read.markup import markup_claims
from bantin.read.plain import check_language
from bantin.read.profiled import Drift, Profiled, read_by
from bantin.read.soup import is_short, parse_again
from bantin.read.tree import HTML_LIMIT, TAG_LIMIT, Element, check_markup, parse
from bantin.text import fold_key, normalise
from bantin.types import BODY_KINDS, Article, BlockKind

FALLBACK_LIMIT = 1_000_000  # characters of a page that trafilatura is asked about: it takes seconds for more
_LITTLE = 200  # characters of text under which the fallback is asked

_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=%\s]*", re.I)
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S{1,2000})\s*-->", re.I)
_INPUT = re.compile(r"<input\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]{0,5000}>")
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?h[1-6]|/?li|/?table)\b[^<>]{0,5000}>", re.I)


def read_html(source: str, origin: Origin, fields: Fields, profile: Profile | None = None) -> Article:
    """The article of a page. `fields` of a row or record go before those of the profile and the markup.

    `profile` takes the place of the one that the address of the page chooses.

    Raises ReadError: `too_large` for markup that no article has, `empty` for a page without text, `not_vietnamese`,
    `not_article` for a list of news or an address that the site's profile does not know as an article's.
    """
    if len(source) > HTML_LIMIT:
        raise ReadError("too_large", f"a page of more than {HTML_LIMIT:,} characters")
    if not source.strip():
        raise ReadError("empty", "an empty page")
    if source.count("<") > 10 * TAG_LIMIT:
        raise ReadError("too_large", f"{source.count('<'):,} tags; a page may have {TAG_LIMIT:,}")
    page, scripts = slim(source)
    root, whole = _tree(page)
    url = fields.url or _saved_from(source)
    if root is None or not whole:
        lines = _visible(page)
        check_language("\n".join(ln.text for ln in lines))
        return build(label(lines, fields.title), origin, fields, [Claim("body", "all of it", "visible text")])
    profile = profile or profile_of(url)
    claims: list[Claim] = [] if fields.url or url is None else [Claim("url", url, "saved from")]
    claims += markup_claims(root, scripts, headings=profile is None)
    if profile is None and url is None:
        profile = profile_of(_claimed(claims, "url"))
    reading = _by_site(profile, root, url, claims, fields) if profile else None
    if reading is None:
        if profile is not None:
            claims += [c for c in markup_claims(root, scripts) if c.source == "heading"]
        title = fields.title or _claimed(claims, "title")
        reading = _by_layout(root, source, page, title, claims)
    if not reading.lines:
        raise ReadError("empty", "a page without text")
    check_language("\n".join(ln.text for ln in reading.lines))
    return build(label(reading.lines, reading.title), origin, fields, reading.claims)


def body_text(source: str) -> str:
    """The body of a page of any language and no known site, without title, date, captions and signatures.

    For comparison with other extractors. The rules of the genre read Vietnamese; a page of another language, of which
    no article is made, goes to trafilatura whole. Raises ReadError for markup that is refused.
    """
    page, scripts = slim(source)
    root, whole = _tree(page)
    if root is None or not whole:
        return "\n".join(ln.text for ln in _visible(page))
    claims = markup_claims(root, scripts)
    title = _claimed(claims, "title")
    labelled = label(_by_layout(root, source, page, title, claims).lines, title)
    body = "\n".join(p.line.text[p.start : p.end] for p in labelled.pieces if p.kind in BODY_KINDS)
    return body if is_vietnamese(body) and body else "\n".join(_trafilatura(page))


def _tree(page: str) -> tuple[Element | None, bool]:
    """The tree of a page, and whether it is whole; by a slower parser where the fast one dropped text."""
    check_markup(page)
    root, whole = parse(page)
    if root is not None and whole and is_short(root, page) and (again := parse_again(page)) is not None:
        root = again
    return root, whole


@dataclass(slots=True)
class _Reading:
    lines: list[Line]
    title: str | None
    claims: list[Claim]


def _by_site(profile: Profile, root: Element, url: str | None, claims: list[Claim], fields: Fields) -> _Reading | None:
    """A page read by the profile of its site; None, and a claim that says so, where its layout has drifted away.

    Raises ReadError `not_article` for an address that is not that of an article.
    """
    if profile.article is not None and url is not None:
        parts = urlsplit(url)
        if not profile.article.search(parts.path + (f"?{parts.query}" if parts.query else "")):
            raise ReadError("not_article", f"the address is not that of an article ({profile.file}: article)")
    said = (parse_published(c.value) for c in claims if c.field == "published")
    known = parse_published(fields.published) or next((d for d in said if d), None)
    found = read_by(profile, root, known[0] if known else None, f"profile {profile.name}")
    if isinstance(found, Drift):
        claims.append(Claim("body", found.message, "drift"))
        return None
    return _Reading(found.lines, fields.title or _claimed(found.claims, "title"), [*found.claims, *claims])


def _by_layout(root: Element, source: str, page: str, title: str | None, claims: list[Claim]) -> _Reading:
    """A page of no known site: by where its prose stands, then by the rule of its content system, then trafilatura.

    A family's rule says what are captions and what is no part of the text; of the fields it says what is said nowhere
    else; its body is taken where the page shows less prose outside of it. Raises ReadError `not_article`.
    """
    hints, drops, found = _family(root, source)
    lines = page_lines(root, title, hints, drops)
    if (why := not_an_article(lines)) is not None and not any(c.source == "json-ld" for c in claims):
        raise ReadError("not_article", why)
    if found is not None:
        if _prose(found.lines) > _prose(lines):
            lines = found.lines
        own = _claimed(found.claims, "title")
        if title and own and fold_key(title) == fold_key(own):  # it speaks of this article and not of a box beside it
            claims = [*claims, *found.claims]
    elif _prose(lines) < _LITTLE:
        lines = _fallback(page, lines)
    return _Reading(lines, title, claims)


def _family(root: Element, source: str) -> tuple[Mapping[Element, BlockKind], Collection[Element], Profiled | None]:
    """What the first family that knows the page says of it: captions, what goes, and the whole of its reading."""
    for family in families_of(source):
        found = read_by(family, root, None, f"family {family.name}")
        if isinstance(found, Profiled):
            captions: dict[Element, BlockKind] = dict.fromkeys(found.captions, "caption")
            return captions, found.related, found
    return {}, (), None


def _prose(lines: Sequence[Line]) -> int:
    return sum(len(ln.text) for ln in lines if is_prose(ln))


def _claimed(claims: Sequence[Claim], field: str) -> str | None:
    return next((text for c in claims if c.field == field and (text := clean(c.value))), None)


def _saved_from(source: str) -> str | None:
    """The address that a browser notes at the top of a page it saves."""
    m = _SAVED.search(source[:4000])
    return m.group(1) if m else None


def slim(source: str) -> tuple[str, list[str]]:
    """The page without scripts, styles, comments, inputs and inlined pictures; and its JSON-LD scripts."""
    page = _DATA_URI.sub("", source) if "base64," in source else source
    scripts: list[str] = []
    kept: list[str] = []
    at = begun = 0
    closed = dict.fromkeys(_CLOSERS, True)
    while (opener := _OPENER.search(page, at)) is not None:
        name = opener.group().lower()
        end = _CLOSERS[name].search(page, opener.end()) if closed[name] else None
        if end is None:  # never closed: left to the parser
            closed[name] = False
            at = opener.end()
            continue
        kept.append(page[begun : opener.start()])
        if name == "<script" and "ld+json" in page[opener.start() : opener.start() + 120].lower():
            scripts.append(page[page.find(">", opener.start()) + 1 : end.start()])
        at = begun = end.end()
    kept.append(page[begun:])
    return _INPUT.sub("", "".join(kept)), scripts


_OPENER = re.compile(r"<(?:script|style|noscript|svg)|<!--", re.I)
_CLOSERS = {f"<{name}": re.compile(rf"</{name}[^>]*>?", re.I) for name in ("script", "style", "noscript", "svg")}
_CLOSERS["<!--"] = re.compile("-->")


def _visible(page: str) -> list[Line]:
    """All the text of a page that the parser gave up on."""
    text = normalise(unescape(_TAG.sub("", _BREAK.sub("\n", page))))[0]
    return [Line(t) for part in text.split("\n") if (t := " ".join(part.split()))]


def _fallback(page: str, found: list[Line]) -> list[Line]:
    """trafilatura's body, or all the text of the page, where the layout showed too little of it."""
    visible = _visible(page)
    if sum(len(ln.text) for ln in visible) > 10 * (_LITTLE + sum(len(ln.text) for ln in found)):
        return visible
    if len(page) > FALLBACK_LIMIT:
        return found
    known = {ln.key for ln in found}
    return found + [ln for t in _trafilatura(page) if t and (ln := Line(t)).key not in known]


def _trafilatura(page: str) -> list[str]:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says of a page would reach the user
    try:
        body = extract(page, favor_precision=True, include_comments=False) or ""
    except (RecursionError, ValueError, TypeError, AttributeError):  # faults of its parsers on broken markup
        return []
    return [" ".join(part.split()) for part in normalise(body)[0].split("\n")]
