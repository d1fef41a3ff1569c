"""Saved pages with the article each should give: whether a profile still reads its site, and how well pages are read.

A folder `SITE/` holds pages `NAME.html`, read by the profile `SITE` (or by that of its address), and beside each
`NAME.json`: url, title, published, modified, author, publisher, lead, body (lines), captions, absent (furniture that
must be gone). A page without it is only asked whether its layout still is what the profile says.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bantin.errors import DataFileError, ReadError
from bantin.profiles import Profile, load_profiles, profile_of
from bantin.read.build import Fields, Origin
from bantin.read.decode import decode
from bantin.read.html import read_html, slim
from bantin.read.profiled import Drift, read_by
from bantin.read.tree import parse
from bantin.types import BODY_KINDS, Article

SHINGLE = 4  # words, as in the published article-extraction-benchmark
BODY_AT_LEAST = 0.99
_WORD = re.compile(r"\w+")
_KEYS = {"url", "title", "published", "modified", "author", "publisher", "lead", "body", "captions", "absent"}
_FIELDS = ("title", "published", "modified", "author", "publisher", "lead")


@dataclass(frozen=True)
class Page:
    """A saved page, the profile of its folder, and the expected article as its JSON file gives it (None without)."""

    file: Path
    profile: Profile
    expected: dict[str, Any] | None

    @cached_property
    def source(self) -> str:
        return decode(self.file.read_bytes())

    def read(self, *, by_profile: bool = True) -> Article:
        """The article that the page gives, by its profile or as a page of no known site. Raises ReadError."""
        origin = Origin(self.file, self.file.name)
        if not by_profile:
            return read_html(self.source, origin, Fields())
        url = self.expected["url"] if self.expected else None
        return read_html(self.source, origin, Fields(url=url), profile_of(url) or self.profile)

    def drift(self) -> str | None:
        """What the profile looks for and does not find (title, body, and the date of a page that is known to have one);
        None where the layout is what the profile says."""
        root, _ = parse(slim(self.source)[0])
        if root is None:
            return "an empty page"
        day = self.expected["published"] if self.expected else None
        found = read_by(self.profile, root, day, "check")
        if isinstance(found, Drift):
            return found.message
        if day is not None and not any(c.field == "published" and c.value for c in found.claims):
            dates = [s for layout in self.profile.layouts if layout.holds(day) for s in layout.select.get("date", ())]
            return f"{self.profile.file}: date {' or '.join(dates)} gives no date; the layout has drifted"
        return None


def load_pages(folder: Path) -> list[Page]:
    """The pages of a folder of sites. Raises DataFileError for a missing profile or a wrong expected article."""
    profiles = {p.name: p for p in load_profiles()}
    pages = []
    for file in sorted(folder.glob("*/*.html")):
        site, gold = file.parent.name, file.with_suffix(".json")
        if site not in profiles:
            raise DataFileError(file.parent, "-", f"no profile sites/{site}.toml; name the folder after its profile")
        expected = json.loads(gold.read_text(encoding="utf-8")) if gold.exists() else None
        if expected is not None and (keys := set(expected)) != _KEYS:
            raise DataFileError(gold, "-", f"keys that are missing or unknown: {', '.join(sorted(keys ^ _KEYS))}")
        pages.append(Page(file, profiles[site], expected))
    return pages


def check_pages(folder: Path) -> Iterator[str]:
    """What does not hold on the pages of a folder: a layout that has drifted, fields, captions, body, furniture."""
    for page in load_pages(folder):
        try:
            drift, article = page.drift(), page.read()
        except ReadError as e:
            yield f"{page.file}: {e}"
            continue
        if drift is not None:
            yield f"{page.file}: {drift}"
        elif page.expected is not None:
            yield from (f"{page.file}: {problem}" for problem in problems(article, page.expected))


def problems(article: Article, expected: dict[str, Any]) -> Iterator[str]:
    """Where an article differs from the expected one."""
    for name in _FIELDS:
        if (found := getattr(article, name)) != expected[name]:
            yield f"{name} is {found!r}, expected {expected[name]!r}"
    if (captions := texts(article, ("caption",))) != expected["captions"]:
        yield f"captions are {captions!r}, expected {expected['captions']!r}"
    body = texts(article, BODY_KINDS)
    if (f1 := body_f1(body, expected["body"])) < BODY_AT_LEAST:
        yield f"body F1 {f1:.3f}; lines that differ: {sorted(set(body) ^ set(expected['body']))[:4]!r}"
    yield from (
        f"{words!r} is furniture and stands in the text" for words in expected["absent"] if words in article.text
    )


def texts(article: Article, kinds: Sequence[str]) -> list[str]:
    """The texts of the blocks of certain kinds, in reading order."""
    return [article.text[b.start : b.end] for b in article.blocks if b.kind in kinds]


def body_texts(article: Article) -> list[str]:
    """The lines of the body: everything but title, date, captions and signatures."""
    return texts(article, BODY_KINDS)


def body_f1(found: Sequence[str], expected: Sequence[str]) -> float:
    """F1 of the runs of four words of two texts, each counted as often as it stands there."""
    a, b = (_shingles(" ".join(lines)) for lines in (found, expected))
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(SHINGLE)), strict=False))
