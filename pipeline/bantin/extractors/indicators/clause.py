"""What was done around a number: the action before it in its sentence, and the cues of its status."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from bantin.extractors.indicators.normalize import last_word, phrase
from bantin.extractors.indicators.nouns import WholePhrases, phrases
from bantin.lexicon import load_lexicon
from bantin.text import View
from bantin.types import Block, Span

_SENTENCE = re.compile(r"[.!?…\n](?:(?=\s|\Z)|(?<=\n))")
_MADE_A_NOUN = re.compile(
    r"(?:công tác|hoạt động|việc|kế hoạch|chương trình|kết quả|người|về|phong trào|tổ chức)\s{1,2}\Z"
)
_BEFORE_A_NOUN = frozenset({"tác", "động", "việc", "hoạch", "trình", "quả", "người", "về", "trào", "chức"})
_LIGHT = frozenset({"tham gia", "tiến hành", "thực hiện", "tổ chức", "phối hợp", "triển khai"})
"""Verbs that only lead to the next one: "tham gia ủng hộ 5 triệu đồng"."""
_LONGEST_CLAUSE = 600


@lru_cache(maxsize=1)
def _actions() -> WholePhrases:
    return WholePhrases(load_lexicon("action_verbs"))


@lru_cache(maxsize=1)
def _subject_verbs() -> re.Pattern[str]:
    """A verb that a subject takes, or what an agent gives by: "do tỉnh cấp", "chi bộ sinh hoạt"."""
    return phrases({*load_lexicon("subject_verbs"), "lập", "làm", "chi", "cho"})


@lru_cache(maxsize=1)
def _auxiliaries() -> re.Pattern[str]:
    return re.compile(rf"(?:\s{{1,2}}(?:{phrases(load_lexicon('auxiliaries')).pattern})){{0,3}}\s{{0,2}}")


@lru_cache(maxsize=1)
def _cues() -> WholePhrases:
    return WholePhrases(load_lexicon("status_cues"))


def _made_a_noun(low: str, start: int, at: int) -> bool:
    return last_word(low[start:at]) in _BEFORE_A_NOUN and _MADE_A_NOUN.search(low, start, at) is not None


class Clauses:
    """The actions and status cues of one block, found once, asked for each number."""

    def __init__(self, view: View, block: Block, first: int) -> None:
        """`first`: where the first number stands; the sentences before its own are asked for their beginnings only."""
        self._view, self.block = view, block
        low = view.lower
        verbs = load_lexicon("action_verbs")
        self.sentence_starts = starts = [
            block.start,
            *[m.end() for m in _SENTENCE.finditer(low, block.start, block.end)],
        ]
        k = bisect_right(starts, first) - 1
        while k > 0 and low[starts[k] - 1] == "\n":  # a phrase may go on in the next line
            k -= 1
        start = starts[k]
        self._actions = [
            m.span()
            for m in _actions().finditer(view, start, block.end)
            if verbs.noted(m.group()) != "noun"  # "chi bộ", "giá trị sản xuất": no action
            and not (view.folded[at := m.start()].isupper() and self._inside(at))  # "Phòng Giao dịch"
            and not _made_a_noun(low, max(block.start, at - 12), at)
        ]
        self._action_starts = [start for start, _ in self._actions]
        cues = list(_cues().finditer(view, start, block.end))
        notes = load_lexicon("status_cues")
        self._cue_starts = [m.start() for m in cues]
        self._cues = [(m.end(), notes.noted(m.group())) for m in cues]

    def _inside(self, at: int) -> bool:
        """Whether a word stands inside a clause, where a capital letter makes it part of a name."""
        return self._view.folded[max(self.block.start, at - 3) : at].strip()[-1:].isalpha()

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        return self.sentence_starts[bisect_right(self.sentence_starts, at) - 1]

    def status_cues(self, start: int, end: int) -> Iterator[tuple[Span, str]]:
        """The cues of a status ("phấn đấu": plan) that stand inside [start, end), the last one first."""
        i = bisect_left(self._cue_starts, end) - 1
        while i >= 0 and self._cue_starts[i] >= start:
            if self._cues[i][0] <= end:
                yield Span(self._cue_starts[i], self._cues[i][0]), self._cues[i][1]
            i -= 1

    def action(self, at: int, earliest: int, *, money: bool) -> Span | None:
        """What was done: the last action before `at`, not before `earliest`, which stands in the same sentence.

        Money stands at the end of its clause, so there it is the first action behind the last comma or semicolon.
        """
        lowest = max(earliest, at - _LONGEST_CLAUSE)
        i = bisect_right(self._action_starts, at - 1) - 1
        if i < 0 or self._action_starts[i] < lowest or self._actions[i][1] > at:
            return None
        if not money:
            return Span(*self._actions[i])
        last, low = i, self._view.lower
        cut = max(low.rfind(mark, lowest, self._action_starts[i]) for mark in ",;:(")
        while i > 0 and self._action_starts[i - 1] >= max(lowest, cut + 1):
            i -= 1
        while i < last and self.text(Span(*self._actions[i])).lower() in _LIGHT:
            if low[self._actions[i][1] : self._action_starts[i + 1]].strip():
                break
            i += 1  # "tham gia ủng hộ 5 triệu đồng": one verb leads to the next
        return Span(*self._actions[i])

    def action_at(self, at: int) -> Span | None:
        """The action right behind an agent that ends at `at`: "do tỉnh cấp"."""
        low, end = self._view.lower, self.block.end
        skip = _auxiliaries().match(low, at, end)  # "02 tổ chức đảng được giám sát"
        verb = skip.end() if skip else at
        i = bisect_left(self._action_starts, at)
        if i < len(self._actions) and self._action_starts[i] <= verb:
            return Span(*self._actions[i])
        m = _subject_verbs().match(low, verb, end) if verb > at else None
        return Span(m.start(), m.end()) if m else None

    def text(self, span: Span) -> str:
        return phrase(self._view, span.start, span.end)
