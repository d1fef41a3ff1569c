"""Links within one article: dates to years and documents, roles to people, indicators to periods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bantin.resolve.documents import resolve_documents
from bantin.resolve.fields import resolve_fields
from bantin.resolve.holders import resolve_holders
from bantin.resolve.periods import resolve_periods
from bantin.resolve.years import resolve_years
from bantin.text import View
from bantin.types import Article, Check, Mention

Resolver = Callable[[Article, View, list[Mention[Any]]], tuple[list[Mention[Any]], list[Check]]]

RESOLVERS: tuple[Resolver, ...] = (resolve_years, resolve_documents, resolve_holders, resolve_periods, resolve_fields)
"""In this order: what a later one needs, an earlier one has completed."""


def resolve(article: Article, view: View, found: list[Mention[Any]]) -> tuple[list[Mention[Any]], list[Check]]:
    """The mentions of an article, completed and linked, in reading order; and the contradictions among them."""
    mentions = sorted(found, key=lambda m: (m.start, m.end, m.family))
    checks: list[Check] = []
    for resolver in RESOLVERS:
        mentions, more = resolver(article, view, mentions)
        checks += more
    mentions.sort(key=lambda m: (m.start, m.end, m.family))
    # Two resolvers may see one fault; the later one knows more: the registry, where the text only contradicts itself.
    return mentions, list({(c.kind, c.spans): c for c in checks}.values())
