"""What the tests of the indicators share: an article from a text, and the numbers found in it on their own."""

from __future__ import annotations

from bantin.extractors import Context
from bantin.extractors.indicators import extractor, refused
from bantin.text import View
from bantin.tokenize import words
from bantin.types import Article, Block, Mention, Span


def context(text: str, masked: dict[str, str] | None = None) -> Context:
    """A context whose blocks are the lines of `text`; `masked` maps printed stretches to the family that found them."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    found = []
    for printed, family in (masked or {}).items():
        at = text.index(printed)
        found.append(Mention(family, at, at + len(printed), printed, "test", 1.0, None))
    return Context(Article("t", text, tuple(blocks)), View(text), words, tuple(found))


def mentions(text: str, masked: dict[str, str] | None = None) -> list[Mention]:
    return extractor().extract(context(text, masked))


def printed(text: str, masked: dict[str, str] | None = None) -> list[str]:
    return [m.text for m in mentions(text, masked)]


def reasons(text: str, masked: dict[str, str] | None = None) -> dict[str, str]:
    """The refused numbers of a text with their reasons."""
    return {s.of(text): r for s, r in refused(context(text, masked))}


__all__ = ["Span", "context", "mentions", "printed", "reasons"]
