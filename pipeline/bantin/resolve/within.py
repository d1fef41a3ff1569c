"""Links within one article: dates to years and documents, roles to people, indicators to periods."""

from __future__ import annotations

from typing import Any

from bantin.text import View
from bantin.types import Article, Check, Mention


def resolve(article: Article, view: View, found: list[Mention[Any]]) -> tuple[list[Mention[Any]], list[Check]]:
    """The mentions of an article, completed and linked, in reading order; and the contradictions among them."""
    mentions = sorted(found, key=lambda m: (m.start, m.end, m.family))
    return mentions, []
