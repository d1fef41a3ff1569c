"""A page read by a profile: the layout that fits it, and what its selectors name, as lines and claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bantin.profiles import Layout, Profile
from bantin.read.byline import parse_byline
from bantin.read.dateline import dateline_in
from bantin.read.evidence import Claim
from bantin.read.layout import element_lines
from bantin.read.line import Line
from bantin.read.select import Index
from bantin.read.tree import Element, text_of
from bantin.types import BlockKind

_KINDS: dict[str, BlockKind] = {
    "title": "title", "date": "dateline", "modified": "dateline", "author": "byline", "source": "source",
    "lead": "lead", "caption": "caption",
}  # fmt: skip
_LITTLE = 80  # characters of a body that may be the whole of an article with a picture


@dataclass(slots=True)
class Drift:
    """Why no layout of a profile fits a page: what was looked for, part by part."""

    profile: Profile
    missing: list[str] = field(default_factory=list)

    @property
    def message(self) -> str:
        tried = "; ".join(self.missing)
        return f"{self.profile.file}: {tried}; the layout has drifted, or the page is no article"


@dataclass(slots=True)
class Profiled:
    """The lines of an article in reading order, and what the profile says of its fields. `parts`: the part of each
    selector that found something, with the selector."""

    lines: list[Line]
    claims: list[Claim]
    parts: dict[str, str]
    captions: list[Element]
    related: list[Element]


def read_by(profile: Profile, root: Element, day: str | None, source: str) -> Profiled | Drift:
    """Reads a page by the first layout that fits; `day` is the ISO day of its publication where another source says it.

    `source` is the name under which the profile's claims are known.
    A layout fits if title and body are found, and if the date that the page then shows lies within its days.
    """
    drift, index = Drift(profile), Index(root)
    for number, layout in enumerate(profile.layouts, 1):
        if not layout.holds(day):
            continue
        label = f"layout {number}: " if len(profile.layouts) > 1 else ""
        found = _found(layout, index)
        missing = [p for p in ("title", "body") if p not in found]
        if missing:
            drift.missing += [f"{label}{p} {' or '.join(layout.select[p])} matches nothing" for p in missing]
            continue
        read = _read(profile, found, source)
        dates = [str(c.value) for c in read.claims if c.field == "published" and c.value]
        if day is None and dates and not layout.holds(dates[0]):
            drift.missing.append(f"{label}the page is of {dates[0][:10]}, outside of its days")
            continue
        return read
    if not drift.missing:
        drift.missing.append(f"no layout holds for {day}")
    return drift


def _found(layout: Layout, index: Index) -> dict[str, tuple[str, list[Element]]]:
    """By part: the first selector that finds text (for `caption` and `related` all that match), and the elements."""
    out: dict[str, tuple[str, list[Element]]] = {}
    for part, selectors in layout.select.items():
        if part in ("caption", "related"):
            if every := [e for s in selectors for e in index.all(s)]:
                out[part] = (", ".join(selectors), every)
            continue
        for selector in selectors:
            elements = [e for e in index.all(selector) if _said(e, part)]
            if elements:
                out[part] = (selector, elements)
                break
    return out


def _said(element: Element, part: str) -> str:
    """What an element says: a machine-readable date before its text."""
    if part in ("date", "modified") and (stamp := element.get("datetime") or element.get("content")):
        return stamp
    if part == "body":
        return "x" if any(s.strip() for s in element.itertext()) else ""
    return text_of(element, 1000) or (element.get("content") or "").strip()


def _read(profile: Profile, found: dict[str, tuple[str, list[Element]]], source: str) -> Profiled:
    bodies = _outermost(found["body"][1])
    inside: dict[Element, BlockKind] = {}
    outside: dict[str, Element] = {}
    for part, (_, elements) in found.items():
        if part in ("body", "related"):
            continue
        taken = elements if part == "caption" else elements[:1]
        for element in taken:
            if any(b is element or b in element.iterancestors() for b in bodies):
                inside[element] = _KINDS[part]
            elif part != "caption":
                outside[part] = element
    drops = set(found["related"][1]) if "related" in found else set()
    lines = [line for part in ("title", "date", "lead") if part in outside for line in _line(part, outside[part])]
    for body in bodies:
        lines += element_lines(body, inside, drops)
    lines += [line for part in ("author", "source") if part in outside for line in _line(part, outside[part])]
    return Profiled(
        lines,
        list(_claims(profile, found, source)),
        {part: selector for part, (selector, _) in found.items()},
        found["caption"][1] if "caption" in found else [],
        found["related"][1] if "related" in found else [],
    )


def _outermost(elements: list[Element]) -> list[Element]:
    chosen = set(elements)
    return [e for e in elements if not any(a in chosen for a in e.iterancestors())]


def _line(part: str, element: Element) -> Iterator[Line]:
    text = text_of(element, 1000)
    signs = part != "author" or ((by := parse_byline(text)) is not None and (by.author or by.publisher))
    if text and signs:  # the login of an editor is no byline
        yield Line(text, hint=_KINDS[part])


def _claims(profile: Profile, found: dict[str, tuple[str, list[Element]]], source: str) -> Iterator[Claim]:
    """What the elements say of the fields."""

    def said(part: str) -> str:
        return _said(found[part][1][0], part) if part in found else ""

    yield Claim("title", said("title"), source)
    if (line := dateline_in(said("date"), profile.days)) is not None:
        yield Claim("published", line.published, source)
        yield Claim("modified", line.modified, source)
    if (line := dateline_in(said("modified"), profile.days)) is not None:
        yield Claim("modified", line.published, source)
    for part in ("author", "source"):
        if by := parse_byline(said(part)):
            yield Claim("author", by.author, source)
            yield Claim("publisher", by.publisher, source)
    yield Claim("lead", said("lead"), source)
    yield Claim("body", found["body"][0], source)
    yield Claim("publisher", profile.publisher, source)
