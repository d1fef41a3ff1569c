"""Broken pages of which libxml2 drops text without a word: found by counting, and read by BeautifulSoup.

libxml2 is fast and reads most pages whole. A comment or a quotation mark that is never closed, or text behind a first
`</html>`, it drops; Python's own parser under BeautifulSoup keeps such text, at ten times the cost.
"""

from __future__ import annotations

import re
from html import unescape

from bantin.read.tree import Element

LIMIT = 1_000_000  # characters of a page that is read again
LOOSE = 50  # marks that are never closed in a page that is read again: each costs Python's parser a look at the rest
LOST = 300  # characters that may be missing before a page is read again, beside a tenth of it: white space, entities

_END = re.compile(r"</(?:body|html)\s*>", re.I)  # what stands behind belongs to the page all the same
_TAG = re.compile(r"<[^<>]{0,5000}>")


def is_short(root: Element, page: str) -> bool:
    """Whether the tree of a page holds much less text than stands in it outside of its tags."""
    shown = _TAG.sub("", page)
    if len(shown) <= LOST:
        return False
    held = sum(map(len, root.itertext()))
    return len(shown) > 1.1 * held + LOST and len(unescape(shown)) > 1.1 * held + LOST


def parse_again(page: str) -> Element | None:
    """The tree of a page as BeautifulSoup reads it; None where that would take long, or goes too deep."""
    if len(page) > LIMIT:
        return None
    tags = _TAG.findall(page)
    if page.count("<") - len(tags) + sum(t.count('"') % 2 or t.count("'") % 2 for t in tags) > LOOSE:
        return None
    from bs4 import BeautifulSoup
    from lxml.html import soupparser

    try:
        root: Element = soupparser.fromstring(_END.sub("", page), beautifulsoup=BeautifulSoup, features="html.parser")
    except (RecursionError, ValueError):  # nested too deep; characters that no tree of libxml2 holds
        return None
    return root
