"""What an extractor is given and what it returns: the whole contract between the families and the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import Struct

from bantin.rules import RuleSet
from bantin.text import View
from bantin.types import Article, Block, Family, Mention, Segmenter, Span


class Context(Struct, frozen=True):
    """One article on its way through the families.

    `found` holds what the families before this one found, in reading order; `segment` splits a short window into words
    (underthesea behind it; call it only where a rule needs word evidence, never on the whole text).
    """

    article: Article
    view: View
    segment: Segmenter
    found: Sequence[Mention[Any]] = ()

    @property
    def blocks(self) -> Sequence[Block]:
        return self.article.blocks

    def found_of(self, family: Family) -> list[Mention[Any]]:
        return [m for m in self.found if m.family == family]

    def quote(self, span: Span) -> str:
        """The printed characters of a span."""
        return self.article.text[span.start : span.end]


class Extractor(Protocol):
    """One family. `extract` is pure: the same context gives the same mentions, in reading order, none overlapping."""

    @property
    def family(self) -> Family: ...

    @property
    def rules(self) -> RuleSet: ...

    def extract(self, context: Context) -> list[Mention[Any]]: ...
