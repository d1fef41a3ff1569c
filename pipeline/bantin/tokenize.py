"""Vietnamese words with offsets. The only user of underthesea, which is imported on first use."""

from __future__ import annotations

from functools import lru_cache

from bantin.types import Span


@lru_cache(maxsize=4096)
def words(window: str) -> tuple[Span, ...]:
    """The words of a short window of text, as spans into it. Cached, because names and posts recur.

    underthesea may rewrite a word; a word that is not found again in the window is skipped, so that offsets stay true.
    """
    from underthesea import word_tokenize

    spans: list[Span] = []
    at = 0
    for word in word_tokenize(window):
        start = window.find(word, at)
        if start >= 0:
            at = start + len(word)
            spans.append(Span(start, at))
    return tuple(spans)
