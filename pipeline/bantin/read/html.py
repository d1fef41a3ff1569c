"""HTML to an article: guards before the parser, fields from the markup, lines from the layout, then the labeller."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from html import unescape

from bantin.errors import ReadError
from bantin.read.build import Fields, Origin, build
from bantin.read.label import is_prose, label
from bantin.read.layout import page_lines
from bantin.read.line import Line
from bantin.read.markup import markup_fields
from bantin.read.plain import check_language
from bantin.read.tree import HTML_LIMIT, TAG_LIMIT, check_markup, parse
from bantin.text import normalise
from bantin.types import Article

_LITTLE = 200  # characters of text under which the fallback is asked

_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=%\s]*", re.I)
_INPUT = re.compile(r"<input\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]{0,5000}>")
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?h[1-6]|/?li|/?table)\b[^<>]{0,5000}>", re.I)


def read_html(source: str, origin: Origin, fields: Fields) -> Article:
    """The article of a page. `fields` of a row go before those of the markup.

    Raises ReadError: `too_large` for markup that no article has, `empty` for a page without text, `not_vietnamese`.
    """
    if len(source) > HTML_LIMIT:
        raise ReadError("too_large", f"a page of more than {HTML_LIMIT:,} characters")
    if not source.strip():
        raise ReadError("empty", "an empty page")
    if source.count("<") > 10 * TAG_LIMIT:
        raise ReadError("too_large", f"{source.count('<'):,} tags; a page may have {TAG_LIMIT:,}")
    page, scripts = slim(source)
    check_markup(page)
    root, whole = parse(page)
    lines: list[Line] = []
    if root is not None:
        fields = _merged(fields, markup_fields(root, scripts))
        lines = page_lines(root, fields.title)
    if not whole:
        lines = _visible(page)
    elif sum(len(ln.text) for ln in lines if is_prose(ln)) < _LITTLE:
        lines = _fallback(page, lines)
    if not lines:
        raise ReadError("empty", "a page without text")
    check_language("\n".join(ln.text for ln in lines))
    return build(label(lines, fields.title), origin, fields)


def slim(source: str) -> tuple[str, list[str]]:
    """The page without scripts, styles, comments, inputs and inlined pictures; and its JSON-LD scripts."""
    page = _DATA_URI.sub("", source)
    low = page.lower()
    if len(low) != len(page):  # a letter that grows in lower case: positions would not agree
        low = page.translate(_ASCII_LOWER)
    scripts: list[str] = []
    kept: list[str] = []
    at = 0
    closed = dict.fromkeys(_OPENERS, True)
    while (start := page.find("<", at)) >= 0:
        opener = next((o for o in _OPENERS if closed[o] and low.startswith(o, start)), None)
        if opener is None:
            kept.append(page[at : start + 1])
            at = start + 1
            continue
        end = low.find(_OPENERS[opener], start)
        if end < 0:  # never closed: left to the parser
            closed[opener] = False
            continue
        kept.append(page[at:start])
        if opener == "<script" and "ld+json" in low[start : start + 120]:
            scripts.append(page[page.find(">", start) + 1 : end])
        at = end + len(_OPENERS[opener])
        if opener != "<!--":
            at = max(at, page.find(">", end) + 1)
    kept.append(page[at:])
    return _INPUT.sub("", "".join(kept)), scripts


_OPENERS = {"<script": "</script", "<style": "</style", "<!--": "-->", "<noscript": "</noscript", "<svg": "</svg"}
_ASCII_LOWER = {c: c + 32 for c in range(65, 91)}


def _merged(first: Fields, second: Fields) -> Fields:
    """Fields of `first`, and of `second` where the first has none."""
    return replace(
        first,
        title=first.title or second.title,
        published=first.published or second.published,
        modified=first.modified or second.modified,
        author=first.author or second.author,
        publisher=first.publisher or second.publisher,
        url=first.url or second.url,
    )


def _visible(page: str) -> list[Line]:
    """All the text of a page that the parser gave up on."""
    text = normalise(unescape(_TAG.sub("", _BREAK.sub("\n", page))))[0]
    return [Line(t) for part in text.split("\n") if (t := " ".join(part.split()))]


def _fallback(page: str, found: list[Line]) -> list[Line]:
    """trafilatura's body, or all the text of the page, where the layout showed too little of it."""
    visible = _visible(page)
    if sum(len(ln.text) for ln in visible) > 10 * (_LITTLE + sum(len(ln.text) for ln in found)):
        return visible
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
