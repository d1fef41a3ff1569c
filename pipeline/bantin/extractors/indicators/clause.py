"""Who did what around a number: the action before it and the actor of its clause, inherited within the block."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from bantin.extractors.indicators.nouns import phrases
from bantin.lexicon import load_lexicon, trie_pattern
from bantin.text import View, canonical
from bantin.types import Block, Span

_SENTENCE = re.compile(r"[.!?…](?=\s|\Z)|\n")
_LONGEST_ACTOR = 160


@lru_cache(maxsize=1)
def _actions() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){phrases(load_lexicon('action_verbs')).pattern}")


@lru_cache(maxsize=1)
def _actor_starts() -> re.Pattern[str]:
    heads = phrases(load_lexicon("actor_heads")).pattern
    return re.compile(
        rf"(?:\A|(?<=[.;:,(!?…])|(?<=\n)|(?<=-\s))\s{{0,3}}"
        rf"(?:(?:trong đó|theo đó|cụ thể|đồng thời|ngoài ra|bên cạnh đó|riêng|hiện nay|đến nay|kết quả|qua đó)\s{{1,2}},?\s{{0,2}})?"
        rf"(?P<actor>(?:(?:toàn|toàn thể|các|những|nhiều|mỗi|hầu hết|tất cả|một số|100% các?|cả|đại diện|lãnh đạo)\s{{1,2}}){{0,2}}{heads})"
    )


@lru_cache(maxsize=1)
def _actor_end() -> re.Pattern[str]:
    verbs = trie_pattern(
        v for v in load_lexicon("action_verbs") if " " in v or v in ("mở", "trao", "tặng", "thăm", "có")
    )
    verbs = verbs.replace(r"\ ", r"\s{1,2}")
    return re.compile(
        rf"\s{{1,3}}(?:đã|sẽ|đang|cũng|luôn|cần|phải|được|bị|là|còn|tiếp tục|phấn đấu|chủ động|tích cực|thường xuyên|kịp thời|nghiêm túc|{verbs})(?![^\W_])"
        r"|\s{0,2}[.;:!?…()]|\n"
    )


class Clauses:
    """The actions and actors of one block, found once, asked for each number."""

    def __init__(self, view: View, block: Block) -> None:
        self._view, self._block = view, block
        low = view.lower
        self._sentence_starts = [block.start, *(m.end() for m in _SENTENCE.finditer(low, block.start, block.end))]
        self._actions = [Span(m.start(), m.end()) for m in _actions().finditer(low, block.start, block.end)]
        self._action_starts = [a.start for a in self._actions]
        self._actors = self._find_actors()
        self._actor_starts = [a.start for a in self._actors]

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        return self._sentence_starts[bisect_right(self._sentence_starts, at) - 1]

    def _find_actors(self) -> list[Span]:
        low, out, taken = self._view.lower, [], self._block.start
        for m in _actor_starts().finditer(low, self._block.start, self._block.end):
            start = m.start("actor")
            if start < taken:
                continue
            stop = _actor_end().search(low, m.end("actor"), min(self._block.end, start + _LONGEST_ACTOR))
            if stop is None or stop.group().strip()[:1] in ("", ".", ";", ":", "!", "?", "…", "(", ")"):
                continue
            out.append(Span(start, stop.start()))
            taken = stop.start()
        return out

    def action(self, at: int, earliest: int) -> Span | None:
        """The last action before `at` in its sentence, not before `earliest`."""
        i = bisect_right(self._action_starts, at - 1) - 1
        if i < 0:
            return None
        a = self._actions[i]
        return a if a.end <= at and a.start >= max(earliest, self.sentence_start(at)) else None

    def actor(self, at: int) -> str | None:
        """The actor of the sentence of `at`, else the nearest one before it in the block."""
        i = bisect_right(self._actor_starts, at - 1) - 1
        if i < 0:
            return None
        a = self._actors[i]
        return canonical(self._view.text[a.start : min(a.end, at)]) or None

    def text(self, span: Span) -> str:
        return canonical(self._view.text[span.start : span.end])
