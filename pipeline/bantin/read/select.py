"""CSS selectors on one page: the usual forms by an index of its classes and ids, the others by XPath."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cssselect import HTMLTranslator
from lxml import etree

from bantin.read.tree import Element

_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<names>(?:[.#][\w-]+)*)(?P<ids>(?:\[id[$^*]='[^']+'\])*)")
_NAME = re.compile(r"([.#])([\w-]+)")
_ID = re.compile(r"\[id([$^*])='([^']+)'\]")


@dataclass(frozen=True, slots=True)
class _Form:
    """A selector of one element: its tag, classes, ids, and tests of the id ($ ends, ^ begins, * holds)."""

    tag: str | None
    classes: tuple[str, ...]
    ids: tuple[str, ...]
    tests: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2048)
def _form(selector: str) -> _Form | None:
    m = _SIMPLE.fullmatch(selector.strip())
    if m is None or not (m["names"] or m["ids"]):
        return None
    named = _NAME.findall(m["names"])
    return _Form(
        m["tag"],
        tuple(n for sign, n in named if sign == "."),
        tuple(n for sign, n in named if sign == "#"),
        tuple(_ID.findall(m["ids"])),
    )


@lru_cache(maxsize=2048)
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


class Index:
    """The elements of a page by class and id, gathered in one pass."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.classes: dict[str, list[Element]] = {}
        self.ids: list[tuple[str, Element]] = []
        for element in root.iter():
            if (said := element.get("class")) is not None:
                for name in set(said.split()):
                    self.classes.setdefault(name, []).append(element)
            if (own := element.get("id")) is not None:
                self.ids.append((own, element))

    def all(self, selector: str) -> list[Element]:
        """The elements that a selector finds, in the order of the page."""
        form = _form(selector)
        if form is None:
            anything = _compiled(selector)(self.root)
            return [e for e in anything if isinstance(e, etree._Element)] if isinstance(anything, list) else []
        if form.classes:
            first, *others = form.classes
            found = [
                e
                for e in self.classes.get(first, ())
                if not others or all(o in e.get("class", "").split() for o in others)
            ]
            if form.ids or form.tests:
                found = [e for e in found if _named(e.get("id", ""), form)]
        else:
            found = [e for own, e in self.ids if _named(own, form)]
        return found if form.tag is None else [e for e in found if e.tag == form.tag]


def _named(own: str, form: _Form) -> bool:
    return all(own == i for i in form.ids) and all(
        (sign == "$" and own.endswith(part)) or (sign == "^" and own.startswith(part)) or (sign == "*" and part in own)
        for sign, part in form.tests
    )
