"""Whether the text behind a reference tells the title of a registered document, in full or shortened."""

from __future__ import annotations

import re
from functools import lru_cache

from bantin.text import fold_key

_WORD = re.compile(r"[^\W\d_]+")


def title_share(title: str, follows: str) -> float:
    """How far the text behind a reference tells a registered title, 0 to 1.

    The share of the title's first words that stand in the text, or, where the text shortens the title, the share of the
    text's first clause that stands in the title.
    """
    (head, words), (there, said) = _title_words(title), _told(follows)
    if len(head) < 3:
        return 0.0
    full = sum(map(there.__contains__, head)) / len(head)
    short = sum(map(words.__contains__, said)) / len(said) if len(said) >= 5 else 0.0
    return max(full, 0.9 * short)


@lru_cache(maxsize=4096)
def _title_words(title: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The first words of a title, and all of them."""
    words = tuple(w for w in _WORD.findall(fold_key(title)) if len(w) > 1)
    return words[:14], frozenset(words)


@lru_cache(maxsize=16)
def _told(follows: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of the text behind a reference, and those of its first clause."""
    clause = _CLAUSE.split(_ABOUT.split(follows, maxsplit=1)[-1], maxsplit=1)[0]
    return frozenset(_WORD.findall(fold_key(follows))), tuple(_WORD.findall(fold_key(clause))[:10])


_ABOUT = re.compile(r"(?<!\w)về(?:\s+việc)?\s+")
_CLAUSE = re.compile(r"[,.;:()“”]")


def shares_title(title: str, follows: str) -> bool:
    """Whether the text behind a reference begins like the registered title."""
    return title_share(title, follows) >= ALIKE


ALIKE = 0.7
"""Share of a title's first words from which the text is taken to tell the title."""
