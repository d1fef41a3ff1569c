"""The parsed tree of a page: guards before the parser, the parser, and what is asked of an element everywhere."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from bantin.errors import ReadError
from bantin.text import normalise

Element: TypeAlias = etree._Element

HTML_LIMIT = 10_000_000  # characters of one page
TAG_LIMIT = 60_000  # tags the parser may meet: a long report has 5,000
MANY_ATTRIBUTES = 100  # of one tag; the parser compares each with all before it
ATTRIBUTE_COST = 4e9  # sum of the squared lengths of such tags: about half a second

_ATTRIBUTE = r"""[\s/]*+[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_LONG_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MANY_ATTRIBUTES},}}+")
_TOP = re.compile(r"<(?:html|body)\b", re.I)
_SPACES = re.compile(r"\s+")


def check_markup(page: str) -> None:
    """Raises ReadError `too_large` for markup that would hold the parser up: too many tags, or endless attributes."""
    if len(page) > HTML_LIMIT:
        raise ReadError("too_large", f"a page of more than {HTML_LIMIT:,} characters")
    tags = page.count("<")
    if tags > TAG_LIMIT:
        raise ReadError("too_large", f"{tags:,} tags; a page may have {TAG_LIMIT:,}")
    if sum(float(m.end() - m.start()) ** 2 for m in _LONG_TAG.finditer(page)) > ATTRIBUTE_COST:
        raise ReadError("too_large", "tags with tens of thousands of characters of attributes")
    if len(_TOP.findall(page)) > 1000:  # their attributes are gathered on one element
        raise ReadError("too_large", "more than a thousand html or body tags")


def parse(page: str) -> tuple[Element | None, bool]:
    """The tree of a page that passed `check_markup` (None of an empty one), and whether the parser read to its end.

    libxml2 drops what is nested some two thousand levels deep, and says so only in its log.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.ParserError:  # nothing in it
        return None, True
    except etree.XMLSyntaxError:
        return None, False
    whole = all(e.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for e in parser.error_log)
    return root, whole


def names(element: Element) -> str:
    """Class and id of an element in one string (the first 500 characters); a single space where it has neither."""
    return f"{element.get('class', '')} {element.get('id', '')}"[:500]


def spaced(text: str) -> str:
    """NFC, and white space as a browser shows it: a run is one space; a no-break space that stands alone stays."""
    text = normalise(text)[0]
    if "\xa0" not in text:
        return " ".join(text.split())
    return _SPACES.sub(lambda m: "\xa0" if m.group() == "\xa0" else " ", text).strip()


def text_of(element: Element, limit: int = 2000) -> str:
    """The text below an element on one line, no further than `limit` characters. Line breaks are spaces."""
    if not len(element):
        return " ".join(spaced((element.text or "")[: 2 * limit]).split())
    parts: list[str] = []
    length = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        said = node.text if event == "start" else node.tail if node is not element else None
        if event == "start" and node.tag in ("br", "p", "div", "td"):
            parts.append(" ")
        if said and not (event == "start" and node.tag in ("script", "style")):
            parts.append(said)
            length += len(said)
            if length > limit:
                break
    return " ".join(spaced("".join(parts)).split())
