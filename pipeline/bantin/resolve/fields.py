"""Fields of an article on which its sources disagree: recorded as checks, while the more trusted source stands."""

from __future__ import annotations

from typing import Any

from bantin.text import View, fold_key
from bantin.types import Article, Check, Evidence, Mention

_NAMES = {"title": "title", "published": "date of publication", "author": "author"}


def resolve_fields(
    article: Article, view: View, mentions: list[Mention[Any]]
) -> tuple[list[Mention[Any]], list[Check]]:
    """A check `field_conflict` a field and value that contradicts the one that stands; mentions are left as they are.

    A page of a known site that its profile no longer fits gives a check `layout_drift`.
    """
    checks = []
    for field, name in _NAMES.items():
        listed = [e for e in article.evidence if e.field == field]
        used = next((e for e in listed if e.used), None)
        seen = set()
        for other in listed:
            if (
                other.used
                or other.source.startswith("family ")
                or other.value in seen
                or (used is not None and _agree(field, used.value, other.value))
            ):
                continue
            seen.add(other.value)
            checks.append(_conflict(name, used, other))
    checks += [
        Check("layout_drift", (), e.value, "a layout of the profile", f"read without its profile: {e.value}")
        for e in article.evidence
        if e.source == "drift"
    ]
    return mentions, checks


def _conflict(name: str, used: Evidence | None, other: Evidence) -> Check:
    if used is None:
        message = f"{name}: {other.source} says {other.value!r}, which is no day or later than the page was fetched"
        return Check("field_conflict", (), other.value, "a day before the page was fetched", message)
    message = f"{name}: {other.source} says {other.value!r}, {used.source} says {used.value!r}, which stands"
    return Check("field_conflict", (), other.value, used.value, message)


def _agree(field: str, one: str, other: str) -> bool:
    """Do two sources say the same, one of them perhaps more fully?"""
    if field == "published":
        short = min(len(one), len(other))
        return one[:short] == other[:short]
    a, b = (fold_key(v).rstrip(".… ") for v in (one, other))
    if field == "author":
        return set(a.replace(",", " ").split()) <= set(b.replace(",", " ").split()) or b in a
    return a in b or b in a
