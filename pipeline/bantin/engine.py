"""One article through every stage between reading and writing: extract, then resolve within it."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bantin.errors import BudgetError
from bantin.extractors import Context, extractors
from bantin.resolve.bodies import Naming, resolve_bodies
from bantin.resolve.events import PositionEvent, position_events
from bantin.resolve.relations import document_relations
from bantin.resolve.within import resolve
from bantin.text import OffsetMap, View, normalise
from bantin.tokenize import words
from bantin.types import Article, Block, Check, Mention, Relation, Span

SECONDS_PER_ARTICLE = 120.0
"""CPU time after which an article is given up: a thousand times what the longest bulletin takes."""


class Extraction(Struct, frozen=True):
    """What was found in one article: mentions in reading order, contradictions, changes of posts, bodies of posts,
    and what documents are said to do to one another.

    `source_span` maps a mention's offsets back to the text as it was given, before normalisation.
    """

    article: Article
    mentions: tuple[Mention[Any], ...]
    checks: tuple[Check, ...]
    offsets: OffsetMap = OffsetMap()
    events: tuple[PositionEvent, ...] = ()
    bodies: tuple[Naming, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def text(self) -> str:
        return self.article.text

    def of(self, family: str) -> list[Mention[Any]]:
        return [m for m in self.mentions if m.family == family]

    def source_span(self, mention: Mention[Any]) -> Span:
        """Where `mention` stands in the text as it was given."""
        return Span(self.offsets.to_source(mention.start), self.offsets.to_source(mention.end))


def extract_article(article: Article) -> Extraction:
    """Every mention of every family in `article`, resolved within it. Pure: same article, same answer.

    Raises BudgetError when the article has used up its time.
    """
    view = View(article.text)
    found: list[Mention[Any]] = []
    deadline = time.process_time() + SECONDS_PER_ARTICLE
    late = time.monotonic() + SECONDS_PER_ARTICLE
    for extractor in extractors():
        # The processor's time is dear to ask for, and no more than the time that has passed.
        if time.monotonic() > late and time.process_time() > deadline:
            raise BudgetError(f"over {SECONDS_PER_ARTICLE:g} s of CPU time before {extractor.family}")
        found += extractor.extract(Context(article, view, words, tuple(found)))
    mentions, checks = resolve(article, view, found)
    located = resolve_bodies(article, view, mentions, position_events(article, view, mentions))
    return Extraction(
        article,
        tuple(located.mentions),
        (*checks, *located.checks),
        events=tuple(located.events),
        bodies=tuple(located.bodies),
        relations=tuple(document_relations(article, view, located.mentions)),
    )


def refused_numbers(extraction: Extraction) -> list[tuple[Span, str]]:
    """Every number of an article that is no indicator, with the reason it was refused, in reading order."""
    from bantin.extractors.indicators import refused

    before = [m for m in extraction.mentions if m.family != "indicators"]
    return refused(Context(extraction.article, View(extraction.text), words, tuple(before)))


def extract(text: str, published: str | date | None = None) -> Extraction:
    """Every mention in a text. `published` (ISO day or minute) completes dates without a year.

    Each line is a block. Raises ValueError if `published` is not ISO.

    >>> bantin.extract("Ngày 08/4, Ban Bí thư ban hành Chỉ thị số 20-CT/TW", "2024-04-09").mentions
    """
    if isinstance(published, datetime):
        published = published.isoformat(timespec="minutes")
    elif isinstance(published, date):
        published = published.isoformat()
    if published is not None:
        datetime.fromisoformat(published)
    clean, offsets = normalise(text)
    blocks = []
    at = 0
    for line in clean.split("\n"):
        if line.strip():
            blocks.append(
                Block("paragraph", at, at + len(line), offsets.to_source(at), offsets.to_source(at + len(line)))
            )
        at += len(line) + 1
    article = Article(
        article_id="text",
        text=clean,
        blocks=tuple(blocks),
        published=published,
        published_precision=None if published is None else "minute" if "T" in published else "day",
    )
    result = extract_article(article)
    return replace(result, offsets=offsets)
