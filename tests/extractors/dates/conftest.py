"""The date extractor alone, with the years completed: what these tests read a text with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bantin.extractors.base import Context
from bantin.extractors.dates import extractor
from bantin.resolve.years import resolve_years
from bantin.text import View, normalise
from bantin.types import Article, Block, Check, Mention

Dated = Callable[..., list[Mention[Any]]]


def article_of(source: str, published: str | None = None) -> Article:
    """An article whose blocks are the lines of a text."""
    text, _ = normalise(source)
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return Article("t", text, tuple(blocks), published=published)


EXTRACTOR = extractor()


def find(
    source: str, published: str | None = None, found: tuple[Mention[Any], ...] = ()
) -> tuple[list[Mention[Any]], list[Check]]:
    article = article_of(source, published)
    view = View(article.text)
    mentions = EXTRACTOR.extract(Context(article, view, lambda _: (), found))
    resolved, checks = resolve_years(article, view, [*found, *mentions])
    return [m for m in resolved if m.family == "dates"], checks


@pytest.fixture
def dated() -> Dated:
    return lambda source, published=None, found=(): find(source, published, found)[0]
