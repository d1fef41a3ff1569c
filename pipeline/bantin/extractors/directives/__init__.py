"""References to issued documents of the Party and the State: found in every printed form, lists member by member."""

from __future__ import annotations

from typing import Any

from bantin.extractors.base import Context
from bantin.extractors.directives.grammar import read_block
from bantin.rules import RuleSet, load_rules
from bantin.text import View
from bantin.types import Family, Mention

__all__ = ["DirectiveExtractor", "extractor"]


class DirectiveExtractor:
    """Finds references block by block. Spans are code points into the article's text."""

    family: Family = "directives"

    def __init__(self) -> None:
        self.rules: RuleSet = load_rules("extractors", "directives", "rules.toml")

    def extract(self, context: Context) -> list[Mention[Any]]:
        """Every reference, in reading order, none overlapping."""
        text = context.article.text
        view = context.view
        unwrapped: View | None = None
        found: list[Mention[Any]] = []
        for block in context.blocks:
            inner = view
            if "\n" in text[block.start : block.end]:
                # A line break inside a block is a wrapped line: to the grammar it is a space.
                unwrapped = unwrapped or View(text.replace("\n", " "))
                inner = unwrapped
            found += [d.mention(text) for d in read_block(inner, self.rules, block.start, block.end)]
        return found


def extractor() -> DirectiveExtractor:
    """The extractor with its rules compiled."""
    return DirectiveExtractor()
